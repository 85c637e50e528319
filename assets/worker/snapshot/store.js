/**
 * Snapshots in the browser's Cache Storage, one for each key. The page reads them
 * (assets/page/interpreter/snapshot_reader.js), and each is verified before it is used.
 */
import { addressOf, CACHE_NAME, findPart, keyIn, markUsed, PARTS } from "../../shared/snapshot_keys.js";
import { entryOf, readEntry } from "./entry.js";

/** @typedef {import("../../shared/protocol.js").KeptSnapshot} KeptSnapshot */
/** @typedef {import("./entry.js").Snapshot} Snapshot */

const MOST_SNAPSHOTS = 5;
const MOST_BYTES = 600e6;
const MOST_BYTES_IN_PAGE = 250e6;

/** Of the quota: a browser may evict everything of a site that uses more. */
const LARGEST_SHARE = 0.5;

/** Whether a snapshot is stored. @param {string} key */
export async function has(key) {
  return Boolean(await findPart(key, "entry"));
}

/**
 * Stores a snapshot, and evicts the least recently used ones.
 * @param {string} key
 * @param {Snapshot} snapshot
 * @throws {Error} there is no room
 */
export async function store(key, snapshot) {
  const bytes = snapshot.heap.length + snapshot.files.length;
  // WebKitGTK has no `navigator.storage` in a worker.
  const { quota = Number.POSITIVE_INFINITY, usage = 0 } = (await navigator.storage?.estimate()) ?? {};
  if (bytes > MOST_BYTES || usage + bytes > quota * LARGEST_SHARE) throw new Error("there is no room");
  const cache = await caches.open(CACHE_NAME);
  try {
    await cache.put(addressOf(key, "heap"), new Response(snapshot.heap));
    await cache.put(addressOf(key, "files"), new Response(snapshot.files));
    await markUsed(key);
    // Last, because a snapshot without an entry does not count.
    await cache.put(addressOf(key, "entry"), new Response(entryOf(snapshot)));
  } catch (error) {
    await remove(key);
    throw error;
  }
  await evict(cache);
}

/** @param {string} key */
export async function remove(key) {
  if (!(await caches.has(CACHE_NAME))) return;
  const cache = await caches.open(CACHE_NAME);
  await Promise.all(PARTS.map((part) => cache.delete(addressOf(key, part))));
}

/** @param {Cache} cache */
async function evict(cache) {
  const requests = await cache.keys();
  const keys = new Set(requests.map(({ url }) => keyIn(url)));
  /** @type {{ key: string, stored: number | null, used: number }[]} */
  const found = [];
  for (const key of keys) {
    found.push({ key, stored: await bytesOf(key), used: (await (await findPart(key, "used"))?.json()) ?? 0 });
  }
  found.sort((one, other) => other.used - one.used);
  let bytes = 0;
  for (const [index, { key, stored }] of found.entries()) {
    bytes += stored ?? 0;
    if (stored === null || index >= MOST_SNAPSHOTS || bytes > MOST_BYTES) await remove(key);
  }
}

/** The size of a snapshot; `null` if it is unusable. @param {string} key */
async function bytesOf(key) {
  const response = await findPart(key, "entry");
  try {
    return response ? readEntry(new Uint8Array(await response.arrayBuffer())).bytes : null;
  } catch {
    return null;
  }
}

/**
 * A snapshot for the page to keep.
 * @param {string} key
 * @param {Snapshot} snapshot
 * @returns {KeptSnapshot | null} `null` if it is too large
 */
export function toBlobs(key, snapshot) {
  const { heap, files } = snapshot;
  if (heap.length + files.length > MOST_BYTES_IN_PAGE) return null;
  const entry = new Blob([entryOf(snapshot)]);
  return { key, entry, heap: new Blob([heap]), files: new Blob([files]) };
}
