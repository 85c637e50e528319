/**
 * Snapshots in the browser: one for each set of what goes into it, and at most so many of them. The page reads them
 * (assets/page/kept_snapshot.js), and each is checked before it is used.
 */
import { CACHE_NAME, findPart, keyIn, markUsed, PARTS, placeOf } from "../../snapshot_parts.js";
import { sumOf } from "./sum.js";

/** @typedef {import("./snapshot.js").Description} Description */
/** @typedef {import("./snapshot.js").Snapshot} Snapshot */

const MOST_SNAPSHOTS = 5;
const MOST_BYTES = 600e6;

/** A site that fills more than this part of what the browser lets it have may lose all of it. */
const LARGEST_SHARE = 0.5;

/** What is known of a snapshot before its bytes are there. @typedef {{ description: Description, heapSum: string, filesSum: string, bytes: number }} Entry */

/** @param {Snapshot} snapshot @returns {Entry} */
export function entryOf({ description, heap, files }) {
  return { description, heapSum: sumOf(heap), filesSum: sumOf(files), bytes: heap.length + files.length };
}

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
  const entry = entryOf(snapshot);
  // WebKitGTK has no `navigator.storage` in a worker.
  const { quota = Number.POSITIVE_INFINITY, usage = 0 } = (await navigator.storage?.estimate()) ?? {};
  if (entry.bytes > MOST_BYTES || usage + entry.bytes > quota * LARGEST_SHARE)
    throw new Error("there is no room");
  const cache = await caches.open(CACHE_NAME);
  try {
    await cache.put(placeOf(key, "heap"), new Response(snapshot.heap));
    await cache.put(placeOf(key, "files"), new Response(snapshot.files));
    await markUsed(key);
    // Last, because without it the others are nothing.
    await cache.put(placeOf(key, "entry"), Response.json(entry));
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
  /** @type {{ key: string, entry: Entry | undefined, used: number }[]} */
  const found = [];
  for (const key of keys) {
    const entry = await (await findPart(key, "entry"))?.json();
    found.push({ key, entry, used: (await (await findPart(key, "used"))?.json()) ?? 0 });
  }
  found.sort((one, other) => other.used - one.used);
  let bytes = 0;
  for (const [index, { key, entry }] of found.entries()) {
    bytes += entry?.bytes ?? 0;
    if (!entry || index >= MOST_SNAPSHOTS || bytes > MOST_BYTES) await drop(key);
  }
}
