/** Shared libraries in a snapshot: records where they are linked, and links them there again. */
import { moduleOf } from "./internals.js";
import { wrapFunctions } from "./wrapped_functions.js";

/**
 * Shared libraries in a snapshot. The heap points to the addresses at which they were linked. So the addresses are
 * recorded when libraries are loaded, and before the heap is restored each library is linked at the same address again.
 * The glue calls this because pyrun_core/pyodide/glue_patches.py patches it. Names are Emscripten's:
 * https://github.com/emscripten-core/emscripten/blob/main/src/lib/libdylink.js
 */

/**
 * A library that was loaded, or was there already (`isReused`). `scope` numbers the scopes of symbols that are not
 * global; 0 is none.
 * @typedef {{
 *   name: string, isGlobal: boolean, scope: number, isReused?: boolean, memoryBase?: number, tableBase?: number,
 * }} Load
 */

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("./internals.js").EmscriptenModule} EmscriptenModule */
/** @typedef {import("./internals.js").Library} Library */
/** @typedef {import("./internals.js").LinkerInternals} LinkerInternals */
/** @typedef {import("./wrapped_functions.js").Signed} Signed */

/**
 * What is not in the heap: libraries, the table of functions, and the global offset table. `functions` are
 * `[slot, library, symbol]`, `handles` `[handle, library]`, `libraries` `[name, count, isGlobal]` with a count of `null`
 * for those that are never unloaded. `coreLength` is the length of the table when Python had started; each start creates
 * the functions in `coreSlots` itself.
 * @typedef {{
 *   loads: Load[], functions: [number, string, string][], handles: [number, string][],
 *   libraries: [string, number | null, boolean][], offsets: Record<string, number>, coreLength: number,
 *   coreSlots: number[], tableLength: number, freeSlots: number[], heapBytes: number,
 * }} Links
 */

/** Records where libraries are linked: the option `pyrunLinking` of an interpreter that is to be saved. */
export class Recording {
  /** @type {Load[]} */
  loads = [];
  /** @type {[slot: number, fn: unknown][]} */
  functions = [];
  #coreLength = 0;
  /** @type {number[]} */
  #coreSlots = [];
  /** @type {Map<object, number>} */
  #scopes = new Map();

  /** @param {boolean} jspi whether Python is to suspend where the snapshot will be restored */
  constructor(jspi) {
    this.jspi = jspi;
  }

  /** Python has started. Every start puts into the table what is in it now. @param {PyodideInterface} pyodide */
  begin(pyodide) {
    const { GOT, wasmTable } = moduleOf(pyodide).pyrunInternals;
    const offsets = new Set(Object.values(GOT).map(({ value }) => value));
    this.#coreLength = wasmTable.length;
    this.#coreSlots = this.functions.map(([slot]) => slot).filter((slot) => !offsets.has(slot));
    this.functions = [];
  }

  /** @param {object | undefined} scope */
  scopeOf = (scope) => {
    if (!scope) return 0;
    const number = this.#scopes.get(scope) ?? this.#scopes.size + 1;
    this.#scopes.set(scope, number);
    return number;
  };

  /**
   * @param {PyodideInterface} pyodide
   * @returns {Links}
   * @throws {Error} a function in the table belongs to no library, so it cannot be restored
   */
  links(pyodide) {
    const { pyrunInternals: internals, HEAP8 } = moduleOf(pyodide);
    const { GOT, LDSO, wasmTable, freeTableIndexes } = internals;
    /** @type {Map<unknown, [library: string, symbol: string]>} */
    const owners = new Map();
    for (const [name, { exports }] of Object.entries(LDSO.loadedLibsByName)) {
      if (typeof exports !== "object") continue; // it is being loaded
      for (const [symbol, fn] of Object.entries(exports)) {
        if (typeof fn === "function" && !owners.has(fn)) owners.set(fn, [name, symbol]);
      }
    }
    return {
      loads: this.loads,
      functions: this.functions.map(([slot, fn]) => {
        const owner = owners.get(fn);
        if (!owner) throw new Error(`the function in slot ${slot} belongs to no library`);
        return [slot, ...owner];
      }),
      handles: Object.entries(LDSO.loadedLibsByHandle)
        .filter(([handle]) => handle !== "0")
        .map(([handle, { name }]) => [Number(handle), name]),
      libraries: Object.entries(LDSO.loadedLibsByName).map(([name, { refcount, global }]) => [
        name,
        Number.isFinite(refcount) ? refcount : null,
        global,
      ]),
      offsets: Object.fromEntries(Object.entries(GOT).map(([name, { value }]) => [name, value])),
      coreLength: this.#coreLength,
      coreSlots: this.#coreSlots,
      tableLength: wasmTable.length,
      freeSlots: [...freeTableIndexes],
      heapBytes: HEAP8.length,
    };
  }
}

