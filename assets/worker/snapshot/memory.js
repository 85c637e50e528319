/** A snapshot that the page keeps for its next worker, where the browser stores none. */
import { entryOf } from "./entry.js";

/** @typedef {import("./snapshot.js").Snapshot} Snapshot */

/** In blobs, which a browser may put on the disk. @typedef {{ key: string, entry: Blob, heap: Blob, files: Blob }} KeptSnapshot */

const MOST_BYTES = 250e6;

/** @param {string} key @param {Snapshot} snapshot @returns {KeptSnapshot | null} unless it is too large */
export function toMemory(key, snapshot) {
  const { heap, files } = snapshot;
  if (heap.length + files.length > MOST_BYTES) return null;
  const entry = new Blob([entryOf(snapshot)]);
  return { key, entry, heap: new Blob([heap]), files: new Blob([files]) };
}
