/** The menu under the button More: running several cells, adding files, restarting Python. */

import { button, element } from "../dom.js";
import { chooseFiles } from "../files/reader_files.js";
import { FILE_MESSAGES, PLACE_MESSAGES, RUN_MESSAGES, TOOLBAR_LABELS } from "../messages.js";
import { cellsAbove, cellsOfPage, runInOrder } from "../run/order.js";

/** @import { CodeArea } from "./code_area.js" */
/** @import { LiveCell } from "./live_cell.js" */

const MENU_ID = "more";

/**
 * Opens the row of buttons under the toolbar, or closes it.
 * @param {LiveCell} cell
 * @param {HTMLButtonElement} opener
 * @param {CodeArea} code of the cell
 */
export function toggleMenu(cell, opener, code) {
  const toolbar = /** @type {HTMLElement} */ (opener.parentElement);
  const open = toolbar.parentNode?.querySelector(`#${MENU_ID}`);
  if (open) return close(open, opener);
  const above = cellsAbove(cell);
  const menu = element(
    "div",
    { id: MENU_ID, className: "menu", part: "menu", role: "group", "aria-label": TOOLBAR_LABELS.more },
    entry(RUN_MESSAGES.runAll, () => runInOrder(cellsOfPage(cell))),
    entry(RUN_MESSAGES.runAbove, above.length > 0 ? () => runInOrder(above) : null),
    entry(FILE_MESSAGES.add, () => chooseFiles(cell)),
    ...("interactive" in cell.dataset ? [promptsEntry(code)] : []),
    entry(RUN_MESSAGES.restartPython, () => restartPython(cell)),
  );
  menu.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.matches("button:not([aria-disabled])")) close(menu, opener);
  });
  menu.onkeydown = opener.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close(menu, opener);
  };
  opener.setAttribute("aria-expanded", "true");
  opener.setAttribute("aria-controls", MENU_ID);
  toolbar.after(menu);
}

/** @param {Element} menu @param {HTMLButtonElement} opener */
function close(menu, opener) {
  opener.setAttribute("aria-expanded", "false");
  opener.removeAttribute("aria-controls");
  opener.onkeydown = null;
  if (menu.matches(":focus-within")) opener.focus();
  menu.remove();
}

/** Ends all runs of the page, and Python with all names. @param {LiveCell} cell */
function restartPython(cell) {
  cell.interpreter.restart();
  cell.say(RUN_MESSAGES.pythonRestarted);
}

/** Switches the interpreter view. @param {CodeArea} code */
function promptsEntry(code) {
  const areShown = code.editor?.showsPrompts ?? false;
  return entry(areShown ? PLACE_MESSAGES.hidePrompts : PLACE_MESSAGES.showPrompts, async () => {
    await code.prepare();
    if (code.editor) code.editor.showsPrompts = !areShown;
  });
}

/** @param {string} label @param {(() => void) | null} onClick `null` if there is nothing to do */
const entry = (label, onClick) => button(label, onClick ? {} : { "aria-disabled": "true" }, onClick);
