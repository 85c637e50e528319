/**
 * Options of `loadPyodide` that save an interpreter and restore one.
 *
 * Pyodide: the options `_makeSnapshot` and `_loadSnapshot`, and `makeMemorySnapshot()`, which returns a head and `HEAP8`.
 * 0.27.7 to 315, with the glue that `pyrun_core/pyodide/glue_patches.py` has changed, which adds the option
 * `pyrunLinking`. Without them every start is one without a snapshot.
 */

import { moduleOf } from "./internals.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("./linking.js").Recording} Recording */
/** @typedef {import("./linking.js").Replay} Replay */

/** Options for an interpreter that is to be saved. @param {Recording} recording */
export const saveOptions = (recording) => ({ _makeSnapshot: true, pyrunLinking: recording });

/**
 * Options for an interpreter that is to be restored. Pyodide reads the head, and goes by the length of the whole; the
 * heap itself is filled in by `replay`, so that it can be fetched meanwhile.
 * @param {number[]} head of `memoryOf`
 * @param {number} heapBytes
 * @param {Replay} replay
 */
export function restoreOptions(head, heapBytes, replay) {
  const withoutHeap = new Uint8Array(head.length + heapBytes);
  withoutHeap.set(head);
  return { _loadSnapshot: withoutHeap, pyrunLinking: replay };
}

/**
 * The memory of an interpreter that was started with `saveOptions`. Pyodide refuses one with packages, so it does not
 * know of any after that.
 * @param {PyodideInterface} pyodide
 * @returns {{ head: number[], heap: Uint8Array }} `head` is what Pyodide writes before the heap, `heap` is
 *   the heap itself
 */
export function memoryOf(pyodide) {
  const { loadedPackages } = pyodide;
  for (const name of Object.keys(loadedPackages)) delete loadedPackages[name];
  const module = moduleOf(pyodide);
  const { HEAP8 } = module;
  module.HEAP8 = new Int8Array(); // which Pyodide copies
  const head = pyodide.makeMemorySnapshot();
  module.HEAP8 = HEAP8;
  return { head: [...head], heap: new Uint8Array(HEAP8.buffer) };
}
