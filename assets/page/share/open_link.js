/** Opens links with code: shows the code as a proposal in its cell, and never runs it. */
import { hideBanner, showBanner } from "../cell/banner.js";
import { isPlayground } from "../cell/example_data.js";
import { sourceOf } from "../cell/source.js";
import { element, nextTask } from "../dom.js";
import { changesBetween } from "../edits/compare.js";
import { findLinked } from "../edits/edit.js";
import { hasEdit, placedCells, propose, takeBack } from "../edits/kept_edits.js";
import { EDIT_MESSAGES, LINK_MESSAGES } from "../messages.js";
import { textOf } from "../playground/content.js";
import { decodeLink, FRAGMENT, LinkError } from "./link.js";

/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { LinkReason, Shared } from "./link.js" */

const KIND = "link";

/** The address whose link is open. */
let opened = "";

/** Opens the link in the address of the page, once. */
export async function openLink() {
  const { hash, href } = location;
  if (href === opened || !hash.startsWith(FRAGMENT)) return;
  opened = href;
  await nextTask(); // when all cells have come
  try {
    const shared = await decodeLink(hash);
    const { cells, places } = placedCells();
    const cell = cells[findLinked(shared, places)];
    const code = contentFor(cell, shared);
    if (cell === undefined || "readonly" in cell.dataset) return refuse("gone", code);
    cell.scrollIntoView({ block: "center", behavior: "instant" });
    if (code === sourceOf(cell)) forgetAddress();
    else await open(cell, code);
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    refuse(error.reason);
  }
}

/** @param {LiveCell | undefined} cell @param {Shared} shared @returns {string} of the cell, and of a playground all of it */
function contentFor(cell, { files: [main, ...files], deleted = [], packages }) {
  const code = main?.code ?? "";
  const isWhole = cell !== undefined && isPlayground(cell);
  const changes = files.length + deleted.length + packages.length;
  if (!isWhole || (changes === 0 && code === sourceOf(cell))) return code;
  return textOf({ main: code, files, deleted, packages });
}

/** The link has been dealt with: reloading the page does not open it again. */
function forgetAddress() {
  if (location.hash.startsWith(FRAGMENT))
    history.replaceState(history.state, "", location.pathname + location.search);
}

/** Shows the code of the link. @param {LiveCell} cell @param {string} code */
async function open(cell, code) {
  const isShown = await propose(cell, code, () => {
    forgetAddress();
    show(cell, code);
  });
  if (isShown) show(cell, code);
}

/** @param {LiveCell} cell @param {string} code of the link @param {boolean} [isCompared] with the author's */
function show(cell, code, isCompared = false) {
  const present = cell.content;
  const isShown = present !== sourceOf(cell) && cell.isForeign;
  const { proposed, suggested, showOriginal, showEdit, showLinked } = LINK_MESSAGES;
  const { compare, close } = EDIT_MESSAGES;
  const switchLabel = hasEdit(cell) ? showEdit : showOriginal;
  showBanner(cell, {
    kind: KIND,
    text: isShown ? proposed : suggested,
    choices: [
      isShown
        ? { label: switchLabel, onChoose: () => void takeBack(cell) }
        : { label: showLinked, onChoose: () => void open(cell, code) },
      { label: compare, isOpen: isCompared, onChoose: () => show(cell, code, !isCompared) },
      {
        label: close,
        onChoose() {
          forgetAddress();
          hideBanner(cell, KIND);
        },
      },
    ],
    ...(isCompared && { content: changesBetween(sourceOf(cell), isShown ? present : code) }),
  });
}

/** Says above the first cell of the page why a link cannot be opened. @param {LinkReason | "gone"} why @param {string} [code] of the link @param {boolean} [isOpen] whether it is shown */
function refuse(why, code = "", isOpen = false) {
  const [cell] = placedCells().cells;
  if (!cell) return;
  const { showCode, damaged, tooLarge, newer, gone } = LINK_MESSAGES;
  const onClose = () => {
    forgetAddress();
    hideBanner(cell, KIND);
  };
  showBanner(cell, {
    kind: KIND,
    text: { damaged, large: tooLarge, newer, gone }[why],
    choices: [
      ...(code ? [{ label: showCode, isOpen, onChoose: () => refuse(why, code, !isOpen) }] : []),
      { label: EDIT_MESSAGES.close, onChoose: onClose },
    ],
    ...(isOpen && { content: element("pre", { tabIndex: 0 }, code) }),
  });
}
