/** WebAssembly is compiled while it arrives, and nobody gets the module before its checksum is compared. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { tellsOfChange } from "../../assets/shared/pinned_files.js";
import { compilePinned } from "../../assets/shared/pinned_wasm.js";

/** The smallest module, and a valid change of it. */
const SMALLEST = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const CHANGED = Uint8Array.of(...SMALLEST, 0, 2, 1, 0x78);
const URL = "https://example.org/a.wasm";
const integrity = `sha256-${createHash("sha256").update(SMALLEST).digest("base64")}`;

/** A server, and a browser that compares. @param {Uint8Array<ArrayBuffer>} content @param {string} [type] */
function serving(content, type = "application/wasm") {
  const sum = `sha256-${createHash("sha256").update(content).digest("base64")}`;
  /** @type {(string | undefined)[]} */
  const requests = [];
  /** @type {typeof fetch} */
  const answer = async (_, init) => {
    requests.push(init?.integrity);
    if (init?.integrity && init.integrity !== sum) throw new TypeError("Failed to fetch");
    return new Response(content, { headers: { "Content-Type": type } });
  };
  return { answer, requests };
}

for (const type of ["application/wasm", "application/octet-stream"]) {
  test(`a file of the type ${type} takes one request, which streams`, async () => {
    const { answer, requests } = serving(SMALLEST, type);
    assert.ok((await compilePinned({ url: URL, integrity }, {}, answer)) instanceof WebAssembly.Module);
    assert.deepEqual(requests, [undefined]);
  });
}

test("a changed file that can be compiled is refused", async () => {
  const { answer } = serving(CHANGED);
  await assert.rejects(compilePinned({ url: URL, integrity }, {}, answer), (error) => tellsOfChange(error));
});

test("a file without a checksum is never used", async () => {
  const { answer } = serving(SMALLEST);
  await assert.rejects(compilePinned({ url: URL, integrity: "" }, {}, answer), /no checksum/);
});
