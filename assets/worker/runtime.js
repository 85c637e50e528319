import { FALLBACKS_FOLDER, RUNTIME_FILES, RUNTIME_FOLDER } from "./runtime_files.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */

/**
 * An `async def`.
 * @template {unknown[]} Arguments
 * @template Result
 * @typedef {{ (...given: Arguments): Promise<Result>, callPromising(...given: Arguments): Promise<Result> }} Coroutine
 */

/**
 * `pyrun_runtime.runner.Runner`, as JavaScript sees it. What goes in and comes out is JSON.
 * @typedef {{
 *   run: Coroutine<[request: string], string>,
 *   describe: Coroutine<[], string>,
 *   cancel(): void,
 * }} Runner
 */

/**
 * Puts the runtime's modules into the interpreter and starts them.
 * @param {PyodideInterface} pyodide
 * @param {object} bridge
 * @returns {Runner}
 */
export function installRuntime(pyodide, bridge) {
  for (const [name, text] of Object.entries(RUNTIME_FILES)) {
    const file = `${RUNTIME_FOLDER}/${name}`;
    pyodide.FS.mkdirTree(file.slice(0, file.lastIndexOf("/")));
    pyodide.FS.writeFile(file, text);
  }
  pyodide.registerJsModule("_pyrun_worker", bridge);
  pyodide.runPython(
    `import sys; sys.path.insert(0, "${RUNTIME_FOLDER}"); sys.path.append("${FALLBACKS_FOLDER}")`,
  );
  return pyodide.pyimport("pyrun_runtime.runner").start();
}
