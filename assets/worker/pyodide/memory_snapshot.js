/**
 * Options of `loadPyodide` that save an interpreter and restore one.
 *
 * Pyodide: the options `_makeSnapshot` and `_loadSnapshot`, `makeMemorySnapshot()`, and the format of what it returns.
 * 0.27.7 to 315, with the glue that `pyrun_core/pyodide/glue_patches.py` has changed, which adds the option
 * `pyrunLinking`. Without them every start is one without a snapshot.
 */

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("./linking.js").Recording} Recording */
/** @typedef {import("./linking.js").Replay} Replay */

/** Where Pyodide's snapshot says at which byte of it the heap begins, counted in 32-bit words. */
const HEAP_START_WORD = 1;

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
 * know of any alignedAfter.
 * @param {PyodideInterface} pyodide
 * @returns {{ head: number[], heap: Uint8Array<ArrayBuffer> }} `head` is what Pyodide writes before the heap
 */
export function memoryOf(pyodide) {
  const { loadedPackages } = pyodide;
  for (const name of Object.keys(loadedPackages)) delete loadedPackages[name];
  const whole = /** @type {Uint8Array<ArrayBuffer>} */ (pyodide.makeMemorySnapshot());
  const words = new Uint32Array(whole.buffer, whole.byteOffset, HEAP_START_WORD + 1);
  const start = /** @type {number} */ (words[HEAP_START_WORD]);
  return { head: [...whole.subarray(0, start)], heap: whole.subarray(start) };
}
