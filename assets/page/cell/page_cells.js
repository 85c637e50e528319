/** What readers call a cell, and the way to it. */
import { button } from "../dom.js";
import { RUN_MESSAGES } from "../messages.js";

/** @typedef {import("./live_cell.js").LiveCell} LiveCell */

/** @returns {LiveCell[]} every live example of the page, hidden ones too, from top to bottom */
export const pageCells = () => [
  .../** @type {NodeListOf<LiveCell>} */ (document.querySelectorAll("pyrun-cell:defined")),
];

/** @returns {LiveCell[]} those that a reader sees and can run */
export const visibleCells = () => pageCells().filter((cell) => !cell.hidden);

/**
 * The cell whose code has that name in tracebacks: `sourceFile` of the cell counts like this.
 * @param {string} fileName
 */
export const cellOfFile = (fileName) => pageCells()[Number(/^cell(\d+)\.py$/.exec(fileName)?.[1]) - 1];

/** @param {LiveCell} cell @returns {string} its title, or its name, or where it stands among those that are seen */
export function cellName(cell) {
  const { caption, name } = cell.dataset;
  return caption ?? name ?? RUN_MESSAGES.example(visibleCells().indexOf(cell) + 1);
}

/** @param {LiveCell} cell @returns {HTMLButtonElement} its name, which leads to it */
export function cellLink(cell) {
  const go = () => {
    cell.scrollIntoView({ block: "center" });
    cell.focus({ preventScroll: true });
  };
  return button(cellName(cell), { className: "link", part: "" }, go);
}
