/** The names of the files of Pyodide's core, in 0.27 to 315: https://pyodide.org/en/stable/usage/downloading-and-deploying.html */

export const ENTRY = "pyodide.mjs";

/** The glue has one of two names: it is a module from 314 on, a script up to 0.29. */
export const GLUE = "pyodide.asm.mjs";
export const OLD_GLUE = "pyodide.asm.js";

/** Pyodide's own WebAssembly. */
export const CORE_MODULE = "pyodide.asm.wasm";

/** Python's standard library. */
export const LIBRARY = "python_stdlib.zip";

export const LOCK_FILE = "pyodide-lock.json";
