/** What Python starts with: its files, and the packages, wheels and imports of the page. */
import { PROTOCOL_VERSION } from "../../shared/protocol.js";
import { assetUrl } from "../asset_url.js";
import { optionsOf } from "../cell/cell_options.js";
import { pageCells } from "../cell/page_cells.js";
import { snapshotKey } from "./snapshot_reader.js";

/** @import { Start, Waiting } from "../../shared/protocol.js" */
/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { Settlement } from "../settlement/settlement.js" */

/**
 * What Python starts with for the cells of one source file. A page can contain cells of several: print pages do.
 * @param {Settlement} settlement
 * @param {string | undefined} page `data-page` of the cell that starts it
 * @param {Waiting} waiting
 * @returns {Start}
 */
export function startRequest(settlement, page, waiting) {
  const { pyodideUrl, core, lock } = settlement;
  const cells = pageCells().filter(({ dataset }) => dataset.page === page);
  const packages = settlement.startPackages(cells.map(({ dataset }) => dataset.requirements));
  const start = {
    version: PROTOCOL_VERSION,
    pyodideUrl,
    core,
    lock,
    wheels: lock === null ? [] : settlement.wheelsOf(packages),
    packages,
    imports: settlement.hasSnapshots ? importsOf(cells) : null,
    waiting,
    assetsUrl: assetUrl("./"),
    isolation: isolationOfPage(),
    credentials: credentialsOf(cells),
  };
  return { ...start, key: snapshotKey(start) };
}

/** Whether a cell of this document has said that the site isolates its examples. Instant navigation removes cells. */
let isIsolated = false;

/** The origin in which Python runs. All cells of a site say the same. @returns {Start["isolation"]} */
export function isolationOfPage() {
  isIsolated ||= pageCells().some((cell) => optionsOf(cell).isolation === "opaque");
  return isIsolated ? "opaque" : "origin";
}

/** @param {HTMLElement[]} cells @returns {Start["credentials"]} */
function credentialsOf(cells) {
  const areAllowed = cells.length > 0 && cells.every((cell) => optionsOf(cell).credentials === "same-origin");
  return areAllowed ? "same-origin" : "omit";
}

/**
 * The modules that the cells import from packages.
 * @param {LiveCell[]} cells
 * @returns {string[] | null} `null` where the author wants no snapshots
 */
function importsOf(cells) {
  if (!cells.every((cell) => optionsOf(cell).snapshots)) return null;
  return [...new Set(cells.flatMap(({ dataset }) => dataset.imports?.split(" ") ?? []))];
}
