/** What a tip shows of a function or a name. */
import { element } from "../dom.js";
import { ASSIST_MESSAGES } from "../messages.js";
import { documentationOf } from "./documentation.js";

/** @import { CallHelp, Description } from "../../shared/assist_messages.js" */
/** @import { LiveCell } from "../cell/live_cell.js" */

/** @param {LiveCell} cell @param {CallHelp} help @returns {HTMLElement} */
export function callTip(cell, help) {
  const { name, pieces, active, result, text, names } = help;
  const shown = pieces.flatMap((piece, at) => [
    ...(at ? [", "] : []),
    at === active ? element("strong", {}, piece) : piece,
  ]);
  return tip(cell, [`${name}(`, ...shown, result ? `) -> ${result}` : ")"], text, names);
}

/** @param {LiveCell} cell @param {Description} description @returns {HTMLElement} */
export const nameTip = (cell, { title, text, names }) => tip(cell, [title], text, names);

/** @param {string} message @returns {HTMLElement} */
export const mistakeTip = (message) => element("p", { className: "pyrun-tip-mistake" }, message);

/**
 * @param {LiveCell} cell
 * @param {(Node | string)[]} title code
 * @param {string} text of a docstring
 * @param {string[]} names under which a documentation may have it
 */
function tip(cell, title, text, names) {
  const made = element("div", { className: "pyrun-tip" }, element("code", { dir: "ltr" }, ...title));
  if (text) made.append(element("p", { dir: "ltr" }, text));
  void documentationOf(cell, names).then((href) => {
    if (href) made.append(element("a", { href }, ASSIST_MESSAGES.documentation));
  });
  return made;
}

/** What a screen reader says of a call: the function, and the parameter that comes next. @param {CallHelp} help */
export function spokenCall({ name, pieces, active }) {
  const parameter = active === null ? undefined : pieces[active];
  return parameter === undefined ? `${name}()` : ASSIST_MESSAGES.parameter({ name, parameter });
}

/** @param {Description} description */
export const spokenName = ({ title, text }) => [title, text.split("\n\n", 1)[0]].filter(Boolean).join(". ");
