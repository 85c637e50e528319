/**
 * Runs the examples of a site in a page of a browser, for `pyrun_core/proof/run/browser.py`, which serves the site with this
 * script in pyrun's folder. Python runs in the site's own worker, as in a reader's page.
 */
import { KeptModules } from "../page/interpreter/kept_modules.js";
import { PythonConnection } from "../page/interpreter/python_connection.js";
import { startFor } from "../page/interpreter/start_of_cells.js";
import { chooseWaitStrategy } from "../page/interpreter/wait_strategy.js";
import { NOTHING_IS_OFF } from "../page/settlement/off_switch.js";
import { Settlement } from "../page/settlement/settlement.js";
import { PageRun } from "./page_run.js";

/** @import { StartReport, WorkerData } from "../shared/protocol.js" */
/** @import { Cell } from "./page_plan.js" */
/** @import { Job, RunningPython } from "./page_run.js" */
/** @import { Listener } from "./python_thread.js" */

/** What it reports, as `main.js` does. @typedef {(record: object) => unknown} Say */

const ASSETS_URL = new URL("./", import.meta.url).href;

/** @type {Listener} */
const NOBODY = { said: () => {}, died: () => {} };

/**
 * @param {Job[]} jobs one for each page
 * @param {{ lanes: number, limit: number }} settings `limit` is in seconds
 * @param {Say} say
 */
async function run(jobs, { lanes, limit }, say) {
  const url = `${ASSETS_URL}settlement.json`;
  const settlement = new Settlement(await (await fetch(url)).text(), url, NOTHING_IS_OFF);
  const kept = new KeptModules();
  const surroundings = {
    start: (/** @type {Cell[]} */ cells) => startPython(settlement, cells, kept, say),
    settlement,
    limitMs: limit * 1000,
    begins: () => {},
  };
  const queue = [...jobs.entries()];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [page, job] = next;
      await say({ type: "page", page, outcomes: await new PageRun(job, surroundings).run() });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/**
 * @param {Settlement} settlement
 * @param {Cell[]} cells of a page
 * @param {KeptModules} kept
 * @param {Say} say
 * @returns {Promise<RunningPython>}
 * @throws {Error} Python does not start
 */
async function startPython(settlement, cells, kept, say) {
  const { waiting, mailbox } = await chooseWaitStrategy("origin");
  const isolation = /** @type {const} */ ("origin");
  const surroundings = { waiting, assetsUrl: ASSETS_URL, isolation, savesData: true };
  const start = { ...startFor(settlement, cells, surroundings), key: null };
  /** @type {Listener} */
  let listener = NOBODY;
  /** @type {(report: StartReport) => void} */
  let started = () => {};
  /** @type {Promise<StartReport>} */
  const ready = new Promise((resolve, reject) => {
    started = resolve;
    listener = { said: () => {}, died: (reason) => reject(new Error(reason)) };
  });
  const modules = kept.usableWith(settlement);
  const python = new PythonConnection(start, mailbox, { modules, memory: null }, null, {
    started: (report) => started(report),
    said: (message) => hear(message),
    failed: (detail) => listener.died(detail || "its worker could not be loaded"),
  });
  /** @param {WorkerData} message */
  function hear(message) {
    if (message.type === "received") python.received(message.letter);
    else if (message.type === "crashed") listener.died(message.detail);
    else listener.said(message);
  }
  const report = await ready;
  if (report.type === "failed") {
    python.close();
    throw new Error(report.detail);
  }
  kept.keep(report.modules, start);
  say({ type: "started", python: report.python, pyodide: report.pyodide });
  return {
    strategy: report.strategy,
    listen: (other) => {
      listener = other;
    },
    send: python.send.bind(python),
    answer: python.answer.bind(python),
    stop: (number) => python.stop({ type: "stop", run: number }),
    close: () => {
      listener = NOBODY;
      python.close();
    },
  };
}

Object.assign(globalThis, { pyrunProof: run });
