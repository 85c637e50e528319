/**
 * Reads the snapshot that Python starts from. The page does it for the worker, because its thread is idle meanwhile.
 */
import { canStore, findPart } from "../../shared/snapshot_keys.js";

/** @import { KeptSnapshot, SnapshotContent, SnapshotEntry, Start } from "../../shared/protocol.js" */
/** @import { Part } from "../../shared/snapshot_keys.js" */

/** @typedef {(message: SnapshotEntry | SnapshotContent, transferred: Transferable[]) => void} Send */

/**
 * The key of the snapshot for a start. It contains everything that leads to a different interpreter: Pyodide and its
 * lock file by their addresses, which contain versions and checksums, our version by that of the worker, the browser,
 * and what Python reads from it once: the language and the time zone.
 * @param {Omit<Start, "key">} start
 * @returns {string | null} `null` if there must be none
 */
export function snapshotKey({ pyodideUrl, lockUrl, packages, imports, waiting }) {
  if (imports === null) return null;
  return JSON.stringify([
    ...[pyodideUrl, lockUrl, __PYRUN_WORKER__, waiting.strategy === "jspi"],
    ...[navigator.userAgent, navigator.language, timeZone()],
    ...[[...packages].sort(), [...imports].sort()],
  ]);
}

/** As Python reads it: by the offsets in January and July. `Intl` knows the name, but takes 30 ms. */
function timeZone() {
  const year = new Date().getFullYear();
  return [0, 6].map((month) => String(new Date(year, month)));
}

/**
 * Sends the worker the snapshot that it waits for, or reports that no snapshot exists.
 * @param {string} key
 * @param {KeptSnapshot | null} memory a snapshot in the page's memory
 * @param {Send} send
 */
export async function sendSnapshot(key, memory, send) {
  try {
    if (memory?.key === key) return await sendFromMemory(memory, send);
    if (!canStore()) return send({ type: "snapshot-entry", entry: null }, []);
    // Requested together, because each answer takes time.
    const [coming, heap, files] = [read(key, "entry"), read(key, "heap"), read(key, "files")];
    void Promise.allSettled([heap, files]); // without an entry, their failures do not matter
    const entry = await coming;
    send({ type: "snapshot-entry", entry }, entry ? [entry.buffer] : []);
    if (entry) sendContent(await heap, await files, send);
  } catch {
    // Storage is blocked or unreadable: the worker starts without a snapshot, and deletes it.
    send({ type: "snapshot-content", content: null }, []);
  }
}

/** @param {KeptSnapshot} kept @param {Send} send */
async function sendFromMemory({ entry, heap, files }, send) {
  const [content, ...parts] = await Promise.all([bytesOf(entry), bytesOf(heap), bytesOf(files)]);
  send({ type: "snapshot-entry", entry: content }, [content.buffer]);
  sendContent(...parts, send);
}

/** @param {Uint8Array<ArrayBuffer> | null} heap @param {Uint8Array<ArrayBuffer> | null} files @param {Send} send */
function sendContent(heap, files, send) {
  if (heap && files)
    send({ type: "snapshot-content", content: { heap, files } }, [heap.buffer, files.buffer]);
  else send({ type: "snapshot-content", content: null }, []);
}

/** @param {string} key @param {Part} part @returns {Promise<Uint8Array<ArrayBuffer> | null>} */
async function read(key, part) {
  const response = await findPart(key, part);
  return response ? bytesOf(await response.blob()) : null; // a stream takes twice as long
}

/** @param {Blob} blob */
async function bytesOf(blob) {
  return new Uint8Array(await blob.arrayBuffer());
}
