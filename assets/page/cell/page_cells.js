/** Finds the cells of the page, and names them for readers. */
import { button } from "../dom.js";
import { RUN_MESSAGES } from "../messages.js";

/** @import { LiveCell } from "./live_cell.js" */

/** @returns {LiveCell[]} every live example of the page, hidden ones too, from top to bottom */
export const pageCells = () => [
  .../** @type {NodeListOf<LiveCell>} */ (document.querySelectorAll("pyrun-cell:defined")),
];

/** @returns {LiveCell[]} those that are visible and can be run */
export const visibleCells = () => pageCells().filter((cell) => !cell.hidden);

/**
 * The cell whose code has this name in tracebacks; see `sourceFile` in cell.js.
 * @param {string} fileName
 */
export const cellOfFile = (fileName) => pageCells()[Number(/^cell(\d+)\.py$/.exec(fileName)?.[1]) - 1];

/** @param {LiveCell} cell @returns {string} its caption, its name, or its position among the visible ones */
export function cellName(cell) {
  const { caption, name } = cell.dataset;
  return caption ?? name ?? RUN_MESSAGES.example({ position: visibleCells().indexOf(cell) + 1 });
}

/** @param {LiveCell} cell @returns {HTMLButtonElement} a link with its name that goes to it */
export function cellLink(cell) {
  const go = () => {
    cell.scrollIntoView({ block: "center" });
    cell.focus({ preventScroll: true });
  };
  return button(cellName(cell), { className: "link", part: "" }, go);
}
