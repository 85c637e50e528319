import { reasonOf } from "../../shared/errors.js";
import { canStore } from "../../shared/snapshot_keys.js";
import { Downloads } from "../pyodide/downloads.js";
import { collectFiles, placeFiles } from "../pyodide/file_system.js";
import { markLoaded } from "../pyodide/internals.js";
import { Recording } from "../pyodide/linking.js";
import { saveOptions } from "../pyodide/memory_snapshot.js";
import { Startup } from "../start/loader.js";
import { fetchRuntime, installRuntime, prepareSnapshot } from "../start/runtime.js";
import { ClockSignal } from "../waiting/clock_signal.js";
import { toMemory } from "./memory.js";
import { takeSnapshot } from "./snapshot.js";
import { has, keep } from "./store.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../../shared/protocol.js").Modules} Modules */
/** @typedef {import("../../shared/protocol.js").SaveRequest} SaveRequest */
/** @typedef {import("./memory.js").KeptSnapshot} KeptSnapshot */
/** @typedef {import("./snapshot.js").Snapshot} Snapshot */

/** Besides the site's folder, where Pyodide puts what packages need. */
const LIBRARIES = "/usr/lib";

/**
 * Makes the snapshot of a start, and stores it, unless that has been done. It is made of a Python that no code of a
 * reader has run in.
 * @param {SaveRequest} start
 * @returns {Promise<{ problem: string | null, memory: KeptSnapshot | null }>} why it is not stored; then the page may keep
 *   it itself
 * @throws {Error} there is none; the message says why
 */
export async function makeSnapshot(start) {
  const { key } = start;
  if (key === null) throw new Error("the site wants no snapshots");
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
    return { problem: reasonOf(error), memory: toMemory(key, await snapshot()) };
  }
}

/**
 * Stores a snapshot, unless another tab has done so, or does so now.
 * @param {string} key
 * @param {() => Promise<Snapshot>} snapshot
 */
async function storeOnce(key, snapshot) {
  if (!canStore()) throw new Error("pages that do not come over https store nothing");
  await navigator.locks.request(`pyrun-snapshot-${key}`, { ifAvailable: true }, async (lock) => {
    if (lock && !(await has(key))) await keep(key, await snapshot());
  });
}

/** @param {SaveRequest} start */
async function take(start) {
  const archive = fetchRuntime();
  archive.catch(() => {}); // it is waited for below
  const modules = new Map(start.modules);
  const { places, content, loadedPackages } = await unpacked(start, modules);
  const recording = new Recording(start.waiting.way === "jspi");
  const { pyodide } = await begin(start, modules).bare(new ClockSignal(), {
    ...saveOptions(recording),
    fsInit: (/** @type {PyodideInterface["FS"]} */ FS) => placeFiles(FS, places, content),
  });
  recording.begin(pyodide);
  installRuntime(pyodide, await archive);
  const bytecode = prepareSnapshot(pyodide, start.imports ?? []);
  markLoaded(pyodide, loadedPackages);
  return takeSnapshot(pyodide, recording, new Set(bytecode));
}

/**
 * The packages' files, by a Python of their own: unpacking leaves much behind in its heap.
 * @param {SaveRequest} start
 * @param {Modules} modules
 */
async function unpacked(start, modules) {
  if (start.packages.length === 0) {
    return {
      places: { directories: [], files: [] },
      content: new Uint8Array(),
      loadedPackages: /** @type {Record<string, string>} */ ({}),
    };
  }
  const { pyodide } = await begin(start, modules).withPackages(new ClockSignal());
  // Python starts without those that could not be had.
  const loaded = new Set(Object.keys(pyodide.loadedPackages).map(nameKey));
  const missing = start.packages.filter((name) => !loaded.has(nameKey(name)));
  if (missing.length > 0) throw new Error(`not all packages could be loaded: ${missing.join(", ")}`);
  const site = pyodide.pyimport("site").getsitepackages().get(0);
  return {
    ...collectFiles(pyodide.FS, [site, LIBRARIES]),
    loadedPackages: { ...pyodide.loadedPackages },
  };
}

/** A start that nobody watches. @param {SaveRequest} start @param {Modules} modules */
function begin(start, modules) {
  return new Startup(start, modules, new Downloads(), () => {});
}

/** One spelling for all that are the same: https://packaging.python.org/en/latest/specifications/name-normalization/ @param {string} name */
function nameKey(name) {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}