/**
 * Restores what is not linked. `check` throws if the snapshot does not fit this Pyodide; `restore` fills the heap and
 * opens files again.
 * @typedef {{
 *   check(FS: PyodideInterface["FS"]): void, restore(heap: Uint8Array, FS: PyodideInterface["FS"]): void,
 * }} Filling
 */

/** Links libraries at their recorded addresses: the option `pyrunLinking` of an interpreter that is restored. */
export class Replay {
  /** The library that the glue links now. @type {Load | null} */
  again = null;
  /** Whether Pyodide itself and all libraries are still to be linked. */
  isStarting = true;
  /** The exports of Pyodide itself. @type {Record<string, unknown> | null} */
  #exports = null;
  /** Why Pyodide itself is not linked. The glue does not learn of failures there. @type {unknown} */
  #problem = new Error("Pyodide itself was not linked");
  #links;
  #modules;
  #fill;
  /** @type {Map<number, object>} */
  #scopes = new Map();

  /**
   * @param {Links} links
   * @param {Map<string, WebAssembly.Module>} modules compiled libraries, by name
   * @param {Filling} fill
   */
  constructor(links, modules, fill) {
    this.#links = links;
    this.#modules = modules;
    this.#fill = fill;
  }

  scopeOf = () => 0;

  /**
   * Keeps the glue from searching a slot for each of thousands of functions, which is the slowest part of its start.
   * @param {Record<string, unknown>} exports of the module that is being linked; the first is Pyodide itself
   * @returns {boolean} whether `start` does the work instead
   */
  exported = (exports) => {
    this.#exports ??= exports;
    return this.isStarting;
  };

  /**
   * Links Pyodide itself as recorded.
   * @param {EmscriptenModule} module
   * @returns {boolean} whether this has done the work; `restore` throws what went wrong
   */
  start = ({ pyrunInternals }) => {
    if (!this.isStarting) return false;
    try {
      this.#linkCore(pyrunInternals);
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    return true;
  };

  /** @param {LinkerInternals} internals @throws {Error} Pyodide differs from the recorded one */
  #linkCore(internals) {
    const { GOT, wasmTable, freeTableIndexes } = internals;
    const { offsets, coreLength, coreSlots } = this.#links;
    const length = wasmTable.length;
    if (length > coreLength) throw new Error("Pyodide itself has more functions than recorded");
    wasmTable.grow(coreLength - length);
    const imported = this.#library("__main__", internals).exports;
    /** @type {[slot: number, fn: Signed][]} */
    const javaScriptFunctions = [];
    for (const [name, value] of Object.entries(offsets)) {
      GOT[name] ??= new WebAssembly.Global({ value: "i32", mutable: true });
      GOT[name].value = value;
      const fn = this.#exports?.[name] ?? imported[name];
      if (value < length || value >= coreLength || typeof fn !== "function") continue; // an address of data, or set already
      if ("sig" in fn) javaScriptFunctions.push([value, /** @type {Signed} */ (fn)]);
      else wasmTable.set(value, fn);
    }
    fill(javaScriptFunctions, wasmTable);
    freeTableIndexes.push(...coreSlots.toReversed());
  }

