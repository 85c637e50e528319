/**
 * Snapshots in the browser's Cache Storage, which belongs to the site. There is one for each set of what goes into it, at
 * most so many of them, and each is checked before it is used.
 */

/** @typedef {import("../../protocol.js").Start} Start */
/** @typedef {import("./snapshot.js").Description} Description */
/** @typedef {import("./snapshot.js").ComingSnapshot} ComingSnapshot */
/** @typedef {import("./snapshot.js").Snapshot} Snapshot */

/** The number is that of the format. */
export const CACHE_NAME = "pyrun-snapshots-1";

const MOST_SNAPSHOTS = 5;
const MOST_BYTES = 600e6;

/** A site that fills more than this part of what the browser lets it have may lose all of it. */
const LARGEST_SHARE = 0.5;

/** @typedef {{ description: Description, heapSum: string, filesSum: string, bytes: number, used: number }} Entry */

/**
 * The key of the snapshot for a start. Whatever would give another interpreter is in it: Pyodide and its lock file
 * by their addresses, which carry versions and checksums, our own version by that of this worker, the browser, and what
 * Python asks it for once: the language and the time zone.
 * @param {Start} start
 * @returns {Promise<string>}
 */
export async function keyOf({ pyodideUrl, lockUrl, packages, imports, waiting }) {
  const parts = [
    ...[pyodideUrl, lockUrl, self.location.href, waiting.way === "jspi"],
    ...[navigator.userAgent, navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone],
    ...[[...packages].sort(), [...(imports ?? [])].sort()],
  ];
  const key = JSON.stringify(parts);
  return canStore() ? sumOf(new TextEncoder().encode(key)) : key;
}

/** Pages that do not come over https have neither caches nor sums. */
export function canStore() {
  return "caches" in self;
}

/**
 * A snapshot, if there is one. Its bytes reject if they are not there.
 * @param {string} key
 * @returns {Promise<ComingSnapshot | null>}
 * @throws {Error} it cannot be read
 */
export async function find(key) {
  if (!canStore()) return null;
  // Asked for at once: each answer takes its time.
  const [coming, heap, files] = [read(key), bytesOf(key, "heap"), bytesOf(key, "files")];
  void Promise.allSettled([heap, files]); // where there is no entry, nobody wants to hear of them
  const entry = await coming;
  if (!entry) return null;
  const intact = Promise.all([heap.then(sumOf), files.then(sumOf)]).then(
    ([heapSum, filesSum]) => heapSum === entry.heapSum && filesSum === entry.filesSum,
  );
  intact.catch(() => {}); // whoever restores it hears of it
  return { description: entry.description, heap, files, intact };
}

/** Notes that it has been used. @param {string} key @throws {Error} the disk is full */
export async function markUsed(key) {
  const entry = canStore() ? await read(key) : null;
  if (entry) await write(await caches.open(CACHE_NAME), key, { ...entry, used: Date.now() });
}

/** Whether there is one. @param {string} key */
export async function has(key) {
  return Boolean(await read(key));
}

/**
 * Keeps a snapshot, and drops those that have not been used for longest.
 * @param {string} key
 * @param {Snapshot} snapshot
 * @throws {Error} there is no room
 */
export async function keep(key, { description, heap, files }) {
  const bytes = heap.length + files.length;
  // WebKitGTK has no `navigator.storage` in a worker.
  const { quota = Number.POSITIVE_INFINITY, usage = 0 } = (await navigator.storage?.estimate()) ?? {};
  if (bytes > MOST_BYTES || usage + bytes > quota * LARGEST_SHARE) throw new Error("there is no room");
  const cache = await caches.open(CACHE_NAME);
  const [heapSum, filesSum] = await Promise.all([sumOf(heap), sumOf(files)]);
  try {
    await cache.put(place(key, "heap"), new Response(heap));
    await cache.put(place(key, "files"), new Response(files));
    // Last, because without it the others are nothing.
    await write(cache, key, { description, heapSum, filesSum, bytes, used: Date.now() });
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
  await Promise.all(["entry", "heap", "files"].map((part) => cache.delete(place(key, part))));
}

/** @param {Cache} cache */
async function dropOldest(cache) {
  const requests = await cache.keys();
  const keys = new Set(requests.map(({ url }) => new URL(url).searchParams.get("snapshot") ?? ""));
  /** @type {{ key: string, bytes: number, used: number }[]} */
  const found = [];
  for (const key of keys) {
    const entry = await read(key);
    found.push({ key, bytes: entry?.bytes ?? 0, used: entry?.used ?? 0 });
  }
  found.sort((one, other) => other.used - one.used);
  let bytes = 0;
  for (const [index, each] of found.entries()) {
    bytes += each.bytes;
    if (each.used === 0 || index >= MOST_SNAPSHOTS || bytes > MOST_BYTES) await drop(each.key);
  }
}

/** An address below the worker's own; nothing is ever fetched from there. @param {string} key @param {string} part */
function place(key, part) {
  const url = new URL(self.location.href);
  url.search = String(new URLSearchParams({ snapshot: key, part }));
  return url.href;
}

/** A part; to open the cache would make it. @param {string} key @param {string} name */
function part(key, name) {
  return caches.match(place(key, name), { cacheName: CACHE_NAME });
}

/** @param {string} key @returns {Promise<Entry | null>} */
async function read(key) {
  const response = await part(key, "entry");
  return response ? response.json() : null;
}

/** @param {Cache} cache @param {string} key @param {Entry} entry */
async function write(cache, key, entry) {
  await cache.put(place(key, "entry"), Response.json(entry));
}

/** @param {string} key @param {"heap" | "files"} name @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function bytesOf(key, name) {
  const response = await part(key, name);
  if (!response) throw new Error(`a part of the snapshot is missing: ${name}`);
  return new Uint8Array(await (await response.blob()).arrayBuffer()); // as a stream it takes twice as long
}

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Promise<string>} its SHA-256, in hexadecimal digits */
async function sumOf(bytes) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
