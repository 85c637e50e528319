/** Stores a heap without its pages of zeros, which are more than half of it when Python has just started. */

/** `runs` are the pages that are not zero, `[start, bytes]` each. @typedef {{ bytes: number, runs: [number, number][] }} Layout */

const PAGE_BYTES = 4096;

/**
 * Leaves out pages of zeros.
 * @param {Uint8Array} heap a whole number of pages
 * @returns {{ layout: Layout, content: Uint8Array<ArrayBuffer> }} a copy of the others
 */
export function compactHeap(heap) {
  /** @type {[number, number][]} */
  const runs = [];
  let bytes = 0;
  for (let start = 0; start < heap.length; start += PAGE_BYTES) {
    const page = new Uint32Array(heap.buffer, heap.byteOffset + start, PAGE_BYTES / 4);
    if (page.every((word) => word === 0)) continue;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === start) last[1] += PAGE_BYTES;
    else runs.push([start, PAGE_BYTES]);
    bytes += PAGE_BYTES;
  }
  const content = new Uint8Array(bytes);
  let at = 0;
  for (const [start, length] of runs) {
    content.set(heap.subarray(start, start + length), at);
    at += length;
  }
  return { layout: { bytes: heap.length, runs }, content };
}

/**
 * Restores a heap, including its zeros: an interpreter that is starting has already written to it.
 * @param {Uint8Array} heap
 * @param {Layout} layout
 * @param {Uint8Array} content
 */
export function restoreHeap(heap, { bytes, runs }, content) {
  let at = 0;
  let end = 0;
  for (const [start, length] of runs) {
    heap.fill(0, end, start);
    heap.set(content.subarray(at, at + length), start);
    at += length;
    end = start + length;
  }
  heap.fill(0, end, bytes);
}
