/**
 * Makes snapshots of Python, in a separate worker while the page is idle, and stores or keeps them.
 * assets/worker/snapshot/ describes them.
 */
import { reasonOf } from "../../shared/errors.js";
import { buffersOfFiles } from "../../shared/transferred.js";
import { checkPinned } from "../pinned_files.js";
import { markUsed, remove, sizeOf, storeOnce } from "../snapshots/store.js";
import { PythonWorker } from "./python_worker.js";
import { savesData, whenIdle } from "./warm_up.js";

/** @import { Modules, Ready, SaveRequest, Start, UnpackRequest } from "../../shared/protocol.js" */
/** @import { Saved, SnapshotParts, Unpacked } from "../../shared/snapshot_messages.js" */
/** @import { KeptSnapshot } from "./snapshot_reader.js" */

/** How long Python must be idle first. Nobody waits for the snapshot. */
const LEAST_QUIET_MS = 1000;

const MOST_BYTES_IN_PAGE = 250e6;

/**
 * Memory of the device, in GB as `navigator.deviceMemory` counts them, of which a second Python takes a quarter at most:
 * 160 MB at its peak, and 620 MB with NumPy, pandas and matplotlib (group `memory` of the benchmarks).
 */
const LEAST_MEMORY = 1;
const LEAST_MEMORY_WITH_PACKAGES = 4;

/** A start to save. @typedef {Omit<Start, "key"> & { key: string, modules: Modules }} Wanted */

/** Makes a snapshot. The event `pyrun:snapshot` on `document` reports the end, with `detail: { problem }`. */
export class SnapshotMaker {
  /** Until that is done. @type {Wanted | null} */
  #wanted = null;
  /** Whether what is stored did not work. */
  #replaces = false;
  /** The last snapshot, if the browser does not store it. @type {KeptSnapshot | null} */
  #memory = null;
  /** Keeps a worker from being started, or ends it. */
  #making = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** For the page's next worker. */
  get memory() {
    return this.#memory;
  }

  /** Python is ready, and has run no code of a reader. @param {Ready} ready @param {Start} start */
  started({ snapshot, modules }, { key, ...start }) {
    if (key === null) return;
    if (snapshot === "used") this.#use(key);
    if (snapshot === "wanted" || snapshot === "refused") {
      this.#memory = null; // it did not work
      this.#replaces = snapshot === "refused";
      this.#wanted = { ...start, key, modules }; // what the next page repeats
      this.resume();
    }
  }

  /** @param {string} key of the snapshot that Python came from */
  #use(key) {
    if (this.#memory?.key === key) return;
    whenIdle(() => void markUsed(key).catch(() => {})); // affects only which snapshot is deleted first
  }

  /** Python is busy or lost. */
  pause() {
    clearTimeout(this.#timer);
    this.#making.abort();
  }

  /** Python is idle. */
  resume() {
    this.pause();
    const wanted = this.#wanted;
    if (!wanted) return;
    this.#making = new AbortController();
    const { signal } = this.#making;
    const make = () => void (signal.aborted || this.#make(wanted, signal));
    this.#timer = setTimeout(() => whenIdle(make), LEAST_QUIET_MS);
  }

  /** @param {Wanted} wanted @param {AbortSignal} signal */
  async #make(wanted, signal) {
    if (this.#replaces) await remove(wanted.key).catch(() => {});
    if (savesData() || lacksMemory(wanted)) return;
    /** @type {Promise<SnapshotParts> | null} */
    let taking = null;
    const take = () => {
      taking ??= checkPinned(__PYRUN_WORKER__).then(() => takeSnapshot(wanted, signal));
      return taking;
    };
    try {
      const problem = await storeOnce(wanted.key, take).then(() => null, reasonOf);
      if (problem !== null) this.#memory = keepable(wanted.key, await take());
      this.#end(wanted, problem);
    } catch (error) {
      if (!signal.aborted) this.#end(wanted, reasonOf(error));
    }
  }

  /** @param {Wanted} wanted @param {string | null} problem */
  #end(wanted, problem) {
    if (wanted !== this.#wanted) return;
    this.#wanted = null; // a second try would fail again
    document.dispatchEvent(new CustomEvent("pyrun:snapshot", { detail: { problem } }));
  }
}

/** Whether a phone would rather close the page than make it. Firefox and Safari do not say. @param {Wanted} wanted */
function lacksMemory({ packages }) {
  const { deviceMemory = Number.POSITIVE_INFINITY } = /** @type {{ deviceMemory?: number }} */ (navigator);
  return deviceMemory < (packages.length > 0 ? LEAST_MEMORY_WITH_PACKAGES : LEAST_MEMORY);
}

/**
 * Packages are unpacked in a worker that ends before Python starts once more.
 * @param {Wanted} wanted
 * @param {AbortSignal} signal ends the worker
 * @returns {Promise<SnapshotParts>}
 * @throws {Error} it cannot be made
 */
async function takeSnapshot(wanted, signal) {
  const unpacked = wanted.packages.length > 0 ? await unpack(wanted, signal) : null;
  /** @type {SaveRequest} */
  const request = { ...wanted, type: "save", unpacked };
  /** @type {Saved} */
  const saved = await ask(request, unpacked ? buffersOfFiles(unpacked.files) : [], signal);
  if (saved.snapshot === null) throw new Error(saved.problem);
  return saved.snapshot;
}

/** @param {Wanted} wanted @param {AbortSignal} signal @throws {Error} not all packages are there */
async function unpack(wanted, signal) {
  /** @type {UnpackRequest} */
  const request = { ...wanted, type: "unpack" };
  /** @type {Unpacked} */
  const answer = await ask(request, [], signal);
  if (answer.unpacked === null) throw new Error(answer.problem);
  return answer.unpacked;
}

/**
 * Asks a worker that ends with its answer.
 * @template Answer
 * @param {SaveRequest | UnpackRequest} request
 * @param {Transferable[]} transferred with it
 * @param {AbortSignal} signal ends the worker
 * @returns {Promise<Answer>}
 * @throws {Error} it failed, or could not be loaded
 */
function ask(request, transferred, signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    /** @type {PythonWorker<SaveRequest | UnpackRequest, Answer>} */
    const worker = new PythonWorker(
      "pyrun-snapshot",
      (answer) => {
        resolve(answer);
        worker.close();
      },
      (problem) => {
        reject(new Error(problem));
        worker.close();
      },
    );
    signal.addEventListener("abort", () => {
      worker.close();
      reject(signal.reason);
    });
    worker.send(request, transferred);
  });
}

/**
 * @param {string} key
 * @param {SnapshotParts} parts
 * @returns {KeptSnapshot | null} in blobs, which a browser may put on the disk; `null` if it is too large for the page
 */
function keepable(key, { entry, heap, files }) {
  if (sizeOf(heap) + sizeOf(files) > MOST_BYTES_IN_PAGE) return null;
  return { key, parts: { entry: new Blob(entry), heap: new Blob(heap), files: new Blob(files) } };
}
