/** Gathers what a run of a cell needs: its code, the set-up code, packages, files and options. */
import { assetUrl } from "../asset_url.js";
import { forWorker, optionsOf } from "../cell/cell_options.js";
import { pageCells } from "../cell/page_cells.js";
import { addedPackages } from "./offers.js";

/** @import { ExampleFile } from "../../shared/protocol.js" */
/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { Wanted } from "./pending_run.js" */

/** @param {string | undefined} list words between spaces @returns {string[]} */
const words = (list) => (list ?? "").split(" ").filter(Boolean);

/** @param {LiveCell} cell @returns {Wanted} */
export function requestFor(cell) {
  const { dataset, session, isIsolated, sourceFile } = cell;
  const options = optionsOf(cell);
  const setup = pageCells().filter(
    (other) => other !== cell && optionsOf(other).setup && other.session === session,
  );
  return {
    session: isIsolated ? null : `${location.pathname}#${session}`,
    source: sourceFile,
    setup: setup.map((other) => other.sourceFile),
    pagePackages: words(dataset.pagePackages),
    packages: [...[cell, ...setup].flatMap((part) => words(part.dataset.packages)), ...addedPackages(cell)],
    files: filesOf([...setup, cell]),
    options: forWorker(options),
    timeoutMs: options.timeout && options.timeout * 1000,
  };
}

/** @param {LiveCell[]} cells @returns {ExampleFile[]} one for each path: if two cells have it, that of the later one */
function filesOf(cells) {
  /** @type {Map<string, ExampleFile>} */
  const files = new Map();
  for (const { dataset } of cells) {
    /** @type {[path: string, url: string, bytes: number, integrity: string][]} */
    const listed = JSON.parse(dataset.files ?? "[]");
    for (const [path, url, , integrity] of listed) files.set(path, { path, url: assetUrl(url), integrity });
  }
  return [...files.values()];
}
