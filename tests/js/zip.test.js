/** Archives that lie about their files are refused before anything of them is unpacked, or Pyodide gets them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, deflateRawSync } from "node:zlib";

Object.assign(globalThis, { self: globalThis }); // as in a worker
const { PublishedPackages } = await import("../../assets/worker/packages/published_packages.js");
const { unpackWheel } = await import("../../assets/worker/packages/wheels.js");
const { RefusedArchive } = await import("../../assets/worker/packages/zip.js");

/** @import { Prefetcher } from "../../assets/worker/pyodide/prefetch.js" */

/**
 * A file for `zip`. `local` and `central` replace fields of one header; `at` is where the file list finds it.
 * @typedef {{
 *   name: string, content?: Uint8Array | string, stored?: boolean, packed?: Uint8Array, at?: number,
 *   local?: Partial<Fields>, central?: Partial<Fields>,
 * }} Part
 */
/** @typedef {{ signature: number, name: string, flags: number, method: number, crc: number, packedBytes: number, bytes: number, commentBytes: number }} Fields */

/** @param {Fields} fields @param {number} [offset] of the file, in a header of the list */
function header({ signature, name, flags, method, crc, packedBytes, bytes, commentBytes }, offset) {
  const isCentral = offset !== undefined;
  const encoded = Buffer.from(name);
  const fixed = Buffer.alloc(isCentral ? 46 : 30);
  const at = fixed.writeUInt32LE(signature) + (isCentral ? 4 : 2);
  fixed.writeUInt16LE(flags, at);
  fixed.writeUInt16LE(method, at + 2);
  for (const [index, value] of [crc, packedBytes, bytes].entries())
    fixed.writeUInt32LE(value, at + 8 + 4 * index);
  fixed.writeUInt16LE(encoded.length, at + 20);
  if (isCentral) {
    fixed.writeUInt16LE(commentBytes, 32);
    fixed.writeUInt32LE(offset, 42);
  }
  return Buffer.concat([fixed, encoded]);
}

/**
 * @param {Part[]} parts
 * @param {{ count?: number, offset?: number, after?: Uint8Array | string, listed?: Uint8Array }} [end] what replaces fields of
 *   the end, stands after it, and belongs to the list
 */
function zip(parts, { count = parts.length, offset, after = "", listed = new Uint8Array() } = {}) {
  const pieces = [];
  const list = [];
  let length = 0;
  for (const { name, content = "", stored = false, packed, at, local, central } of parts) {
    const bytes = Buffer.from(content);
    const body = packed ?? (stored ? bytes : deflateRawSync(bytes));
    const common = {
      ...{ name, flags: 0, method: stored ? 0 : 8, commentBytes: 0 },
      ...{ crc: crc32(bytes), packedBytes: body.length, bytes: bytes.length },
    };
    list.push(header({ ...common, signature: 0x02014b50, ...central }, at ?? length));
    const piece = Buffer.concat([header({ ...common, signature: 0x04034b50, ...local }), body]);
    pieces.push(piece);
    length += piece.length;
  }
  const central = Buffer.concat([...list, listed]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset ?? length, 16);
  return new Uint8Array(Buffer.concat([...pieces, central, end, Buffer.from(after)]));
}

/** @param {Uint8Array} archive @param {Uint8Array} comment @param {number} said the length that the end in the comment says */
function withComment(archive, comment, said) {
  const both = Buffer.concat([archive, comment]);
  both.writeUInt16LE(comment.length, archive.length - 2);
  both.writeUInt16LE(said, both.length - 2);
  return new Uint8Array(both);
}

/** The record that says where the one for Zip64 is. */
const LOCATOR = Buffer.alloc(20);
LOCATOR.writeUInt32LE(0x07064b50);

const LONG = new Uint8Array(200_000).map((_, index) => index % 251);
const BOMB = deflateRawSync(new Uint8Array(100_000));

test("honest archives are unpacked: deflated, stored, streamed, empty, in folders", async () => {
  const parts = [
    { name: "a/deflated", content: LONG },
    { name: "a/stored", content: LONG, stored: true },
    { name: "a/nothing", content: "", stored: true },
    { name: "a/empty", content: "" },
    { name: "a/" },
    {
      name: "streamed",
      content: "text",
      local: { flags: 8, crc: 0, packedBytes: 0, bytes: 0 },
      central: { flags: 8 },
    },
    { name: "p-1.dist-info/METADATA", content: "for Pyodide" },
  ];
  const { files } = await unpackWheel(zip(parts));
  assert.deepEqual(files, [
    ["a/deflated", LONG],
    ["a/stored", LONG],
    ["a/nothing", new Uint8Array()],
    ["a/empty", new Uint8Array()],
    ["streamed", new Uint8Array(Buffer.from("text"))],
  ]);
});

