import { moduleOf } from "./internals.js";
import { wrapFunctions } from "./wrapped_functions.js";

/**
 * Shared libraries in a snapshot. The heap has pointers to where each one was linked, so that is noted when they are
 * loaded, and before the heap is restored each is linked there again. The text of Pyodide that calls this is changed by
 * pyrun_core/pyodide/glue_patches.py; names of Emscripten's are as in there.
 */

/**
 * A library that was loaded, or found to be there already. `scope` tells apart the scopes of symbols that are not global; 0 is none.
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
 * All that is not in the heap: libraries, what stands in the table of functions and in the global offset table.
 * `functions` are `[slot, library, symbol]`, `handles` `[handle, library]`, `libraries` `[name, count, isGlobal]` with
 * a count of `null` for those that are never unloaded. `coreLength` is that of the table when Python was up, and in
 * the slots `ownSlots` up to there stands what each start makes anew.
 * @typedef {{
 *   loads: Load[], functions: [number, string, string][], handles: [number, string][],
 *   libraries: [string, number | null, boolean][], offsets: Record<string, number>, coreLength: number,
 *   ownSlots: number[], tableLength: number, freeSlots: number[], heapBytes: number,
 * }} Links
 */

/** Notes where libraries are linked: the option `pyrunLinking` of an interpreter that is to be saved. */
export class Recording {
  /** @type {Load[]} */
  loads = [];
  /** @type {[slot: number, fn: unknown][]} */
  functions = [];
  #coreLength = 0;
  /** @type {number[]} */
  #ownSlots = [];
  /** @type {Map<object, number>} */
  #scopes = new Map();

  /** @param {boolean} jspi whether Python is to suspend where the snapshot will be restored */
  constructor(jspi) {
    this.jspi = jspi;
  }

  /** The interpreter is up. What it has put into the table so far, every start puts there. @param {PyodideInterface} pyodide */
  begin(pyodide) {
    const { GOT, wasmTable } = moduleOf(pyodide).pyrunInternals;
    const known = new Set(Object.values(GOT).map(({ value }) => value));
    this.#coreLength = wasmTable.length;
    this.#ownSlots = this.functions.map(([slot]) => slot).filter((slot) => !known.has(slot));
    this.functions = [];
  }

  /** @param {object | undefined} scope */
  scopeOf = (scope) => {
    if (!scope) return 0;
    const known = this.#scopes.get(scope) ?? this.#scopes.size + 1;
    this.#scopes.set(scope, known);
    return known;
  };

  /**
   * @param {PyodideInterface} pyodide
   * @returns {Links}
   * @throws {Error} a function in the table is of no library: it cannot be put there again
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
        if (!owner) throw new Error(`the function in slot ${slot} is of no library`);
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
      ownSlots: this.#ownSlots,
      tableLength: wasmTable.length,
      freeSlots: [...freeTableIndexes],
      heapBytes: HEAP8.length,
    };
  }
}

/**
 * What is not linked. `check` throws if it does not fit this Pyodide; `restore` fills the heap and opens files again.
 * @typedef {{
 *   check(FS: PyodideInterface["FS"]): void, restore(heap: Uint8Array, FS: PyodideInterface["FS"]): void,
 * }} Filling
 */

/** Links libraries where they were: the option `pyrunLinking` of an interpreter that is restored. */
export class Replay {
  /** What the glue is to link now. @type {Load | null} */
  again = null;
  /** Until Pyodide itself and all libraries are linked. */
  isStarting = true;
  /** What Pyodide itself exports. @type {Record<string, unknown> | null} */
  #exports = null;
  /** Why Pyodide itself is not linked. The glue does not hear of what goes wrong there. @type {unknown} */
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
   * Keeps the glue from looking for a slot for each of thousands of functions: nothing else that it does takes so long.
   * @param {Record<string, unknown>} exports of what is being linked: first of all Pyodide itself
   * @returns {boolean} whether `start` will do what is left to do
   */
  exported = (exports) => {
    this.#exports ??= exports;
    return this.isStarting;
  };

