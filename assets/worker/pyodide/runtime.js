import { RUNTIME_ARCHIVE } from "../../shared/runtime_archive.js";
import { reasonOf } from "../reason.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */

/**
 * `pyrun_runtime.run.runner.Runner`, as JavaScript sees it. What goes in and comes out is JSON. Coroutines are called as
 * they are: what Pyodide's event loop runs can suspend already, and `callPromising` would only give it a turn more.
 * @typedef {{
 *   run(request: string): Promise<string>,
 *   describe(): Promise<string>,
 *   cancel(): void,
 * }} Runner
 */

/** In the archive: what stands in for packages where they are not installed, and so comes last on `sys.path`. */
const FALLBACKS_FOLDER = `${RUNTIME_ARCHIVE}/fallbacks`;

/**
 * Fetches the runtime's modules.
 * @returns {Promise<Uint8Array>}
 * @throws {Error} they could not be had
 */
export async function fetchRuntime() {
  const url = new URL(`./${__PYRUN_RUNTIME__}`, import.meta.url);
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new Error(`${url}: ${reasonOf(error)}`);
  }
}

/**
 * Puts the runtime's modules into an interpreter and starts them. They have no worker yet.
 * @param {PyodideInterface} pyodide
 * @param {Uint8Array} archive with the modules
 */
export function installRuntime(pyodide, archive) {
  pyodide.FS.mkdirTree(RUNTIME_ARCHIVE.slice(0, RUNTIME_ARCHIVE.lastIndexOf("/")));
  pyodide.FS.writeFile(RUNTIME_ARCHIVE, archive);
  pyodide.runPython(
    `
import sys
sys.path.insert(0, "${RUNTIME_ARCHIVE}")
sys.path.append("${FALLBACKS_FOLDER}")
from pyrun_runtime.run.runner import start
start()
`,
    { globals: pyodide.toPy({}) },
  );
}

/**
 * Lets the runtime call this worker, from now on.
 * @param {PyodideInterface} pyodide
 * @param {object} bridge
 * @returns {Runner}
 */
export function connectRuntime(pyodide, bridge) {
  pyodide.pyimport("_pyrun_worker").connect(Object.keys(bridge), bridge);
  return pyodide.pyimport("pyrun_runtime.run.runner").start();
}
