/**
 * The door to what Pyodide, Emscripten and CPython do not document. Modules outside of this folder use the functions
 * here and in the other modules of it, and never a private name; `tests/project/test_private_names.py` checks that.
 * Each entry says whose name it is, in which versions of Pyodide it was seen to work, and what breaks without it.
 *
 * The other modules of the folder each keep to one subject: `file_system.js` to the nodes and streams of Emscripten's
 * file system, `linking.js` to its dynamic linker, `memory_snapshot.js` to Pyodide's own snapshots, and
 * `core_module.js`, `downloads.js` and `start.js` to the names and the order of the files that Pyodide fetches.
 */
import { reasonOf } from "../../shared/errors.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */

/**
 * What a lock file says of a package, as far as it is looked at here.
 * @typedef {{ name: string, file_name: string, sha256: string, imports: string[] }} LockedPackage
 */

/** @typedef {{ packages: Record<string, LockedPackage> }} Lock */

/**
 * Pyodide: `_api`, its internal interface. 0.24 to 315: https://github.com/pyodide/pyodide/tree/main/src/core
 * @typedef {{
 *   on_fatal?: (error: unknown) => void,
 *   capture_stderr(): void, restore_stderr(): string,
 *   lockfile_packages?: Lock["packages"],
 * }} Api
 */

/**
 * A shared library that is loaded.
 * @typedef {{ name: string, exports: Record<string, unknown>, refcount: number, global: boolean, merged?: boolean }} Library
 */

/**
 * Emscripten: variables of the glue. 0.27.7 to 315, in a glue that `pyrun_core/pyodide/glue_patches.py` has changed;
 * without them Python starts without snapshots.
 * @typedef {{
 *   GOT: Record<string, WebAssembly.Global>,
 *   LDSO: { loadedLibsByName: Record<string, Library>, loadedLibsByHandle: Record<string, Library> },
 *   wasmTable: WebAssembly.Table, wasmTableMirror: unknown[], freeTableIndexes: number[],
 *   newDSO(name: string, handle: undefined, symbols: "loading"): Library,
 *   mergeLibSymbols(exports: object, name: string): void,
 *   loadWebAssemblyModule(module: WebAssembly.Module, flags: object, name: string, scope: object | undefined): Record<string, unknown>,
 *   forgetTables(): void, setTrampoline(): void,
 * }} LinkerInternals
 */

/**
 * Emscripten: the module object. `HEAP8` and `HEAP32` are views of the memory; both are replaced when it grows.
 *
 * Pyodide: `validSuspender` says whether Python may be suspended. 0.27 to 315; without it `formatWithoutWaiting` has no effect.
 *
 * CPython: `__Py_emscripten_signal_clock` is the address of its count of turns until the next poll for signals. 314 and
 * 315; without it the clock is read more rarely (see `signalClock`).
 * @typedef {{
 *   HEAP8: Int8Array, HEAP32: Int32Array, FS: PyodideInterface["FS"], growMemory(bytes: number): void,
 *   validSuspender: { value: boolean },
 *   pyrunInternals: LinkerInternals, __Py_emscripten_signal_clock?: number,
 *   _PyGILState_Ensure(): number, _PyGILState_Release(state: number): void, _PyErr_SetInterruptEx(signal: number): number,
 * }} EmscriptenModule
 */

/**
 * CPython: the import of its WebAssembly that it polls for signals. 0.27.7 to 315; without it Stop cannot interrupt code
 * that is busy.
 */
const POLL_IMPORT = "_Py_CheckEmscriptenSignals_Helper";

/**
 * Pyodide: `_module`. 0.24 to 315; without it there are neither snapshots nor a clock signal.
 * @param {PyodideInterface} pyodide
 * @returns {EmscriptenModule}
 */
export function moduleOf(pyodide) {
  return /** @type {{ _module: EmscriptenModule }} */ (/** @type {unknown} */ (pyodide))._module;
}

/** @param {PyodideInterface} pyodide @returns {Api} */
function apiOf(pyodide) {
  return /** @type {{ _api: Api }} */ (/** @type {unknown} */ (pyodide))._api;
}

/**
 * Reports the death of the interpreter: WebAssembly trapped, its stack overflowed, or the code called `os._exit`.
 *
 * Pyodide: `_api.on_fatal`. 0.24 to 315; without it such a run never ends, because its promise never settles.
 * @param {PyodideInterface} pyodide
 * @param {(detail: string) => void} listener
 */
export function onFatal(pyodide, listener) {
  apiOf(pyodide).on_fatal = (error) => listener(reasonOf(error));
}

/**
 * Whether Python is lost, after an error that nobody has handled.
 *
 * Pyodide: the mark `pyodide_fatal_error` of an error, and the name `NoGilError`. 0.24 to 315; without them a run whose Python
 * is lost may never end.
 * @param {unknown} error
 */
export function endsPython(error) {
  if (error instanceof WebAssembly.RuntimeError) return true;
  const { name, pyodide_fatal_error: isFatal } = /** @type {Record<string, unknown>} */ (error ?? {});
  return isFatal === true || name === "NoGilError";
}

