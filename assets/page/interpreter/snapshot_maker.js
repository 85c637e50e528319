/** Snapshots of Python, made in a worker of its own when nobody needs the processor. What they are stands in assets/worker/snapshot/. */
import { markUsed } from "../../shared/snapshot_keys.js";
import { PythonWorker } from "./python_worker.js";
import { savesData, whenIdle } from "./warm_up.js";

/** @typedef {import("../../shared/protocol.js").KeptSnapshot} KeptSnapshot */
/** @typedef {import("../../shared/protocol.js").Modules} Modules */
/** @typedef {import("../../shared/protocol.js").SaveRequest} SaveRequest */
/** @typedef {import("../../shared/protocol.js").Saved} Saved */
/** @typedef {import("../../shared/protocol.js").Start} Start */

/** Nobody waits for it. */
const LEAST_QUIET_MS = 1000;

/** Has a snapshot made. `document` hears of the end by the event `pyrun:snapshot`, with `detail: { problem }`. */
export class SnapshotMaker {
  /** What is to be saved, until that is done. @type {Omit<SaveRequest, "type"> | null} */
  #wanted = null;
  /** The last snapshot, if the browser does not store it. @type {KeptSnapshot | null} */
  #memory = null;
  /** @type {PythonWorker<SaveRequest, Saved> | null} */
  #worker = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** For the page's next worker. */
  get memory() {
    return this.#memory;
  }

  /** @param {Start} start that Python has made, and that the next page will make too @param {Modules} modules */
  want(start, modules) {
    this.#memory = null; // it was of no use
    if (savesData()) return;
    this.#wanted = { ...start, modules };
    this.resume();
  }

  /** @param {Start} start that came from a snapshot */
  used({ key }) {
    if (key === null || this.#memory?.key === key) return;
    whenIdle(() => void markUsed(key).catch(() => {})); // only the order in which they are dropped
  }

  /** Python has something to do, or is gone. */
  pause() {
    clearTimeout(this.#timer);
    this.#worker?.close();
    this.#worker = null;
  }

  /** Python has nothing to do. */
  resume() {
    this.pause();
    if (this.#wanted) this.#timer = setTimeout(() => whenIdle(() => this.#make()), LEAST_QUIET_MS);
  }

  #make() {
    if (!this.#wanted || this.#worker) return;
    this.#worker = new PythonWorker(
      "pyrun-snapshot",
      ({ problem, memory }) => {
        this.#memory = memory;
        this.#end(problem);
      },
      (detail) => this.#end(detail),
    );
    this.#worker.send({ ...this.#wanted, type: "save" });
  }

  /** @param {string | null} problem */
  #end(problem) {
    this.#wanted = null; // what has failed once would fail again
    this.pause();
    document.dispatchEvent(new CustomEvent("pyrun:snapshot", { detail: { problem } }));
  }
}
