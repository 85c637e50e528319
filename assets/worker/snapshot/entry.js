import { checksumOf } from "./checksum.js";

/** @typedef {import("./snapshot.js").Description} Description */
/** @typedef {import("./snapshot.js").Snapshot} Snapshot */

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
