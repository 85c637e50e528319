/** Makes a snapshot of Python in a worker that runs no example. */
import { reasonOf } from "../../shared/errors.js";
import { canStore } from "../../shared/snapshot_keys.js";
import { canonicalName } from "../packages/packages.js";
import { Downloads } from "../pyodide/downloads.js";
import { addFiles, collectFiles } from "../pyodide/file_system.js";
import { markLoaded } from "../pyodide/internals.js";
import { Recording } from "../pyodide/linking.js";
import { saveOptions } from "../pyodide/memory_snapshot.js";
import { PyodideLoader } from "../start/loader.js";
import { fetchRuntime, installRuntime, prepareSnapshot } from "../start/runtime.js";
import { ClockSignal } from "../waiting/clock_signal.js";
import { takeSnapshot } from "./snapshot.js";
import { has, store, toBlobs } from "./store.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../../shared/protocol.js").Modules} Modules */
/** @typedef {import("../../shared/protocol.js").SaveRequest} SaveRequest */
/** @typedef {import("../../shared/protocol.js").KeptSnapshot} KeptSnapshot */
/** @typedef {import("./entry.js").Snapshot} Snapshot */

/** Where Pyodide puts shared libraries that several packages use. */
const LIBRARIES = "/usr/lib";

/**
 * Makes the snapshot for a start and stores it, unless it is stored already. No code of a reader has run in this Python.
 * @param {SaveRequest} start
 * @returns {Promise<{ problem: string | null, memory: KeptSnapshot | null }>} `problem` is why it could not be stored; then
 *   the page may keep it itself
 * @throws {Error} no snapshot can be made; the message says why
 */
export async function makeSnapshot(start) {
  const { key } = start;
  if (key === null) throw new Error("snapshots are turned off for this site");
  /** @type {Promise<Snapshot> | null} */
  let taking = null;
  const snapshot = () => {
    taking ??= take(start);
    return taking;
  };
  try {
    await storeOnce(key, snapshot);
    return { problem: null, memory: null };
  } catch (error) {
    return { problem: reasonOf(error), memory: toBlobs(key, await snapshot()) };
  }
}

/**
 * Stores a snapshot, unless another tab has stored it or is about to.
 * @param {string} key
 * @param {() => Promise<Snapshot>} snapshot
 */
async function storeOnce(key, snapshot) {
  if (!canStore()) throw new Error("a page that is not served over https cannot store anything");
  await navigator.locks.request(`pyrun-snapshot-${key}`, { ifAvailable: true }, async (lock) => {
    if (lock && !(await has(key))) await store(key, await snapshot());
  });
}

/** @param {SaveRequest} start */
async function take(start) {
  const archive = fetchRuntime();
  archive.catch(() => {}); // awaited below
  const modules = new Map(start.modules);
  const { index, content, loadedPackages } = await unpackPackages(start, modules);
  const recording = new Recording(start.waiting.strategy === "jspi");
  const { pyodide } = await begin(start, modules).bare(new ClockSignal(), {
    ...saveOptions(recording),
    fsInit: (/** @type {PyodideInterface["FS"]} */ FS) => addFiles(FS, index, content),
  });
  recording.begin(pyodide);
  installRuntime(pyodide, await archive);
  const bytecode = prepareSnapshot(pyodide, start.imports ?? []);
  markLoaded(pyodide, loadedPackages);
  return takeSnapshot(pyodide, recording, new Set(bytecode));
}

/**
 * The packages' files, unpacked by a separate Python: unpacking leaves garbage in its heap.
 * @param {SaveRequest} start
 * @param {Modules} modules
 */
async function unpackPackages(start, modules) {
  if (start.packages.length === 0) {
    return {
      index: { directories: [], files: [] },
      content: new Uint8Array(),
      loadedPackages: /** @type {Record<string, string>} */ ({}),
    };
  }
  const { pyodide } = await begin(start, modules).withPackages(new ClockSignal());
  // Python starts even if a package is missing.
  const loaded = new Set(Object.keys(pyodide.loadedPackages).map(canonicalName));
  const missing = start.packages.filter((name) => !loaded.has(canonicalName(name)));
  if (missing.length > 0) throw new Error(`not all packages could be loaded: ${missing.join(", ")}`);
  const site = pyodide.pyimport("site").getsitepackages().get(0);
  return {
    ...collectFiles(pyodide.FS, [site, LIBRARIES]),
    loadedPackages: { ...pyodide.loadedPackages },
  };
}

/** A start whose progress is not reported. @param {SaveRequest} start @param {Modules} modules */
function begin(start, modules) {
  return new PyodideLoader(start, modules, new Downloads(), () => {});
}
