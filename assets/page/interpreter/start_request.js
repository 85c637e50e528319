/** What Python starts with: its files, and the packages, wheels and imports of the page. */
import { assetUrl } from "../asset_url.js";
import { optionsOf } from "../cell/cell_options.js";
import { pageCells } from "../cell/page_cells.js";
import { snapshotKey } from "./snapshot_reader.js";
import { startFor } from "./start_of_cells.js";
import { savesData } from "./warm_up.js";

/** @import { Start, Waiting } from "../../shared/protocol.js" */
/** @import { Settlement } from "../settlement/settlement.js" */

/**
 * What Python starts with for the cells of one source file. A page can contain cells of several: print pages do.
 * @param {Settlement} settlement
 * @param {string | undefined} page `data-page` of the cell that starts it
 * @param {Waiting} waiting
 * @param {Start["isolation"]} isolation
 * @returns {Start}
 */
export function startRequest(settlement, page, waiting, isolation) {
  const cells = pageCells().filter(({ dataset }) => dataset.page === page);
  const start = startFor(settlement, cells, {
    ...{ waiting, isolation },
    assetsUrl: assetUrl("./"),
    savesData: savesData(),
  });
  return { ...start, key: snapshotKey(start) };
}

/** Whether a cell of this document has said that the site isolates its examples. Instant navigation removes cells. */
let isIsolated = false;

/**
 * The origin in which Python runs: an opaque one for code of strangers. For other code, all cells of a site say the same.
 * @param {boolean} isForeign
 * @returns {Start["isolation"]}
 */
export function isolationOf(isForeign) {
  if (isForeign) return "opaque";
  isIsolated ||= pageCells().some((cell) => optionsOf(cell).isolation === "opaque");
  return isIsolated ? "opaque" : "origin";
}
