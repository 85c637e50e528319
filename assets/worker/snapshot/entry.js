import { sumOf } from "./checksum.js";

/** @typedef {import("./snapshot.js").Description} Description */
/** @typedef {import("./snapshot.js").Snapshot} Snapshot */

/** What is known of a snapshot before its bytes are there. @typedef {{ description: Description, heapSum: string, filesSum: string, bytes: number }} Entry */

const LINE_BREAK = "\n".charCodeAt(0);

/**
 * The entry of a snapshot, as it is kept: its own sum, a line break, and JSON.
 * @param {Snapshot} snapshot
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function entryOf({ description, heap, files }) {
  /** @type {Entry} */
  const entry = {
    description,
    heapSum: sumOf(heap),
    filesSum: sumOf(files),
    bytes: heap.length + files.length,
  };
  const json = JSON.stringify(entry);
  return encoded(`${sumOf(encoded(json))}\n${json}`);
}

/**
 * @param {Uint8Array<ArrayBuffer>} kept
 * @returns {Entry}
 * @throws {Error} it is damaged
 */
export function readEntry(kept) {
  const end = kept.indexOf(LINE_BREAK);
  const json = kept.slice(end + 1);
  if (sumOf(json) !== decoded(kept.subarray(0, end))) throw new Error("the snapshot is damaged");
  return JSON.parse(decoded(json));
}

/** @param {string} text */
const encoded = (text) => new TextEncoder().encode(text);

/** @param {Uint8Array} bytes */
const decoded = (bytes) => new TextDecoder().decode(bytes);
