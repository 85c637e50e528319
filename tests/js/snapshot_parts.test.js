/** What a snapshot stores of the heap and the files, and how it is put back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { packFiles, unpackFiles } from "../../assets/worker/pyodide/file_system.js";
import { compactHeap, restoreHeap } from "../../assets/worker/snapshot/heap.js";

const PAGE = 4096;

/** @param {Uint8Array<ArrayBuffer>[]} pieces */
const joined = async (pieces) => new Uint8Array(await new Blob(pieces).arrayBuffer());

test("a heap is stored without its pages of zeros, and restored with them", () => {
  const heap = new Uint8Array(6 * PAGE);
  heap[PAGE] = 1;
  heap[3 * PAGE - 1] = 2;
  heap[4 * PAGE] = 3;
  const { layout, content } = compactHeap(heap);
  assert.deepEqual(layout, {
    bytes: 6 * PAGE,
    runs: [
      [PAGE, 2 * PAGE],
      [4 * PAGE, PAGE],
    ],
  });
  assert.equal(content.length, 3 * PAGE);
  const other = new Uint8Array(6 * PAGE).fill(9);
  restoreHeap(other, layout, content);
  assert.deepEqual(other, heap);
});

test("files are stored back to back, aligned, and found again", async () => {
  const [text, empty, library] = ["text", "", "library"].map((name) => new TextEncoder().encode(name));
  /** @type {import("../../assets/worker/pyodide/file_system.js").Files} */
  const files = {
    directories: ["/a"],
    files: [
      ["/a/text", /** @type {Uint8Array<ArrayBuffer>} */ (text)],
      ["/a/empty", /** @type {Uint8Array<ArrayBuffer>} */ (empty)],
      ["/library", /** @type {Uint8Array<ArrayBuffer>} */ (library)],
    ],
  };
  const { index, pieces } = packFiles(files);
  assert.deepEqual(
    index.files.map(([, start]) => start % 16),
    [0, 0, 0],
  );
  assert.deepEqual(unpackFiles(index, await joined(pieces)), files);
});