/** @type {Record<string, [archive: Uint8Array<ArrayBuffer>, reason: RegExp]>} */
const REFUSED = {
  "no archive": [new Uint8Array(100), /no zip archive/],
  "nothing at all": [new Uint8Array(), /no zip archive/],
  "an archive that was cut off": [zip([{ name: "a", content: "text" }]).slice(0, -30), /no zip archive/],
  "an archive with something before it": [
    new Uint8Array([0, ...zip([{ name: "a", content: "text" }])]),
    /list of files is not where/,
  ],
  "an archive with something after it": [
    zip([{ name: "a" }], { after: "more" }),
    /does not end where it says/,
  ],
  "an end in the comment that Python would take": [
    withComment(zip([{ name: "good" }]), zip([{ name: "evil" }], { after: "more" }).slice(0, -4), 7),
    /does not end where it says/,
  ],
  "a record for Zip64 that Python would follow": [
    zip([{ name: "a", central: { commentBytes: 20 } }], { listed: LOCATOR }),
    /two lists of files/,
  ],
  "a list that is elsewhere": [zip([{ name: "a" }], { offset: 3 }), /list of files is not where/],
  "more files than there are": [zip([{ name: "a" }], { count: 60_000 }), /header is (missing|outside)/],
  "fewer files than there are": [zip([{ name: "a" }, { name: "b" }], { count: 1 }), /not as long as it says/],
  "a file outside of the archive": [zip([{ name: "a", at: 1e9 }]), /header is outside/],
  "a file that is no file": [zip([{ name: "a", content: "text", at: 2 }]), /header is missing/],
  "content that reaches into the list": [
    zip([
      {
        name: "a",
        stored: true,
        content: "text",
        local: { bytes: 30, packedBytes: 30 },
        central: { bytes: 30, packedBytes: 30 },
      },
    ]),
    /overlap/,
  ],
  "one content for two files": [
    zip([
      { name: "a", content: "x" },
      { name: "a", content: "x", at: 0 },
    ]),
    /overlap/,
  ],
  "a name twice": [
    zip([
      { name: "a", content: "x" },
      { name: "a", content: "y" },
    ]),
    /a twice/,
  ],
  "a file that is a folder": [
    zip([{ name: "a", content: "x" }, { name: "a/b/c" }]),
    /a is a file and a folder/,
  ],
  "a name that differs": [zip([{ name: "a", local: { name: "b" } }]), /two different things about a/],
  "a size that differs": [zip([{ name: "a", content: "x", local: { bytes: 2 } }]), /two different things/],
  "a packed size that differs": [
    zip([{ name: "a", content: "x", local: { packedBytes: 2 } }]),
    /two different/,
  ],
  "a method that differs": [zip([{ name: "a", content: "x", local: { method: 0 } }]), /two different things/],
  "a checksum that differs": [zip([{ name: "a", content: "x", local: { crc: 2 } }]), /two different things/],
  "a stored size that lies": [
    zip([{ name: "a", stored: true, content: "x", local: { bytes: 2 }, central: { bytes: 2 } }]),
    /cannot be as long/,
  ],
  "a size that deflate cannot reach": [
    zip([{ name: "a", content: "x", local: { bytes: 9e8 }, central: { bytes: 9e8 } }]),
    /cannot be as long/,
  ],
  "more than the browser can hold": [
    zip(
      ["a", "b"].map((name) => {
        const sizes = { bytes: 6e8 };
        return { name, packed: new Uint8Array(600_000), local: sizes, central: sizes };
      }),
    ),
    /1200000000 bytes/,
  ],
  "more content than it says": [
    zip([{ name: "a", packed: BOMB, local: { bytes: 5000 }, central: { bytes: 5000 } }]),
    /a is not what the archive says/,
  ],
  "less content than it says": [
    zip([{ name: "a", content: "text", local: { bytes: 5 }, central: { bytes: 5 } }]),
    /a is not what the archive says/,
  ],
  "a wrong checksum": [
    zip([{ name: "a", content: "text", local: { crc: 1 }, central: { crc: 1 } }]),
    /a is not what the archive says/,
  ],
  "a wrong checksum of stored content": [
    zip([{ name: "a", stored: true, content: "text", local: { crc: 1 }, central: { crc: 1 } }]),
    /a is not what the archive says/,
  ],
  "something after the compressed content": [
    zip([
      { name: "a", content: "text", packed: Buffer.concat([deflateRawSync("text"), Buffer.from("more")]) },
    ]),
    /a is not what the archive says/,
  ],
  "content that is not compressed": [
    zip([{ name: "a", content: "text", packed: Buffer.from("text") }]),
    /a is not what the archive says/,
  ],
  "a name outside of the folder": [zip([{ name: "a/../../b" }]), /outside of its folder/],
  "metadata outside of the folder": [zip([{ name: "a.dist-info/../../b" }]), /outside of its folder/],
  "an absolute name": [zip([{ name: "/etc/x" }]), /outside of its folder/],
};

