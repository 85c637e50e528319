/** The checksum of a snapshot detects damaged bytes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checksumOf } from "../../assets/worker/snapshot/checksum.js";

/** Four sums of four words each, then remaining words and bytes: the data takes every branch. */
const LENGTH = 67;
const BITS_OF_A_BYTE = 8;

/** @param {number} length */
const bytes = (length) => Uint8Array.from({ length }, (_, at) => (at * 7) % 251);

test("changing any single bit changes the sum", () => {
  const good = checksumOf(bytes(LENGTH));
  for (let at = 0; at < LENGTH; at += 1) {
    for (let bit = 0; bit < BITS_OF_A_BYTE; bit += 1) {
      const damaged = bytes(LENGTH);
      damaged[at] = /** @type {number} */ (damaged[at]) ^ (1 << bit);
      assert.notEqual(checksumOf(damaged), good, `bit ${bit} of byte ${at}`);
    }
  }
});

test("any change within one word changes the sum", () => {
  const good = checksumOf(bytes(LENGTH));
  for (let at = 0; at + 4 <= LENGTH; at += 4) {
    for (const word of [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0x9e3779b1]) {
      const damaged = bytes(LENGTH);
      new DataView(damaged.buffer).setUint32(at, word, true);
      assert.notEqual(checksumOf(damaged), good, `word ${word} at ${at}`);
    }
  }
});

test("files of different lengths have different sums", () => {
  const sums = new Set(Array.from({ length: 100 }, (_, length) => checksumOf(bytes(length))));
  assert.equal(sums.size, 100);
  assert.equal(
    new Set(Array.from({ length: 100 }, (_, length) => checksumOf(new Uint8Array(length)))).size,
    100,
  );
});

test("the sum of a long file changes if its end is missing or two words are exchanged", () => {
  const good = bytes(4099);
  const exchanged = good.slice();
  exchanged.set(good.subarray(16, 20), 0);
  exchanged.set(good.subarray(0, 4), 16);
  assert.equal(new Set([good, good.slice(0, 4096), exchanged].map(checksumOf)).size, 3);
  assert.equal(checksumOf(good), checksumOf(bytes(4099)));
});
