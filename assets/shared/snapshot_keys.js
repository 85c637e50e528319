/**
 * Where snapshots of Python are: in the browser's Cache Storage, which belongs to the site, each in parts. The page reads
 * them, whose thread is free while Python's is not; the worker writes them. What they hold stands in worker/snapshot/.
 */

/** @typedef {import("./protocol.js").Start} Start */

/**
 * `entry` is what is not bytes (worker/snapshot/entry.js); `heap` and `files` are the bytes; `used` is when that was,
 * in milliseconds since 1970.
 * @typedef {"entry" | "heap" | "files" | "used"} Part
 */

/** @type {Part[]} */
export const PARTS = ["entry", "heap", "files", "used"];

/** The number is that of the format. */
export const CACHE_NAME = "pyrun-snapshots-1";

/** Pages that do not come over https have no caches. */
export function canStore() {
  return "caches" in self;
}

/** An address in pyrun's own folder; nothing is ever fetched from there. @param {string} key @param {Part} part */
export function addressOf(key, part) {
  const url = new URL("./snapshots", import.meta.url);
  url.search = String(new URLSearchParams({ snapshot: key, part }));
  return url.href;
}

/** The key in such an address. @param {string} address */
export function keyIn(address) {
  return new URL(address).searchParams.get("snapshot") ?? "";
}

/**
 * One part, if it is there; to open the cache would make it.
 * @param {string} key
 * @param {Part} part
 * @throws {Error} storage is refused
 */
export function findPart(key, part) {
  return caches.match(addressOf(key, part), { cacheName: CACHE_NAME });
}

/** Notes that a snapshot has been used. @param {string} key @throws {Error} the disk is full */
export async function markUsed(key) {
  const cache = await caches.open(CACHE_NAME);
  await cache.put(addressOf(key, "used"), Response.json(Date.now()));
}
