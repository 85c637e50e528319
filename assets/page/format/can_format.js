/** Says whether a cell has a formatter. */
import { isConsole } from "../cell/example_data.js";

/** @param {HTMLElement} cell @returns {boolean} whether its author has named one, and its code can be edited */
export const canFormat = (cell) =>
  "format" in cell.dataset && !("readonly" in cell.dataset) && !isConsole(cell);
