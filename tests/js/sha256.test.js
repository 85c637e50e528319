/** Checksums that a worker computes while Python waits are those of Node. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { integrityOf } from "../../assets/worker/start/sha256.js";

/** Around the length of a block, and of one with its end. */
const LENGTHS = [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 128, 100_000];

test("checksums are right for every length of the last block", () => {
  for (const length of LENGTHS) {
    const content = Uint8Array.from({ length }, (_, index) => (index * 131) ^ (index >> 7));
    const expected = createHash("sha256").update(content).digest("base64");
    assert.equal(integrityOf(content), `sha256-${expected}`, `${length} bytes`);
  }
});

test("a part of a buffer has the checksum of that part", () => {
  const buffer = Uint8Array.of(9, 1, 2, 3, 9);
  assert.equal(integrityOf(buffer.subarray(1, 4)), integrityOf(Uint8Array.of(1, 2, 3)));
});
