/** A page with cells, an interpreter and workers that are not real, for tests of the interpreter. */
import { afterEach } from "node:test";
import { openPage } from "./fake_page.js";
import { CONTENT, changed, integrity, requested, requestedEarly } from "./fake_settlement.js";
import { workers } from "./fake_worker.js";

const { openInterpreters } = await import("../../assets/page/interpreter/client.js");

/** @import { Files } from "./fake_settlement.js" */
/** @import { FakeWorker } from "./fake_worker.js" */
/** @import { PageInterpreter } from "../../assets/page/interpreter/page_interpreter.js" */

/** @typedef {{ code: string, ended: [ending: string, cause: unknown] | null, stop(): void }} FakeRun */

export const PAGE = "page.md";
export const PYODIDE = { ...CONTENT.pyodide, snapshots: false };
export const NOW = { settlement: changed({ pyodide: PYODIDE }) };
export const LOCK = { url: "packages/other.json", integrity: integrity("6") };
export const OTHER_LOCK = { settlement: changed({ pyodide: PYODIDE, lock: LOCK }) };
export const OFF = '{"pages": ["*"], "message": "Not today."}';
export const GONE = /** @type {const} */ ({ reason: "package", detail: "numpy: 404" });

/** @type {PageInterpreter} */
export let interpreter;

afterEach(() => {
  interpreter.restart();
  workers.length = 0;
});

/** @param {import("../../assets/page/settlement/request_settlement.js").SettlementRequests} requests */
const pageInterpreter = (requests) =>
  openInterpreters(requests).of(/** @type {any} */ ({ isForeign: false }));

/** Opens a page of such a site. @param {...Files} answers see `requested` */
export function open(...answers) {
  const requests = requested(...answers);
  interpreter = pageInterpreter(requests);
  return { requests, cells: openCells() };
}

/** Opens a page that has a copy; the fresh settlement comes when the test lets it arrive. */
export function openEarly() {
  const { requests, arrive } = requestedEarly(NOW);
  interpreter = pageInterpreter(requests);
  return { requests, cells: openCells(), arrive };
}

/** Opens a page without a copy; the settlement comes when the test lets it arrive. */
export function openLate() {
  const { requests, arrive } = requestedEarly(NOW);
  interpreter = pageInterpreter({ ...requests, copy: requests.fresh });
  return { cells: openCells(), arrive };
}

export function openCells() {
  const { first, second } = openPage({ first: { page: PAGE, requirements: "a" }, second: { page: PAGE } });
  if (!first || !second) throw new Error("there is no page");
  return { first, second };
}

/** @param {string} code @param {string} [id] @param {string} [page] @param {boolean} [losesNames] @returns {FakeRun} */
export function run(code, id, page = PAGE, losesNames = false) {
  const source = { fileName: "cell1.py", code };
  const wanted = {
    session: "s",
    source,
    setup: [],
    terminal: { columns: 80, lines: 24 },
    packages: [],
    raises: [],
    console: false,
    folder: null,
    chosen: [],
    content: code,
    texts: {},
    page,
    requirements: [id],
    timeoutMs: null,
  };
  const options = {
    ...{ loadMissing: true, outputLimit: 1, figures: "png", showValue: true, stdin: [] },
    interactive: false,
  };
  /** @type {FakeRun} */
  const made = { code, ended: null, stop: () => {} };
  const ignore = () => {};
  const heard = { waiting: ignore, progress: ignore, running: ignore, output: ignore, display: ignore };
  const asked = {
    clear: ignore,
    section: ignore,
    traceback: ignore,
    input: ignore,
    withdrawn: ignore,
    written: ignore,
    left: ignore,
    loading: null,
    losesNames,
  };
  const { stop } = interpreter.run(
    { ...wanted, options },
    {
      ...heard,
      ...asked,
      ended: (ending, cause) => {
        made.ended = [ending, cause];
      },
    },
  );
  return Object.assign(made, { stop });
}

/** Resolves when that is so. @template T @param {() => T | null | undefined | false} find @returns {Promise<T>} */
export async function until(find) {
  for (let turn = 0; turn < 1000; turn += 1) {
    const found = find();
    if (found) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`it never happened: ${find}`);
}

/** @param {number} number from 1 */
export const worker = (number) => until(() => workers[number - 1]?.start && workers[number - 1]);

/** @param {FakeWorker} python @param {number} count @returns {Promise<string[]>} the code of the runs that it was sent */
export const ran = (python, count) =>
  until(() => python.runs.length === count && python.runs.map(({ source }) => source.code));
