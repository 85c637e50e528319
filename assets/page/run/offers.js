/**
 * Offers a fix for code that failed, as buttons: loading a missing package, or running the example that defines a name.
 */

import { optionsOf } from "../cell/cell_options.js";
import { isIsolated, shareNames } from "../cell/example_data.js";
import { cellLink, cellName, visibleCells } from "../cell/page_cells.js";
import { button, element } from "../dom.js";
import { importEditor } from "../editor/import_editor.js";
import { withNodes } from "../language/nodes.js";
import { RUN_MESSAGES } from "../messages.js";
import { runInOrder } from "./order.js";

/** @import { Clues } from "../../shared/protocol.js" */
/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { Output } from "../output/output.js" */

/**
 * What follows the failed run: `again` runs the code again after other examples, `isCurrent` says whether its output is still shown.
 * @typedef {{ again(first: LiveCell[]): void, isCurrent(): boolean }} NextRun
 */

/** Packages that a reader has added to a cell, until the page is left. @type {WeakMap<LiveCell, Set<string>>} */
const added = new WeakMap();

/** @param {LiveCell} cell @returns {string[]} */
export const addedPackages = (cell) => [...(added.get(cell) ?? [])];

/** Cells whose names a reader wants in a cell with code of a stranger. @type {WeakMap<LiveCell, Set<LiveCell>>} */
const first = new WeakMap();

/** @param {LiveCell} cell @returns {LiveCell[]} */
export const chosenFirst = (cell) => [...(first.get(cell) ?? [])].filter((part) => part.isConnected);

/**
 * Shows the offers under the output.
 * @param {LiveCell} cell that failed
 * @param {Output} output of it
 * @param {Clues} clues
 * @param {NextRun} next
 */
export async function showOffers(cell, output, { missing, undefinedName }, next = nextRunOf(cell)) {
  if (missing && optionsOf(cell).loadMissing) output.notice(offerPackage(cell, missing.package, next));
  const offer = undefinedName && (await offerDefinition(cell, undefinedName, next).catch(() => null));
  // The reader may have gone on meanwhile.
  if (offer && next.isCurrent()) output.notice(offer);
}

/** @param {LiveCell} cell @returns {NextRun} */
function nextRunOf(cell) {
  const { result } = cell;
  return {
    again: (first) => runInOrder([...first, cell].filter((part) => part.isConnected)),
    isCurrent: () => cell.result === result && result?.isShown === true,
  };
}

/** @param {LiveCell} cell @param {string} name of the package @param {NextRun} next */
function offerPackage(cell, name, { again }) {
  const load = () => {
    added.set(cell, new Set([...addedPackages(cell), name]));
    again([]);
  };
  return element("div", { className: "notice" }, button(RUN_MESSAGES.loadAndRunAgain({ name }), {}, load));
}

/**
 * @param {LiveCell} cell that failed
 * @param {string} name that was not defined
 * @param {NextRun} next
 * @returns {Promise<Node | null>} `null` if no other example defines it
 */
async function offerDefinition(cell, name, { again }) {
  const found = await definitionOf(cell, name);
  if (found === null) return null;
  const { defining, isBelow } = found;
  const run = () => {
    if (!cell.isForeign) return again([defining]);
    first.set(cell, new Set([...chosenFirst(cell), defining])); // as a part of its run: its Python runs no other cell
    again([]);
  };
  const { definedAbove, definedBelow } = RUN_MESSAGES;
  const nodes = { name: element("code", {}, name), example: cellLink(defining) };
  return element(
    "div",
    { className: "notice" },
    element("p", {}, ...withNodes(isBelow ? definedBelow : definedAbove, nodes)),
    button(RUN_MESSAGES.runFirst({ name: cellName(defining) }), {}, run),
  );
}

/**
 * The nearest example above that defines the name, or else the nearest below. Examples that have run successfully do
 * not count, nor does set-up code, which always runs, nor code of strangers.
 * @param {LiveCell} cell
 * @param {string} name
 */
async function definitionOf(cell, name) {
  if (isIsolated(cell)) return null;
  const cells = visibleCells();
  const position = cells.indexOf(cell);
  const nearestFirst = [...cells.slice(0, position).reverse(), ...cells.slice(position + 1)];
  const candidates = nearestFirst.filter(
    (other) =>
      shareNames(other, cell) &&
      !optionsOf(other).setup &&
      !other.isForeign &&
      !chosenFirst(cell).includes(other) &&
      other.sourceFile.code.includes(name) &&
      !other.result?.holds(other.sourceFile.code, cell.interpreter),
  );
  if (candidates.length === 0) return null;
  const { definedNames } = await importEditor();
  const defining = candidates.find(({ sourceFile }) => definedNames(sourceFile.code).has(name));
  return defining ? { defining, isBelow: cells.indexOf(defining) > position } : null;
}
