/** Seals of snapshots: nothing passes but what a page has sealed, with its own secret, for the same key. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { digested, openSeal, seal, verify } from "../../assets/page/snapshots/seal.js";
import { findSecret } from "../../assets/page/snapshots/secret.js";

const KEY = "a page";
const MEBIBYTE = 2 ** 20;

/** Two whole pieces and a part of a third. */
const HEAP = new Uint8Array(9 * MEBIBYTE).map((_, index) => index % 251);
const FILES = new Uint8Array([1, 2, 3]);
const ENTRY = new TextEncoder().encode("{}");
/** The heap in pieces that begin and end anywhere, and one with nothing in it. */
const RUNS = [0, 5, 5, 3 * MEBIBYTE, 8 * MEBIBYTE + 1].map((start, index, starts) =>
  HEAP.subarray(start, starts[index + 1]),
);
const PARTS = { entry: [ENTRY], heap: RUNS, files: [FILES] };

/** A browser's storage. @param {Record<string, string>} [items] */
function browser(items = {}) {
  const storage = {
    getItem: (/** @type {string} */ name) => items[name] ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => {
      items[name] = value;
    },
  };
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
  return items;
}

/** Seals parts as the page does. @param {CryptoKey} by @param {string} key @param {typeof PARTS} parts */
async function sealAll(by, key, parts) {
  const empty = () => ({ bytes: 0, pieces: /** @type {string[]} */ ([]) });
  const found = { entry: empty(), heap: empty(), files: empty() };
  for (const part of /** @type {const} */ (["entry", "heap", "files"])) {
    const read = [];
    for await (const piece of digested(by, part, parts[part], found[part])) read.push(piece);
    assert.ok(Buffer.concat(read).equals(Buffer.concat(parts[part])), part);
  }
  return seal(by, key, found);
}

const secretOfBrowser = async () => /** @type {CryptoKey} */ (await findSecret({ isMade: true }));

browser();
const secret = await secretOfBrowser();
const sealed = await sealAll(secret, KEY, PARTS);
const digests = await openSeal(secret, KEY, sealed);

/** @param {(copy: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> | void} change */
const changed = (change) => {
  const copy = HEAP.slice();
  return change(copy) ?? copy;
};

test("what was sealed passes", async () => {
  await verify(secret, "heap", HEAP, digests.heap);
  await verify(secret, "files", FILES, digests.files);
  await verify(secret, "files", new Uint8Array(), { bytes: 0, pieces: [] });
});

test("content that is damaged, cut short, longer, or in another order is refused", async () => {
  const damaged = [
    ...[0, 4 * MEBIBYTE, HEAP.length - 1].map((at) => changed((copy) => copy.fill(255, at, at + 1))),
    changed((copy) => copy.slice(0, -1)),
    changed((copy) => copy.slice(0, 4 * MEBIBYTE)),
    new Uint8Array([...FILES, 0]),
    changed((copy) => {
      copy.copyWithin(0, 4 * MEBIBYTE, 8 * MEBIBYTE);
      copy.set(HEAP.subarray(0, 4 * MEBIBYTE), 4 * MEBIBYTE);
    }),
  ];
  for (const content of damaged) await assert.rejects(verify(secret, "heap", content, digests.heap));
  await assert.rejects(verify(secret, "heap", FILES, digests.heap));
  await assert.rejects(verify(secret, "files", HEAP, digests.files));
});

test("a digest stands for no other part, no other piece, and no seal", async () => {
  const { bytes, pieces } = digests.heap;
  await assert.rejects(verify(secret, "files", HEAP, digests.heap), /for something else/);
  const [first = ""] = pieces;
  const twice = new Uint8Array([...HEAP.subarray(0, 4 * MEBIBYTE), ...HEAP.subarray(0, 4 * MEBIBYTE)]);
  const moved = { bytes: twice.length, pieces: [first, first] };
  await assert.rejects(verify(secret, "heap", twice, moved), /for something else/);
  // A part whose content is what a seal says.
  const json = JSON.stringify({ key: KEY, parts: { ...digests, heap: { bytes, pieces: [] } } });
  const other = await sealAll(secret, "another page", { ...PARTS, files: [new TextEncoder().encode(json)] });
  const [digest] = (await openSeal(secret, "another page", other)).files.pieces;
  await assert.rejects(openSeal(secret, KEY, `${digest}\n${json}`), /for something else/);
});

test("a seal of another key, of another secret, or that was changed is refused", async () => {
  await assert.rejects(openSeal(secret, "another page", sealed), /another snapshot/);
  const [digest, json = ""] = sealed.split("\n");
  const swapped = json.replace('"heap"', '"x"').replace('"files"', '"heap"').replace('"x"', '"files"');
  const forged = [swapped, json.replace(KEY, "b page"), `${json} `, "", "{}"].map(
    (text) => `${digest}\n${text}`,
  );
  for (const text of ["", "\n", json, sealed.slice(1), ...forged])
    await assert.rejects(openSeal(secret, KEY, text));
  browser();
  const other = await secretOfBrowser();
  await assert.rejects(openSeal(other, KEY, sealed));
  await assert.rejects(openSeal(secret, KEY, await sealAll(other, KEY, PARTS)));
});

test("a browser makes one secret, which leaves the page in no way", async () => {
  const items = browser();
  assert.equal(await findSecret({ isMade: false }), null);
  assert.deepEqual(items, {});
  const made = await secretOfBrowser();
  const found = /** @type {CryptoKey} */ (await findSecret({ isMade: false }));
  await openSeal(found, KEY, await sealAll(made, KEY, PARTS));
  assert.equal(found.extractable, false);
  await assert.rejects(crypto.subtle.exportKey("raw", found));
});

test("there is no secret where the browser blocks storage, where something else is stored, and without https", async () => {
  browser({ "pyrun-snapshot-secret": "not base64!" });
  assert.equal(await findSecret({ isMade: true }), null);
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    get() {
      throw new DOMException("refused", "SecurityError");
    },
  });
  assert.equal(await findSecret({ isMade: true }), null);
  const original = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  Object.defineProperty(globalThis, "crypto", { value: {}, configurable: true });
  assert.equal(await findSecret({ isMade: true }), null);
  Object.defineProperty(globalThis, "crypto", /** @type {PropertyDescriptor} */ (original));
});
