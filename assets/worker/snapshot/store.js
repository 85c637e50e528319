/**
 * Snapshots in the browser: one for each set of what goes into it, and at most so many of them. The page reads them
 * (assets/page/interpreter/snapshot_reader.js), and each is checked before it is used.
 */
import { CACHE_NAME, findPart, keyIn, markUsed, PARTS, placeOf } from "../../shared/snapshot_keys.js";
import { entryOf, readEntry } from "./entry.js";

/** @typedef {import("./snapshot.js").Snapshot} Snapshot */

const MOST_SNAPSHOTS = 5;
const MOST_BYTES = 600e6;

/** A site that fills more than this part of what the browser lets it have may lose all of it. */
const LARGEST_SHARE = 0.5;

/** Whether there is one. @param {string} key */
export async function has(key) {
  return Boolean(await findPart(key, "entry"));
}

/**
 * Keeps a snapshot, and drops those that have not been used for longest.
 * @param {string} key
 * @param {Snapshot} snapshot
 * @throws {Error} there is no room
 */
export async function keep(key, snapshot) {
  const bytes = snapshot.heap.length + snapshot.files.length;
  // WebKitGTK has no `navigator.storage` in a worker.
  const { quota = Number.POSITIVE_INFINITY, usage = 0 } = (await navigator.storage?.estimate()) ?? {};
  if (bytes > MOST_BYTES || usage + bytes > quota * LARGEST_SHARE) throw new Error("there is no room");
  const cache = await caches.open(CACHE_NAME);
  try {
    await cache.put(placeOf(key, "heap"), new Response(snapshot.heap));
    await cache.put(placeOf(key, "files"), new Response(snapshot.files));
    await markUsed(key);
    // Last, because without it the others are nothing.
    await cache.put(placeOf(key, "entry"), new Response(entryOf(snapshot)));
  } catch (error) {
    await drop(key);
    throw error;
  }
  await dropOldest(cache);
}

/** Forgets one. @param {string} key */
export async function drop(key) {
  if (!(await caches.has(CACHE_NAME))) return;
  const cache = await caches.open(CACHE_NAME);
  await Promise.all(PARTS.map((part) => cache.delete(placeOf(key, part))));
}

/** @param {Cache} cache */
async function dropOldest(cache) {
  const requests = await cache.keys();
  const keys = new Set(requests.map(({ url }) => keyIn(url)));
  /** @type {{ key: string, kept: number | null, used: number }[]} */
  const found = [];
  for (const key of keys) {
    found.push({ key, kept: await bytesOf(key), used: (await (await findPart(key, "used"))?.json()) ?? 0 });
  }
  found.sort((one, other) => other.used - one.used);
  let bytes = 0;
  for (const [index, { key, kept }] of found.entries()) {
    bytes += kept ?? 0;
    if (kept === null || index >= MOST_SNAPSHOTS || bytes > MOST_BYTES) await drop(key);
  }
}

/** How large one is; nothing if it is good for nothing. @param {string} key */
async function bytesOf(key) {
  const response = await findPart(key, "entry");
  try {
    return response ? readEntry(new Uint8Array(await response.arrayBuffer())).bytes : null;
  } catch {
    return null;
  }
}
