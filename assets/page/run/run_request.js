/** Gathers what a run of a cell needs: its code, the set-up code, what they require, and options. */
import { pageCells } from "../cell/page_cells.js";
import { measureTerminal } from "../output/view/terminal_size.js";
import { addedPackages } from "./offers.js";
import { setupOf, wantedBy } from "./wanted.js";

/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { Wanted } from "./pending_run.js" */

/** @param {LiveCell} cell @returns {Wanted} */
export function requestFor(cell) {
  return wantedBy(cell, setupOf(cell, pageCells()), {
    path: location.pathname,
    packages: addedPackages(cell),
    terminal: measureTerminal(/** @type {ShadowRoot} */ (cell.shadowRoot)),
  });
}
