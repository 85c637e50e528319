/** What is around the code of a cell, in its shadow tree: the preamble, the toolbar, and a stored output. */
import { element } from "../dom.js";
import { CELL_MESSAGES } from "../messages.js";
import cellCss from "./cell.css";
import { codeBlockOf } from "./code_block.js";

/** @import { Toolbar } from "./toolbar.js" */

/** One style sheet for the shadow trees of all cells. */
const styles = new CSSStyleSheet();
styles.replaceSync(cellCss);

/** @param {HTMLElement} cell @param {Toolbar} toolbar */
export function surround(cell, toolbar) {
  const root = cell.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [styles];
  root.append(
    ...preambleOf(cell),
    element("div", { className: "body" }, element("slot"), toolbar.element),
    element("slot", { name: "output" }),
  );
  if (cell.querySelector(".pyrun-output")) adoptFont(cell);
  cell.dataset.ready = ""; // see page.css
}

/** Gives a stored output the font of the code, which that of a run will have: then nothing moves. @param {HTMLElement} cell */
function adoptFont(cell) {
  const block = codeBlockOf(cell);
  if (block === null) return;
  const { fontFamily, fontSize } = getComputedStyle(block.querySelector("code") ?? block);
  cell.style.setProperty("--pyrun-code-font", fontFamily);
  cell.style.setProperty("--pyrun-code-font-size", fontSize);
}

/**
 * The folded code that runs before the first example of a session.
 * @param {HTMLElement} cell
 * @returns {Node[]} nothing unless this cell shows it
 */
function preambleOf({ dataset: { preamble = "", showPreamble } }) {
  if (showPreamble === undefined) return [];
  const summary = element("summary", {}, CELL_MESSAGES.first);
  return [element("details", { className: "first" }, summary, element("pre", {}, preamble))];
}
