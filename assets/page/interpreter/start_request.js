/** What Python starts with: its URLs, and the packages, wheels and imports of the page. */
import { PROTOCOL_VERSION } from "../../shared/protocol.js";
import { assetUrl } from "../asset_url.js";
import { pageCells } from "../cell/page_cells.js";
import { snapshotKey } from "./snapshot_reader.js";

/** @import { Start, Waiting, Wheel } from "../../shared/protocol.js" */

/**
 * What Python starts with on this page.
 * @param {string} pyodideUrl absolute
 * @param {string | null} lockUrl absolute
 * @param {string[]} packages
 * @param {Waiting} waiting
 * @returns {Start}
 */
export function startRequest(pyodideUrl, lockUrl, packages, waiting) {
  const start = {
    version: PROTOCOL_VERSION,
    pyodideUrl,
    lockUrl,
    wheels: lockUrl === null ? [] : wheelsOfPage(lockUrl),
    packages,
    imports: importsOfPage(),
    waiting,
  };
  return { ...start, key: snapshotKey(start) };
}

/**
 * The files of the page's packages, largest first, from the first cell that lists them.
 * @param {string} lockUrl absolute; cells with a different lock file use a different Python
 * @returns {Wheel[]}
 */
function wheelsOfPage(lockUrl) {
  const first = pageCells().find(
    ({ dataset: { lock, pageWheels } }) => pageWheels && lock !== undefined && assetUrl(lock) === lockUrl,
  );
  /** @type {[url: string, bytes: number, integrity: string][]} */
  const listed = JSON.parse(first?.dataset.pageWheels ?? "[]");
  return listed.map(([url, bytes, integrity]) => ({ url: assetUrl(url), bytes, integrity }));
}

/**
 * The modules that the page's examples import from packages.
 * @returns {string[] | null} `null` where the author or the build wants no snapshots
 */
function importsOfPage() {
  const cells = pageCells();
  if (!cells.some(({ dataset }) => "snapshots" in dataset)) return null;
  const first = cells.find(({ dataset }) => dataset.pageImports);
  return first?.dataset.pageImports?.split(" ") ?? [];
}
