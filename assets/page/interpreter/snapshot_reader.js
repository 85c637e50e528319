/**
 * Reads the snapshot that Python starts from. The page does it for the worker, because its thread is idle meanwhile.
 */
import { openSeal, verify } from "../snapshots/seal.js";
import { findSecret } from "../snapshots/secret.js";
import { canStore, findPart } from "../snapshots/store.js";

/** @import { Start } from "../../shared/protocol.js" */
/** @import { SnapshotContent, SnapshotEntry } from "../../shared/snapshot_messages.js" */
/** @import { SealedPart } from "../snapshots/seal.js" */
/** @import { Part } from "../snapshots/store.js" */

/** A snapshot in the page's memory, for its next worker. @typedef {{ key: string, parts: Record<SealedPart, Blob> }} KeptSnapshot */

/** @typedef {(message: SnapshotEntry | SnapshotContent, transferred: Transferable[]) => void} Send */

/**
 * The key of the snapshot for a start. It contains everything that leads to a different interpreter: Pyodide and its
 * lock file by their addresses and checksums, our version by that of the worker, the browser, and what Python reads from
 * it once: the language and the time zone.
 * @param {Omit<Start, "key">} start
 * @returns {string | null} `null` if there must be none
 */
export function snapshotKey({ pyodideUrl, core, lock, packages, imports, waiting }) {
  if (imports === null) return null;
  return JSON.stringify([
    ...[pyodideUrl, Object.values(core).map(({ integrity }) => integrity), lock],
    ...[__PYRUN_WORKER__.url, waiting.strategy === "jspi"],
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
    if (memory?.key === key) return await sendFromMemory(memory.parts, send);
    if (canStore()) return await sendFromStore(key, send);
    send({ type: "snapshot-entry", entry: null }, []);
  } catch {
    // Storage is blocked, or the snapshot is damaged or forged: the worker starts without one, and says so.
    send({ type: "snapshot-content", part: null }, []);
  }
}

/** @param {KeptSnapshot["parts"]} parts @param {Send} send */
async function sendFromMemory(parts, send) {
  const [entry, files, heap] = await Promise.all([parts.entry, parts.files, parts.heap].map(bytesOf));
  if (entry) send({ type: "snapshot-entry", entry }, [entry.buffer]);
  if (files) sendContent("files", files, send);
  if (heap) sendContent("heap", heap, send);
}

/**
 * Sends only what has been verified.
 * @param {string} key
 * @param {Send} send
 * @throws {Error} a part is missing, or is not what a page has sealed for this key
 */
async function sendFromStore(key, send) {
  // Requested together, because each answer takes time; the seal first, because it is needed first.
  const sealed = findPart(key, "seal");
  const parts = { entry: read(key, "entry"), files: read(key, "files"), heap: read(key, "heap") };
  void Promise.allSettled([sealed, ...Object.values(parts)]); // without a seal, their failures do not matter
  const secret = await findSecret({ isMade: false });
  const seal = secret && (await sealed);
  if (!seal) return send({ type: "snapshot-entry", entry: null }, []);
  const digests = await openSeal(secret, key, await seal.text());
  const entry = await parts.entry;
  await verify(secret, "entry", entry, digests.entry);
  send({ type: "snapshot-entry", entry }, [entry.buffer]);
  // The worker compiles the libraries in the files while the page verifies the heap.
  for (const part of /** @type {const} */ (["files", "heap"])) {
    const content = await parts[part];
    await verify(secret, part, content, digests[part]);
    sendContent(part, content, send);
  }
}

/** @param {"files" | "heap"} part @param {Uint8Array<ArrayBuffer>} bytes @param {Send} send */
function sendContent(part, bytes, send) {
  send({ type: "snapshot-content", part, bytes }, [bytes.buffer]);
}

/** @param {string} key @param {Part} part @returns {Promise<Uint8Array<ArrayBuffer>>} @throws {Error} it is missing */
async function read(key, part) {
  const response = await findPart(key, part);
  if (!response) throw new Error(`the snapshot has no ${part}`);
  return bytesOf(await response.blob()); // a stream takes twice as long
}

/** @param {Blob} blob */
async function bytesOf(blob) {
  return new Uint8Array(await blob.arrayBuffer());
}