for (const [name, [archive, reason]] of Object.entries(REFUSED)) {
  test(`refused: ${name}`, async () => {
    await assert.rejects(unpackWheel(archive), (error) => {
      assert.ok(error instanceof RefusedArchive, String(error));
      assert.match(error.message, reason);
      return true;
    });
  });
}

/** @type {Record<string, Uint8Array<ArrayBuffer>>} */
const FOR_PYODIDE = {
  encrypted: zip([{ name: "a", local: { flags: 1 }, central: { flags: 1 } }]),
  "another compression": zip([{ name: "a", local: { method: 14 }, central: { method: 14 } }]),
  "large files": zip([{ name: "a", central: { bytes: 0xffffffff } }]),
  "many files": zip([{ name: "a" }], { count: 0xffff }),
  "other letters": zip([{ name: "ä" }]),
};

for (const [name, archive] of Object.entries(FOR_PYODIDE)) {
  test(`left to Pyodide: ${name}`, async () => {
    await assert.rejects(unpackWheel(archive), (error) => !(error instanceof RefusedArchive));
  });
}

const SITE = "https://example.org/pyrun/";
const WHEEL = `${SITE}packages/evil-1-py3-none-any.whl`;

/** @param {Uint8Array<ArrayBuffer>} wheel @param {boolean} early whether it is known that the page needs it */
function published(wheel, early) {
  const lock = {
    packages: { evil: { name: "evil", file_name: "packages/evil-1-py3-none-any.whl", sha256: "" } },
  };
  const downloads = {
    begin() {},
    fetch: async (/** @type {string} */ url) =>
      url.endsWith(".json") ? Response.json(lock) : new Response(wheel),
  };
  return new PublishedPackages(
    {
      pyodideUrl: `${SITE}pyodide/`,
      lock: { url: `${SITE}lock.json`, integrity: "" },
      wheels: early ? [{ url: WHEEL, integrity: "", bytes: wheel.length }] : [],
    },
    /** @type {Prefetcher} */ (/** @type {unknown} */ (downloads)),
    () => {},
  );
}

test("Pyodide gets no part of a wheel that is refused, however often it asks", async () => {
  const [evil] = REFUSED["a name twice"] ?? [new Uint8Array()];
  for (const early of [true, false]) {
    const packages = published(evil, early);
    Object.assign(globalThis, { location: new URL(SITE) });
    await packages.fetch(`${SITE}pyodide/pyodide-lock.json`);
    for (let time = 0; time < 2; time += 1) {
      await assert.rejects(
        packages.fetch(`${SITE}pyodide/evil-1-py3-none-any.whl`, { integrity: "" }),
        new Error(`${WHEEL} was refused: it has a twice`),
      );
    }
  }
});

test("Pyodide gets a wheel that only it can unpack", async () => {
  const wheel = FOR_PYODIDE["other letters"] ?? new Uint8Array();
  for (const early of [true, false]) {
    const packages = published(wheel, early);
    await packages.fetch(`${SITE}pyodide/pyodide-lock.json`);
    const response = await packages.fetch(`${SITE}pyodide/evil-1-py3-none-any.whl`, { integrity: "" });
    assert.deepEqual(new Uint8Array(await response.arrayBuffer()), wheel);
  }
});
