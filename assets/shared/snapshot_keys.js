/**
 * The addresses of snapshots in the browser's Cache Storage, each in several parts. The worker writes them. The page reads
 * them, because its thread is free while Python starts. worker/snapshot/ has their format.
 */

/** @typedef {import("./protocol.js").Start} Start */

/**
 * `entry` is the description (worker/snapshot/entry.js); `heap` and `files` are the content; `used` is the time of the
 * last use, in milliseconds since 1970.
 * @typedef {"entry" | "heap" | "files" | "used"} Part
 */

/** @type {Part[]} */
export const PARTS = ["entry", "heap", "files", "used"];

/** With the version of the format. */
export const CACHE_NAME = "pyrun-snapshots-1";

/** Pages that are not served over https have no Cache Storage. */
export function canStore() {
  return "caches" in self;
}

/** An address in pyrun's folder, which is never fetched. @param {string} key @param {Part} part */
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
 * One part, if it is stored. Opening the cache would create it.
 * @param {string} key
 * @param {Part} part
 * @throws {Error} the browser blocks storage
 */
export function findPart(key, part) {
  return caches.match(addressOf(key, part), { cacheName: CACHE_NAME });
}

/** Records that a snapshot was used. @param {string} key @throws {Error} the disk is full */
export async function markUsed(key) {
  const cache = await caches.open(CACHE_NAME);
  await cache.put(addressOf(key, "used"), Response.json(Date.now()));
}
