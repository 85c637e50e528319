/** Checksums that a worker computes while Python waits are those of Node. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { integrityOf } from "../../assets/worker/start/sha256.js";

test("a checksum is the one that settlements have, also of a part of a buffer", () => {
  const buffer = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 131) ^ (index >> 7));
  const content = buffer.subarray(7, 90_001);
  const expected = createHash("sha256").update(content).digest("base64");
  assert.equal(integrityOf(content), `sha256-${expected}`);
});