  /**
   * Links Pyodide itself as it was.
   * @param {EmscriptenModule} module
   * @returns {boolean} whether that was to do; `restore` throws what went wrong
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

  /** @param {LinkerInternals} internals @throws {Error} Pyodide is not as it was */
  #linkCore(internals) {
    const { GOT, wasmTable, freeTableIndexes } = internals;
    const { offsets, coreLength, ownSlots } = this.#links;
    const length = wasmTable.length;
    if (length > coreLength) throw new Error("Pyodide itself has grown");
    wasmTable.grow(coreLength - length);
    const imported = this.#library("__main__", internals).exports;
    /** @type {[slot: number, fn: Signed][]} */
    const ofJavaScript = [];
    for (const [name, value] of Object.entries(offsets)) {
      GOT[name] ??= new WebAssembly.Global({ value: "i32", mutable: true });
      GOT[name].value = value;
      const fn = this.#exports?.[name] ?? imported[name];
      if (value < length || value >= coreLength || typeof fn !== "function") continue; // an address, or there already
      if ("sig" in fn) ofJavaScript.push([value, /** @type {Signed} */ (fn)]);
      else wasmTable.set(value, fn);
    }
    fill(ofJavaScript, wasmTable);
    freeTableIndexes.push(...ownSlots.toReversed());
  }

  /** Restores the interpreter: the glue calls this in the place of what it does itself. @param {EmscriptenModule} module @throws {Error} */
  restore = (module) => {
    this.#fill.check(module.FS);
    this.#link(module);
    this.#fill.restore(new Uint8Array(module.HEAP8.buffer), module.FS);
    module.pyrunInternals.setTrampoline();
  };

  /** Before the heap is there. @param {EmscriptenModule} module @throws {Error} the interpreter is not as it was */
  #link(module) {
    if (this.#problem) throw this.#problem;
    const { loads, libraries, handles, functions, tableLength, freeSlots, heapBytes } = this.#links;
    const internals = module.pyrunInternals;
    const { LDSO, wasmTable } = internals;
    if (heapBytes > module.HEAP8.length) module.growMemory(heapBytes);
    if (wasmTable.length > tableLength) throw new Error("the table of functions has grown");
    wasmTable.grow(tableLength - wasmTable.length);
    for (const load of loads) this.#load(load, internals);
    for (const [name, count, isGlobal] of libraries) {
      const library = LDSO.loadedLibsByName[name];
      if (library) Object.assign(library, { refcount: count ?? Number.POSITIVE_INFINITY, global: isGlobal });
    }
    for (const [handle, name] of handles) LDSO.loadedLibsByHandle[handle] = this.#library(name, internals);
    /** @type {[slot: number, fn: Signed][]} */
    const ofJavaScript = [];
    for (const [slot, name, symbol] of functions) {
      const fn = /** @type {object} */ (this.#library(name, internals).exports[symbol]);
      if (wasmTable.get(slot)) continue;
      if ("sig" in fn) ofJavaScript.push([slot, /** @type {Signed} */ (fn)]);
      else wasmTable.set(slot, fn);
    }
    fill(ofJavaScript, wasmTable);
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

/** Makes symbols of a library known. @param {Library} library @param {Load} load @param {object | undefined} scope @param {LinkerInternals} internals */
function share(library, { name, isGlobal }, scope, internals) {
  if (!isGlobal) {
    if (scope) Object.assign(scope, library.exports);
  } else if (!library.merged) {
    library.merged = true;
    internals.mergeLibSymbols(library.exports, name);
  }
}

/** Puts functions of JavaScript into the table. @param {[slot: number, fn: Signed][]} functions @param {WebAssembly.Table} table */
function fill(functions, table) {
  if (functions.length === 0) return;
  const all = wrapFunctions(functions.map(([, fn]) => fn));
  for (const [index, [slot]] of functions.entries()) table.set(slot, all[index]);
}
