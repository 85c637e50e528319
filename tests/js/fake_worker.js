/** Workers without Python: a test reads what the page sends, and answers. Import it before modules that start workers. */
import { PROTOCOL_VERSION } from "../../assets/shared/protocol.js";

/** @import { BootRequest, FromWorker, RunRequest, ToWorker } from "../../assets/shared/protocol.js" */

/** Every worker that the page has started, the latest last. @type {FakeWorker[]} */
export const workers = [];

export class FakeWorker {
  /** @type {ToWorker[]} */
  sent = [];
  isOpen = true;
  /** @type {((event: { data: FromWorker }) => void) | null} */
  onmessage = null;

  constructor() {
    workers.push(this);
  }

  /** @param {ToWorker} message */
  postMessage(message) {
    this.sent.push(message);
  }

  terminate() {
    this.isOpen = false;
  }

  /** What it was started with. */
  get start() {
    return /** @type {BootRequest} */ (this.sent.find(({ type }) => type === "boot"));
  }

  /** The runs that it was sent. */
  get runs() {
    return /** @type {RunRequest[]} */ (this.sent.filter(({ type }) => type === "run"));
  }

  /** @param {FromWorker} data */
  say(data) {
    this.onmessage?.({ data });
  }

  /** @param {import("../../assets/shared/protocol.js").Modules} [modules] */
  becomeReady(modules = new Map()) {
    const versions = { version: PROTOCOL_VERSION, pyodide: "314.0.7", python: "3.14" };
    this.say({ type: "ready", ...versions, strategy: "none", snapshot: "none", modules });
  }

  /** The last run ends. @param {import("../../assets/shared/protocol.js").Problem | null} [problem] */
  end(problem = null) {
    const run = this.runs.at(-1)?.run ?? 0;
    this.say({ type: problem ? "error" : "done", run, problem, clues: null });
  }
}

const file = { url: "./file", integrity: "sha256-0" };
Object.assign(globalThis, {
  Worker: FakeWorker,
  window: globalThis,
  fetch: async () => new Response(),
  requestIdleCallback: () => {}, // nothing that tests wait for
  ...{ __PYRUN_WORKER__: file, __PYRUN_RUNTIME__: file, __PYRUN_TURTLE__: file, __PYRUN_VEGA__: file },
});