/**
 * Keeps Python from waiting while Pyodide formats an exception for JavaScript. JavaScript called the code that formats
 * it, and no browser can suspend JavaScript, so an attempt to wait would end Python. Pyodide knows that while the callback
 * itself runs, and has forgotten it when it formats.
 *
 * Pyodide: `_api.capture_stderr` and `_api.restore_stderr`, which it calls before and after. 0.27 to 315; without them the
 * clock signal can end Python when a callback raises an exception.
 * @param {PyodideInterface} pyodide
 */
export function formatWithoutWaiting(pyodide) {
  const api = apiOf(pyodide);
  const { validSuspender } = moduleOf(pyodide);
  const { capture_stderr: begin, restore_stderr: end } = api;
  /** @type {boolean[]} */
  const before = [];
  api.capture_stderr = () => {
    begin();
    before.push(validSuspender.value);
    validSuspender.value = false;
  };
  api.restore_stderr = () => {
    validSuspender.value = before.pop() ?? false;
    return end();
  };
}

/**
 * The lock file of the distribution.
 *
 * Pyodide: `_api.lockfile_packages`. 0.24 to 315; without it a failed import cannot name the package to load. From 0.28 on
 * `pyodide.lockfile` is public.
 * @param {PyodideInterface} pyodide
 * @returns {Lock}
 */
export function lockFileOf(pyodide) {
  return { packages: apiOf(pyodide).lockfile_packages ?? {} };
}

/**
 * Makes Pyodide take packages for loaded.
 *
 * Pyodide: `loadedPackages`, documented for reading only. 0.24 to 315; without it packages of a snapshot load again.
 * @param {PyodideInterface} pyodide
 * @param {Record<string, string>} packages
 */
export function markLoaded(pyodide, packages) {
  Object.assign(pyodide.loadedPackages, packages);
}

/**
 * CPython's count of turns, and a way to set it; nothing where its address is unknown.
 * @param {PyodideInterface} pyodide
 * @returns {{ address: number, set: (turns: number) => void } | null}
 */
export function signalClock(pyodide) {
  const module = moduleOf(pyodide);
  const address = module.__Py_emscripten_signal_clock;
  if (!address) return null;
  return {
    address,
    set(turns) {
      module.HEAP32[address >> 2] = turns;
    },
  };
}

/**
 * Loads Pyodide with another function in the place of the one that CPython polls for signals.
 * @template T
 * @param {WebAssembly.ExportValue} poll of WebAssembly, so that a call costs nanoseconds
 * @param {() => Promise<T>} load
 * @param {(memory: WebAssembly.Memory) => void} found gets the memory of Pyodide
 * @returns {Promise<T>}
 */
export async function withPoll(poll, load, found) {
  const { instantiate, instantiateStreaming } = WebAssembly;
  /**
   * @param {typeof instantiate | typeof instantiateStreaming} original
   * @returns {(source: any, imports?: WebAssembly.Imports) => Promise<any>}
   */
  const watching = (original) => async (source, imports) => {
    const functions = imports?.env;
    if (!functions || !(POLL_IMPORT in functions)) return original(source, imports);
    functions[POLL_IMPORT] = poll;
    const result = await original(source, imports);
    // Given a compiled module, the result is the instance alone.
    const { exports } = result instanceof WebAssembly.Instance ? result : result.instance;
    found(/** @type {WebAssembly.Memory} */ (functions.memory ?? exports.memory));
    return result;
  };
  WebAssembly.instantiate = watching(instantiate);
  WebAssembly.instantiateStreaming = watching(instantiateStreaming);
  try {
    return await load();
  } finally {
    Object.assign(WebAssembly, { instantiate, instantiateStreaming });
  }
}

/**
 * Calls Python where it waits for a system call, and so does not hold its lock.
 *
 * CPython: `PyGILState_Ensure` and `PyGILState_Release`, which C code may call anywhere. 0.27.7 to 315; without them what is
 * written to descriptors is lost, and nothing can read there.
 * @template T
 * @param {PyodideInterface} pyodide
 * @param {() => T} call
 * @returns {T}
 */
export function holdingLock(pyodide, call) {
  const module = moduleOf(pyodide);
  const state = module._PyGILState_Ensure();
  try {
    return call();
  } finally {
    module._PyGILState_Release(state);
  }
}

/**
 * Makes a system call end with an error after which Python handles a signal and calls again (PEP 475).
 *
 * CPython: `PyErr_SetInterruptEx`, documented for C code. 0.27.7 to 315; without it nothing but `sys.stdin` can wait for
 * the reader.
 * @param {PyodideInterface} pyodide
 * @param {number} signal
 * @returns {never}
 */
export function interruptCall(pyodide, signal) {
  moduleOf(pyodide)._PyErr_SetInterruptEx(signal);
  throw new pyodide.FS.ErrnoError(pyodide.ERRNO_CODES.EINTR);
}
