/**
 * Runs the examples of a site in Node, for `pyrun_core/proof/run/node.py`, which starts this process and sends one record with
 * the settings and then one for each page. It answers with a record for each page, in the order in which they end.
 *
 * The process runs under Node's permission model: it may read pyrun's scripts and the site, and start threads. It has no
 * variables of the environment.
 */
import os from "node:os";
import { cellsOf } from "./page_plan.js";
import { PageRun } from "./page_run.js";
import { recordsOf, written } from "./records.js";
import { SiteFolder } from "./site_folder.js";
import { Starts } from "./starts.js";

/** @import { Job } from "./page_run.js" */
/** @import { OwnFiles } from "./site_folder.js" */

/**
 * `site` is pyrun's folder in the site. `remote` has files of other servers that were downloaded before, by URL. `lane` is the
 * script of threads, beside this one. `limit` is in seconds, for examples without a limit.
 * @typedef {{ site: string, remote: Record<string, string>, own: OwnFiles, lane: string, lanes: number, limit: number, pages: number }} Settings
 */

/** More than pages of a browser can have on most devices. */
const MOST_BYTES = 2 ** 31;

/** The share of the machine's memory that all threads together may use. */
const LARGEST_SHARE = 0.6;

const say = (/** @type {object} */ record) => void process.stdout.write(written(record));

/** @param {AsyncGenerator<any>} records */
async function main(records) {
  const settings = /** @type {Settings} */ ((await records.next()).value);
  const { limit, pages } = settings;
  const lanes = Math.min(settings.lanes, pages);
  /** @type {Job[]} */
  const jobs = [];
  for (let count = 0; count < pages; count += 1) jobs.push((await records.next()).value);

  const site = await SiteFolder.open(settings.site, settings.remote, settings.own);
  const mostBytes = Math.min(MOST_BYTES, (os.totalmem() * LARGEST_SHARE) / lanes);
  const laneUrl = new URL(settings.lane, import.meta.url);
  const script = await site.workerScript();
  const starts = new Starts({ site, laneUrl, script, mostBytes }, ({ python, pyodide }) =>
    say({ type: "started", python, pyodide }),
  );
  const queue = jobs.map((job, number) => ({ job, number, cells: cellsOf(job.cells) }));
  for (const { cells } of queue) starts.expect(cells);
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { job, number, cells } = next;
      const run = new PageRun(job, {
        start: starts.start.bind(starts),
        settlement: site.settlement,
        limitMs: limit * 1000,
        begins: (cell) => say({ type: "at", page: number, cell }),
      });
      say({ type: "page", page: number, outcomes: await run.run() });
      starts.forget(cells);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

try {
  process.stdin.setEncoding("utf8");
  await main(recordsOf(process.stdin));
  say({ type: "end", ...usage() });
} catch (error) {
  say({ type: "failed", detail: String(error) });
}
process.stdin.destroy();

/** For the benchmark. */
function usage() {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, mostBytes: maxRSS * 1024 };
}
