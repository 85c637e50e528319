import { assetUrl } from "../asset_url.js";
import { pageCells } from "../cell/page_cells.js";

/** @typedef {import("../../shared/protocol.js").Wheel} Wheel */

/**
 * The files of the packages of the page, as the first cell that has them says, biggest first.
 * @param {string} lockUrl absolute: cells with another lock file have another Python
 * @returns {Wheel[]}
 */
export function wheelsOfPage(lockUrl) {
  const first = pageCells().find(
    ({ dataset: { lock, pageWheels } }) => pageWheels && lock !== undefined && assetUrl(lock) === lockUrl,
  );
  /** @type {[url: string, bytes: number, integrity: string][]} */
  const listed = JSON.parse(first?.dataset.pageWheels ?? "[]");
  return listed.map(([url, bytes, integrity]) => ({ url: assetUrl(url), bytes, integrity }));
}

/**
 * The modules of packages that the examples of the page import.
 * @returns {string[] | null} nothing where the author, or the build, wants no snapshots
 */
export function importsOfPage() {
  const cells = pageCells();
  if (!cells.some(({ dataset }) => "snapshots" in dataset)) return null;
  const first = cells.find(({ dataset }) => dataset.pageImports);
  return first?.dataset.pageImports?.split(" ") ?? [];
}
