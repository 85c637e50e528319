/** What is around the code of a cell, in its shadow tree: the preamble, the toolbar, and a stored output. */
import { element } from "../dom.js";
import { CELL_MESSAGES } from "../messages.js";
import cellCss from "./cell.css";

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
  cell.dataset.ready = ""; // see page.css
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
