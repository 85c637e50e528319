/** The offer to run another example first, where that defines a name that was not there. */

import { optionsOf } from "../cell/cell_options.js";
import { cellLink, cellName, visibleCells } from "../cell/page_cells.js";
import { button, element } from "../dom.js";
import { RUN_MESSAGES } from "../messages.js";
import { runInOrder } from "./order.js";

/** @typedef {import("../cell/cell.js").PyrunCell} PyrunCell */

/**
 * @param {PyrunCell} cell that failed
 * @param {string} name that was not defined
 * @returns {Promise<Node | null>} nothing if no other example would define it
 */
export async function offerDefinition(cell, name) {
  const found = await definitionOf(cell, name);
  if (found === null) return null;
  const { defining, isBelow } = found;
  const run = () => runInOrder([defining, cell].filter((part) => part.isConnected));
  const [before, after] = RUN_MESSAGES.definedIn(isBelow);
  return element(
    "div",
    { className: "notice" },
    element("p", {}, element("code", {}, name), before, cellLink(defining), after),
    button(RUN_MESSAGES.runFirst(cellName(defining)), {}, run),
  );
}

/**
 * The nearest example above that defines the name, else the nearest below. Those that have come to their end had
 * their chance. Set-up code has run in any case.
 * @param {PyrunCell} cell
 * @param {string} name
 */
async function definitionOf(cell, name) {
  if (cell.isIsolated) return null;
  const cells = visibleCells();
  const position = cells.indexOf(cell);
  const nearestFirst = [...cells.slice(0, position).reverse(), ...cells.slice(position + 1)];
  const candidates = nearestFirst.filter(
    (other) =>
      other.session === cell.session &&
      !optionsOf(other).setup &&
      other.sourceFile.code.includes(name) &&
      !other.result?.holds(other.sourceFile.code),
  );
  if (candidates.length === 0) return null;
  const { definedNames } = await import("../editor/editor.js");
  const defining = candidates.find(({ sourceFile }) => definedNames(sourceFile.code).has(name));
  return defining ? { defining, isBelow: cells.indexOf(defining) > position } : null;
}
