/** A snapshot that the page keeps for its next worker, where the browser stores none. */

/** @typedef {import("./snapshot.js").ComingSnapshot} ComingSnapshot */
/** @typedef {import("./snapshot.js").Description} Description */
/** @typedef {import("./snapshot.js").Snapshot} Snapshot */

/** In blobs, which a browser may put on the disk. @typedef {{ key: string, description: Description, heap: Blob, files: Blob }} KeptSnapshot */

const MOST_BYTES = 250e6;

/** @param {string} key @param {Snapshot} snapshot @returns {KeptSnapshot | null} unless it is too large */
export function toMemory(key, { description, heap, files }) {
  if (heap.length + files.length > MOST_BYTES) return null;
  return { key, description, heap: new Blob([heap]), files: new Blob([files]) };
}

/** @param {KeptSnapshot} kept @returns {ComingSnapshot} */
export function fromMemory({ description, heap, files }) {
  /** @param {Blob} blob */
  const bytes = async (blob) => new Uint8Array(await blob.arrayBuffer());
  return { description, heap: bytes(heap), files: bytes(files), intact: Promise.resolve(true) };
}
