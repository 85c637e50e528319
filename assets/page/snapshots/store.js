/**
 * Snapshots in the browser's Cache Storage, one for each key, in several parts. Code of a reader can change them, so pages
 * use only what `seal.js` verifies. assets/worker/snapshot/ has the format of their content.
 */
import { assetUrl } from "../asset_url.js";
import { digested, openSeal, seal } from "./seal.js";
import { findSecret } from "./secret.js";

/** @import { Pieces, SnapshotParts } from "../../shared/snapshot_messages.js" */
/** @import { Digest, SealedPart } from "./seal.js" */

/**
 * `seal` is what proves the others; `used` is the time of the last use, in milliseconds since 1970.
 * @typedef {keyof SnapshotParts | "seal" | "used"} Part
 */

/** @type {Part[]} */
const PARTS = ["seal", "entry", "heap", "files", "used"];

/** With the version of the format. */
const CACHE_NAME = "pyrun-snapshots-2";

/** What older versions of pyrun have left. */
const OLD_CACHE_NAMES = ["pyrun-snapshots-1"];

const MOST_SNAPSHOTS = 5;
const MOST_BYTES = 600e6;

/** Of the quota: a browser may evict everything of a site that uses more. */
const LARGEST_SHARE = 0.5;

/** How long another tab may take to store a snapshot. Code of a reader can hold the lock for ever. */
const LONGEST_STORING_MS = 60_000;

/** Pages that are not served over https have no Cache Storage. */
export function canStore() {
  return "caches" in self;
}

/**
 * One part, if it is stored. Opening the cache would create it.
 * @param {string} key
 * @param {Part} part
 * @throws {Error} the browser blocks storage
 */
export async function findPart(key, part) {
  return caches.match(addressOf(key, part), { cacheName: CACHE_NAME });
}

/** Records that a snapshot was used. @param {string} key @throws {Error} the disk is full */
export async function markUsed(key) {
  const cache = await caches.open(CACHE_NAME);
  await cache.put(addressOf(key, "used"), new Response(String(Date.now())));
}

/** @param {string} key @throws {Error} the browser blocks storage */
export async function remove(key) {
  if (!(await caches.has(CACHE_NAME))) return;
  const cache = await caches.open(CACHE_NAME);
  await Promise.all(PARTS.map((part) => cache.delete(addressOf(key, part))));
}

/**
 * Makes and stores a snapshot, unless another tab has stored it or stores it meanwhile.
 * @param {string} key
 * @param {() => Promise<SnapshotParts>} make
 * @throws {Error} it could not be made or stored
 */
export async function storeOnce(key, make) {
  if (!canStore()) throw new Error("a page that is not served over https cannot store anything");
  const signal = AbortSignal.timeout(LONGEST_STORING_MS);
  await navigator.locks.request(`pyrun-snapshot-${key}`, { signal }, async () => {
    const secret = await findSecret({ isMade: true });
    if (!secret) throw new Error("the browser stores no secret to recognise the snapshot by");
    if ((await storedBytes(secret, key)) === null) await store(secret, key, await make());
  });
}

/**
 * Stores a snapshot, and evicts the least recently used ones.
 * @param {CryptoKey} secret
 * @param {string} key
 * @param {SnapshotParts} parts
 * @throws {Error} there is no room
 */
async function store(secret, key, parts) {
  const bytes = sizeOf(parts.heap) + sizeOf(parts.files);
  const { quota = Number.POSITIVE_INFINITY, usage = 0 } = (await navigator.storage?.estimate()) ?? {};
  if (bytes > MOST_BYTES || usage + bytes > quota * LARGEST_SHARE) throw new Error("there is no room");
  for (const name of OLD_CACHE_NAMES) await caches.delete(name);
  const cache = await caches.open(CACHE_NAME);
  try {
    await markUsed(key); // first, so that other tabs see that it is being stored
    const digests = {
      entry: await storePart(secret, cache, key, "entry", parts.entry),
      heap: await storePart(secret, cache, key, "heap", parts.heap),
      files: await storePart(secret, cache, key, "files", parts.files),
    };
    // Last, because a snapshot without a seal does not count.
    await cache.put(addressOf(key, "seal"), new Response(await seal(secret, key, digests)));
  } catch (error) {
    await remove(key);
    throw error;
  }
  await evict(secret, cache);
}

/**
 * Stores a part while it is digested: a blob would be a second copy.
 * @param {CryptoKey} secret
 * @param {Cache} cache
 * @param {string} key
 * @param {SealedPart} part
 * @param {Pieces} content
 * @returns {Promise<Digest>}
 * @throws {Error} there is no room
 */
async function storePart(secret, cache, key, part, content) {
  /** @type {Digest} */
  const digest = { bytes: 0, pieces: [] };
  const reading = digested(secret, part, content, digest);
  const body = new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await reading.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 }, // not before it is wanted
  );
  await cache.put(addressOf(key, part), new Response(body));
  return digest;
}

/** @param {Pieces} content */
export const sizeOf = (content) => content.reduce((bytes, piece) => bytes + piece.length, 0);

/** @param {CryptoKey} secret @param {Cache} cache */
async function evict(secret, cache) {
  const requests = await cache.keys();
  const keys = new Set(requests.map(({ url }) => new URL(url).searchParams.get("snapshot") ?? ""));
  /** @type {{ key: string, stored: number | null, used: number }[]} */
  const found = [];
  for (const key of keys) {
    const used = Number(await (await findPart(key, "used"))?.text()) || 0;
    const stored = await storedBytes(secret, key);
    const isUnfinished = stored === null && Date.now() - used < LONGEST_STORING_MS; // by another tab
    if (!isUnfinished) found.push({ key, stored, used });
  }
  found.sort((one, other) => other.used - one.used);
  let bytes = 0;
  for (const [index, { key, stored }] of found.entries()) {
    bytes += stored ?? 0;
    if (stored === null || index >= MOST_SNAPSHOTS || bytes > MOST_BYTES) await remove(key);
  }
}

/** The size of a snapshot; `null` if no page would use it. @param {CryptoKey} secret @param {string} key */
async function storedBytes(secret, key) {
  const response = await findPart(key, "seal");
  if (!response) return null;
  try {
    const { heap, files } = await openSeal(secret, key, await response.text());
    return heap.bytes + files.bytes;
  } catch {
    return null;
  }
}

/** An address in pyrun's folder, which is never fetched. @param {string} key @param {Part} part */
function addressOf(key, part) {
  const url = new URL(assetUrl("./snapshots"));
  url.search = String(new URLSearchParams({ snapshot: key, part }));
  return url.href;
}
