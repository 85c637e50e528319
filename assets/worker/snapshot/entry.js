/** The description of a snapshot, which is stored and checked before its content. */
import { checksumOf } from "./checksum.js";

/** @typedef {import("../pyodide/file_system.js").FileIndex} FileIndex */
/** @typedef {import("../pyodide/file_system.js").Stream} Stream */
/** @typedef {import("../pyodide/linking.js").Links} Links */
/** @typedef {import("./heap.js").Layout} Layout */

/**
 * What is neither heap nor file. `head` is the beginning of Pyodide's own snapshot, before the heap; `streams` are the
 * files that are open; `library` is the sum of the standard library.
 * @typedef {{
 *   head: number[], layout: Layout, links: Links, index: FileIndex, streams: Stream[],
 *   library: number, loadedPackages: Record<string, string>,
 * }} Description
 */

/**
 * A stopped interpreter. `heap` are the pages of the heap that are not zero, `files` the files, both back to back.
 * @typedef {{ description: Description, heap: Uint8Array<ArrayBuffer>, files: Uint8Array<ArrayBuffer> }} Snapshot
 */

/** Everything about a snapshot except its bytes. @typedef {{ description: Description, heapSum: string, filesSum: string, bytes: number }} Entry */

const LINE_BREAK = "\n".charCodeAt(0);

/**
 * The entry of a snapshot as it is stored: a checksum, a line break, and JSON.
 * @param {Snapshot} snapshot
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function entryOf({ description, heap, files }) {
  /** @type {Entry} */
  const entry = {
    description,
    heapSum: checksumOf(heap),
    filesSum: checksumOf(files),
    bytes: heap.length + files.length,
  };
  const json = JSON.stringify(entry);
  return encoded(`${checksumOf(encoded(json))}\n${json}`);
}

/**
 * @param {Uint8Array<ArrayBuffer>} stored
 * @returns {Entry}
 * @throws {Error} it is damaged
 */
export function readEntry(stored) {
  const end = stored.indexOf(LINE_BREAK);
  const json = stored.slice(end + 1);
  if (checksumOf(json) !== decoded(stored.subarray(0, end))) throw new Error("the snapshot is damaged");
  return JSON.parse(decoded(json));
}

/** @param {string} text */
const encoded = (text) => new TextEncoder().encode(text);

/** @param {Uint8Array} bytes */
const decoded = (bytes) => new TextDecoder().decode(bytes);
