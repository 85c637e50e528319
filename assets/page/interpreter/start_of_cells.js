/** What Python starts with for the examples of one source file, by their attributes and the settlement of the site. */
import { PROTOCOL_VERSION } from "../../shared/protocol.js";
import { optionsOf } from "../cell/cell_options.js";

/** @import { Start } from "../../shared/protocol.js" */
/** @import { ExampleData } from "../cell/example_data.js" */
/** @import { Settlement } from "../settlement/settlement.js" */

/**
 * @param {Settlement} settlement
 * @param {readonly ExampleData[]} cells of one source file
 * @param {Pick<Start, "waiting" | "assetsUrl" | "isolation" | "savesData">} surroundings
 * @returns {Omit<Start, "key">}
 */
export function startFor(settlement, cells, surroundings) {
  const { pyodideUrl, core, rest, lock } = settlement;
  const packages = settlement.startPackages(cells.map(({ dataset }) => dataset.requirements));
  return {
    version: PROTOCOL_VERSION,
    pyodideUrl,
    core,
    rest,
    lock,
    wheels: lock === null ? [] : settlement.wheelsOf(packages),
    packages,
    imports: settlement.hasSnapshots ? importsOf(cells) : null,
    ...surroundings,
    credentials: credentialsOf(cells),
  };
}

/** @param {readonly ExampleData[]} cells @returns {Start["credentials"]} */
function credentialsOf(cells) {
  const areAllowed = cells.length > 0 && cells.every((cell) => optionsOf(cell).credentials === "same-origin");
  return areAllowed ? "same-origin" : "omit";
}

/**
 * The modules that the cells import from packages.
 * @param {readonly ExampleData[]} cells
 * @returns {string[] | null} `null` where the author wants no snapshots
 */
function importsOf(cells) {
  if (!cells.every((cell) => optionsOf(cell).snapshots)) return null;
  return [...new Set(cells.flatMap(({ dataset }) => dataset.imports?.split(" ") ?? []))];
}
