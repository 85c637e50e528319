/** Makes snapshots of Python, in a separate worker while the page is idle. assets/worker/snapshot/ describes them. */
import { markUsed } from "../../shared/snapshot_keys.js";
import { PythonWorker } from "./python_worker.js";
import { savesData, whenIdle } from "./warm_up.js";

/** @import { KeptSnapshot, Modules, SaveRequest, Saved, Start } from "../../shared/protocol.js" */

/** How long Python must be idle first. Nobody waits for the snapshot. */
const LEAST_QUIET_MS = 1000;

/** Makes a snapshot. The event `pyrun:snapshot` on `document` reports the end, with `detail: { problem }`. */
export class SnapshotMaker {
  /** The start to save, until that is done. @type {Omit<SaveRequest, "type"> | null} */
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

  /** @param {Start} start that Python has made, and that the next page repeats @param {Modules} modules */
  want(start, modules) {
    this.#memory = null; // it did not work
    if (savesData()) return;
    this.#wanted = { ...start, modules };
    this.resume();
  }

  /** @param {Start} start that came from a snapshot */
  used({ key }) {
    if (key === null || this.#memory?.key === key) return;
    whenIdle(() => void markUsed(key).catch(() => {})); // affects only which snapshot is deleted first
  }

  /** Python is busy or lost. */
  pause() {
    clearTimeout(this.#timer);
    this.#worker?.close();
    this.#worker = null;
  }

  /** Python is idle. */
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
    this.#wanted = null; // a second try would fail again
    this.pause();
    document.dispatchEvent(new CustomEvent("pyrun:snapshot", { detail: { problem } }));
  }
}
