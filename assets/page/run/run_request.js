/** Gathers what a run of a cell needs: its code, the code that runs before it, what they require, and options. */
import { pageCells } from "../cell/page_cells.js";
import { sourceOf } from "../cell/source.js";
import { workerTexts } from "../language/worker_texts.js";
import { measureTerminal } from "../output/view/terminal_size.js";
import { addedPackages, chosenFirst } from "./offers.js";
import { allBefore, neededBy, setupOf, wantedBy } from "./wanted.js";

/** @import { ExampleCode } from "../cell/example_data.js" */
/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { Wanted } from "./pending_run.js" */

/** @param {LiveCell} cell @returns {Wanted} */
export function requestFor(cell) {
  return wantedBy(cell, codeBefore(cell), {
    path: location.pathname,
    packages: addedPackages(cell),
    texts: workerTexts(),
    terminal: measureTerminal(/** @type {ShadowRoot} */ (cell.shadowRoot)),
  });
}

/**
 * The cells whose code is part of the run, unless it has run in this Python: set-up code, and what could not run as a cell
 * of this Python. That is everything for code of a stranger, whose Python has run no cell of the page, and the cells with
 * such code for others.
 * @param {LiveCell} cell
 * @returns {ExampleCode[]}
 */
export function codeBefore(cell) {
  const cells = pageCells();
  const chosen = cell.isForeign ? [...chosenFirst(cell), cell] : foreignNeeds(cell);
  const before = chosen.flatMap((one) =>
    one === cell ? allBefore(one, cells) : [...allBefore(one, cells), one],
  );
  return [...new Set([...setupOf(cell, cells), ...before])].filter((one) => one !== cell).map(ofAuthor);
}

/** The cells that this one needs and whose code is that of a stranger. @param {LiveCell} cell @returns {LiveCell[]} */
export const foreignNeeds = (cell) =>
  cell.isForeign ? [] : neededBy(cell, pageCells()).filter((need) => need.isForeign);

/** A cell with the code of its author, where it has got that of a stranger. @param {LiveCell} cell @returns {ExampleCode} */
const ofAuthor = (cell) =>
  cell.isForeign ? { dataset: cell.dataset, sourceFile: { ...cell.sourceFile, code: sourceOf(cell) } } : cell;