  /** Restores the interpreter. The patched glue calls this instead of the original code. @param {EmscriptenModule} module @throws {Error} */
  restore = (module) => {
    this.#fill.check(module.FS);
    this.#link(module);
    this.#fill.restore(new Uint8Array(module.HEAP8.buffer), module.FS);
    module.pyrunInternals.setTrampoline();
  };

  /** Links all libraries, before the heap is restored. @param {EmscriptenModule} module @throws {Error} the interpreter differs from the recorded one */
  #link(module) {
    if (this.#problem) throw this.#problem;
    const { loads, libraries, handles, functions, tableLength, freeSlots, heapBytes } = this.#links;
    const internals = module.pyrunInternals;
    const { LDSO, wasmTable } = internals;
    if (heapBytes > module.HEAP8.length) module.growMemory(heapBytes);
    if (wasmTable.length > tableLength) throw new Error("the table of functions is longer than recorded");
    wasmTable.grow(tableLength - wasmTable.length);
    for (const load of loads) this.#load(load, internals);
    for (const [name, count, isGlobal] of libraries) {
      const library = LDSO.loadedLibsByName[name];
      if (library) Object.assign(library, { refcount: count ?? Number.POSITIVE_INFINITY, global: isGlobal });
    }
    for (const [handle, name] of handles) LDSO.loadedLibsByHandle[handle] = this.#library(name, internals);
    /** @type {[slot: number, fn: Signed][]} */
    const javaScriptFunctions = [];
    for (const [slot, name, symbol] of functions) {
      const fn = /** @type {object} */ (this.#library(name, internals).exports[symbol]);
      if (wasmTable.get(slot)) continue;
      if ("sig" in fn) javaScriptFunctions.push([slot, /** @type {Signed} */ (fn)]);
      else wasmTable.set(slot, fn);
    }
    fill(javaScriptFunctions, wasmTable);
    this.isStarting = false;
    internals.freeTableIndexes.splice(0, Number.POSITIVE_INFINITY, ...freeSlots);
    internals.wasmTableMirror.length = 0;
    internals.forgetTables();
  }

  /** @param {Load} load @param {LinkerInternals} internals */
  #load(load, internals) {
    const { name, isGlobal, isReused } = load;
    const scope = this.#scope(load.scope);
    if (isReused) {
      const library = internals.LDSO.loadedLibsByName[name];
      if (library && library.name !== "__main__") share(library, load, scope, internals);
      return;
    }
    const module = this.#modules.get(name);
    if (!module) throw new Error(`the library ${name} is missing`);
    const library = internals.newDSO(name, undefined, "loading");
    this.again = load;
    try {
      const flags = { global: isGlobal, nodelete: true };
      library.exports = internals.loadWebAssemblyModule(module, flags, name, scope);
    } finally {
      this.again = null;
    }
    share(library, load, scope, internals);
  }

  /** @param {number} number @returns {object | undefined} */
  #scope(number) {
    if (number === 0) return undefined;
    const scope = this.#scopes.get(number) ?? {};
    this.#scopes.set(number, scope);
    return scope;
  }

  /** @param {string} name @param {LinkerInternals} internals @returns {Library} */
  #library(name, { LDSO }) {
    const library = LDSO.loadedLibsByName[name];
    if (!library) throw new Error(`the library ${name} is missing`);
    return library;
  }
}

/** Makes the symbols of a library available. @param {Library} library @param {Load} load @param {object | undefined} scope @param {LinkerInternals} internals */
function share(library, { name, isGlobal }, scope, internals) {
  if (!isGlobal) {
    if (scope) Object.assign(scope, library.exports);
  } else if (!library.merged) {
    library.merged = true;
    internals.mergeLibSymbols(library.exports, name);
  }
}

/** Puts JavaScript functions into the table. @param {[slot: number, fn: Signed][]} functions @param {WebAssembly.Table} table */
function fill(functions, table) {
  if (functions.length === 0) return;
  const all = wrapFunctions(functions.map(([, fn]) => fn));
  for (const [index, [slot]] of functions.entries()) table.set(slot, all[index]);
}
