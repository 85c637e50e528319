/** Installs pyrun's Python modules, and connects them with the worker. */
import { RUNTIME_ARCHIVE } from "../../shared/runtime_archive.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("./site_files.js").SiteFiles} SiteFiles */

/**
 * `pyrun_runtime.run.runner.Runner`, as JavaScript sees it. Arguments and results are JSON. Coroutines are called
 * directly: tasks of Pyodide's event loop can suspend, and `callPromising` would only add a turn of the loop.
 * @typedef {{
 *   run(request: string): Promise<string>,
 *   describe(): Promise<string>,
 *   cancel(): void,
 *   imported(request: string): string,
 *   assist(question: string): string,
 *   streams: Streams,
 * }} Runner
 */

/**
 * `pyrun_runtime.io.streams.StandardStreams`, as JavaScript sees it. `read` returns nothing if it has to wait.
 * @typedef {{
 *   written(stream: string, content: Uint8Array): void,
 *   read(size: number): { toJs(): Uint8Array, destroy(): void } | undefined,
 *   size(): number,
 * }} Streams
 */

/** In the archive: replacements for packages that are not installed, and so last on `sys.path`. */
const FALLBACKS_FOLDER = `${RUNTIME_ARCHIVE}/fallbacks`;

const SNAPSHOTS = "pyrun_runtime.run.snapshots";

/**
 * Fetches the runtime's modules.
 * @param {SiteFiles} files
 * @returns {Promise<Uint8Array>}
 * @throws {Error} they cannot be fetched, or have changed
 */
export async function fetchRuntime(files) {
  const response = await files.fetchOwn(__PYRUN_RUNTIME__);
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * Puts the runtime's modules into an interpreter and starts them, without a worker to call yet.
 * @param {PyodideInterface} pyodide
 * @param {Uint8Array} archive with the modules
 */
export function installRuntime(pyodide, archive) {
  pyodide.FS.mkdirTree(RUNTIME_ARCHIVE.slice(0, RUNTIME_ARCHIVE.lastIndexOf("/")));
  pyodide.FS.writeFile(RUNTIME_ARCHIVE, archive);
  const { path } = pyodide.pyimport("sys");
  path.insert(0, RUNTIME_ARCHIVE);
  path.append(FALLBACKS_FOLDER);
  path.destroy(); // a snapshot must hold nothing of JavaScript
  startRunner(pyodide).destroy();
}

/**
 * Lets the runtime call this worker.
 * @param {PyodideInterface} pyodide
 * @param {object} bridge
 * @returns {Runner}
 */
export function connectRuntime(pyodide, bridge) {
  pyodide.pyimport("_pyrun_worker").connect(Object.keys(bridge), bridge);
  return startRunner(pyodide);
}

/** The one runner of the interpreter. @param {PyodideInterface} pyodide */
function startRunner(pyodide) {
  return pyodide.pyimport("pyrun_runtime.run.runner").start();
}

/**
 * Imports modules into an interpreter that is about to be saved.
 * @param {PyodideInterface} pyodide
 * @param {string[]} imports names of modules; those that cannot be imported are left out
 * @returns {string[]} paths of the bytecode that was read, which the snapshot does not need
 */
export function prepareSnapshot(pyodide, imports) {
  const snapshots = pyodide.pyimport(SNAPSHOTS);
  const names = pyodide.toPy(imports);
  const bytecode = snapshots.prepare(names);
  names.destroy();
  snapshots.destroy();
  return bytecode.split("\n");
}

/** Makes an interpreter that has just been restored differ from others. @param {PyodideInterface} pyodide */
export function resumeFromSnapshot(pyodide) {
  pyodide.pyimport(SNAPSHOTS).resume();
}
