import { ClockSignal } from "../clock_signal.js";
import { Downloads } from "../downloads.js";
import { fetchRuntime, installRuntime } from "../runtime.js";
import { ENVIRONMENT, startPyodide } from "../start.js";
import { collectFiles, placeFiles } from "./files.js";
import { Recording } from "./linking.js";
import { takeSnapshot } from "./snapshot.js";
import { has, keep, keyOf } from "./store.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../../protocol.js").Start} Start */

/** Besides the site's folder, where Pyodide puts what packages need. */
const LIBRARIES = "/usr/lib";

/** A module that cannot be imported is the business of the example that does. */
const IMPORT = `
import contextlib
import gc
import importlib
import sys
for name in names:
    with contextlib.suppress(BaseException):
        importlib.import_module(name)
sys.path_importer_cache.clear()
gc.collect()
`;

/**
 * Makes the snapshot of a start, and keeps it, unless that has been done. It is made of a Python that no code of a
 * reader has run in.
 * @param {Start} start
 * @throws {Error} there is none; the message says why
 */
export async function makeSnapshot(start) {
  const key = await keyOf(start);
  await navigator.locks.request(`pyrun-snapshot-${key}`, { ifAvailable: true }, async (lock) => {
    if (!lock || (await has(key))) return; // another tab makes it, or has made it
    await keep(key, await take(start));
  });
}

/** @param {Start} start */
async function take(start) {
  const archive = fetchRuntime();
  archive.catch(() => {}); // it is waited for below
  const { places, content, loadedPackages } = await unpacked(start);
  const { loadPyodide } = await import(`${start.pyodideUrl}pyodide.mjs`);
  const recording = new Recording(start.waiting.way === "jspi");
  /** @type {PyodideInterface} */
  const pyodide = await loadPyodide({
    indexURL: start.pyodideUrl,
    env: ENVIRONMENT,
    _makeSnapshot: true,
    pyrunLinking: recording,
    fsInit: (/** @type {PyodideInterface["FS"]} */ FS) => placeFiles(FS, places, content),
  });
  recording.begin();
  installRuntime(pyodide, await archive);
  pyodide.runPython(IMPORT, { globals: pyodide.toPy({ names: start.imports ?? [] }) });
  Object.assign(pyodide.loadedPackages, loadedPackages);
  return takeSnapshot(pyodide, recording);
}

/**
 * The packages' files, by a Python of their own: unpacking leaves much behind in its heap.
 * @param {Start} start
 */
async function unpacked(start) {
  if (start.packages.length === 0) {
    return {
      places: { directories: [], files: [] },
      content: new Uint8Array(),
      loadedPackages: /** @type {Record<string, string>} */ ({}),
    };
  }
  const { pyodide } = await startPyodide(start, new Downloads(), new ClockSignal(), () => {});
  // Python starts without those that could not be had.
  const loaded = new Set(Object.keys(pyodide.loadedPackages).map(nameKey));
  const missing = start.packages.filter((name) => !loaded.has(nameKey(name)));
  if (missing.length > 0) throw new Error(`not all packages could be loaded: ${missing.join(", ")}`);
  const site = pyodide.runPython("import site; site.getsitepackages()[0]");
  return {
    ...collectFiles(pyodide.FS, [site, LIBRARIES]),
    loadedPackages: { ...pyodide.loadedPackages },
  };
}

/** One spelling for all that are the same: https://packaging.python.org/en/latest/specifications/name-normalization/ @param {string} name */
function nameKey(name) {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}
