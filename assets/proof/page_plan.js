/** The examples of a page, in the order in which a proof runs them, and what each run wants. */

import { optionsOf } from "../page/cell/cell_options.js";
import { fileNameAt, isIsolated } from "../page/cell/example_data.js";
import { sourceOf } from "../page/cell/source.js";
import { neededBy, setupOf, wantedBy } from "../page/run/wanted.js";

/** @import { SourceFile } from "../shared/protocol.js" */
/** @import { Wanted } from "../page/run/pending_run.js" */

/** An example, by the attributes of its element. @typedef {{ index: number, dataset: DOMStringMap, isHidden: boolean, sourceFile: SourceFile }} Cell */

/** The width of a terminal, as doctest's examples expect it. */
const TERMINAL = { columns: 80, lines: 24 };

/**
 * Something to run: an example with the set-up code before it. `needed` are the examples that it names. `isSetup` says that it
 * runs as set-up code itself, so that what it sets holds for its session.
 * @typedef {{ cell: Cell, before: Cell[], needed: Cell[], isSetup: boolean }} Step
 */

/** @param {Record<string, string>[]} cells attributes of the elements @returns {Cell[]} */
export function cellsOf(cells) {
  return cells.map((attributes, index) => {
    const dataset = /** @type {DOMStringMap} */ ({});
    for (const [name, value] of Object.entries(attributes))
      if (name.startsWith("data-")) dataset[camelCase(name.slice("data-".length))] = value;
    const sourceFile = { fileName: fileNameAt(index), code: sourceOf({ dataset }) };
    return { index, dataset, isHidden: "hidden" in attributes, sourceFile };
  });
}

/** As `HTMLElement.dataset` names attributes. @param {string} name */
const camelCase = (name) => name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());

/**
 * The order in which a reader who runs all examples would see them run: set-up code before the first other example of its
 * session, needed examples before those that need them.
 * @param {Cell[]} cells
 * @param {ReadonlySet<number>} skipped indices of examples that are not run
 * @returns {Step[]}
 */
export function planFor(cells, skipped) {
  const run = cells.filter(({ index }) => !skipped.has(index));
  const allSetup = run.filter((cell) => optionsOf(cell).setup);
  /** @type {Step[]} */
  const steps = [];
  /** @type {Set<Cell>} */
  const seen = new Set();
  const visit = (/** @type {Cell} */ cell) => {
    if (seen.has(cell)) return;
    seen.add(cell);
    const setup = setupOf(cell, allSetup);
    const isSetup = allSetup.includes(cell);
    const before = isSetup ? setup.filter(({ index }) => index < cell.index) : setup;
    const needed = neededBy(cell, cells);
    for (const other of [...before, ...needed.filter((each) => run.includes(each))]) visit(other);
    // What the author documents of visible set-up code includes values, which only its own run shows.
    const isShown = !cell.isHidden && cell.dataset.expected !== undefined;
    steps.push({ cell, before, needed, isSetup: isSetup && !isShown });
  };
  for (const cell of run) visit(cell);
  return steps;
}

/** Whether names that the example defines can be used by others. @param {Cell} cell */
export const leavesNames = (cell) => !isIsolated(cell);

/**
 * @param {Step} step
 * @param {number} limitMs for examples without a limit
 * @returns {Wanted}
 */
export function wantedIn({ cell, before, isSetup }, limitMs) {
  const around = { path: `/${cell.dataset.page ?? ""}`, packages: [], terminal: TERMINAL, texts: {} };
  if (!isSetup) {
    const wanted = wantedBy(cell, before, around);
    return { ...wanted, timeoutMs: wanted.timeoutMs ?? limitMs };
  }
  // Nothing follows the set-up code, which has the name of its example all the same.
  const nothing = { ...cell, sourceFile: { fileName: "nothing.py", code: "" } };
  const wanted = wantedBy(nothing, [...before, cell], around);
  return { ...wanted, raises: [], timeoutMs: wanted.timeoutMs ?? limitMs };
}
