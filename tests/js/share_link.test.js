/** Links with code: what goes in comes out, and what somebody has forged does not. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { decodeLink, encodeLink, FRAGMENT, LinkError } from "../../assets/page/share/link.js";

const SHARED = {
  cell: "hello",
  of: "abc",
  files: [{ name: "cell1.py", code: "print('<b>ünï</b> & 🐍')\n" }],
  packages: [],
};

/** @param {Buffer | string} content */
const pack = (content) => FRAGMENT + deflateSync(content).toString("base64url");

/** @param {string} reason */
const refused = (reason) => (/** @type {unknown} */ error) =>
  error instanceof LinkError && error.reason === reason;

test("a link holds code of any characters, in an address that needs no escapes", async () => {
  const fragment = await encodeLink(SHARED);
  assert.match(fragment, /^#pyrun=[\w-]+$/);
  assert.deepEqual(await decodeLink(fragment), SHARED);
});

test("a link of a playground holds files, packages, and which files are gone", async () => {
  const files = [...SHARED.files, { name: "helper.py", code: "x = 1" }];
  const shared = { ...SHARED, files, packages: ["numpy", "typing_extensions"], deleted: ["data.csv"] };
  assert.deepEqual(await decodeLink(await encodeLink(shared)), shared);
});

test("a link whose files could lead elsewhere, or are too many, is damaged", async () => {
  const [main] = SHARED.files;
  const file = (/** @type {string} */ name) => ({ name, code: "" });
  const wrong = [
    ...["../x.py", "a/b.py", "/etc/x", "..", ".x", "main.py", "", "a\u202eb.py"].map((name) => ({
      files: [main, file(name)],
    })),
    { files: [main, file("a.py"), file("a.py")] },
    { files: [main, ...Array.from({ length: 40 }, (_, number) => file(`m${number}.py`))] },
    { deleted: ["../x.py"] },
    { deleted: "x.py" },
    { packages: ["https://example.org/x.whl"] },
    { packages: ["emfs:/x.whl"] },
  ];
  for (const each of wrong)
    await assert.rejects(decodeLink(pack(JSON.stringify({ v: 1, ...SHARED, ...each }))), refused("damaged"));
});

test("a link that was cut off, changed or never was one is damaged", async () => {
  const fragment = await encodeLink(SHARED);
  const wrong = [
    "#pyrun=",
    "#other=x",
    "#pyrun=<img src=x onerror=alert(1)>",
    "#pyrun=%41",
    "#pyrun=A",
    "#pyrun=AAAA",
    fragment.slice(0, -4),
    `${fragment.slice(0, -6)}AAAAAA`,
    pack("not JSON"),
    pack("null"),
    pack("[1]"),
    pack(Buffer.from([0x22, 0xff, 0xfe, 0x22])),
    pack(JSON.stringify({ v: 1, ...SHARED, files: [] })),
    pack(JSON.stringify({ v: 1, ...SHARED, files: [{ name: "x", code: 7 }] })),
    pack(JSON.stringify({ v: 1, ...SHARED, cell: { toString: 1 } })),
    pack(JSON.stringify({ v: 1, ...SHARED, packages: [{}] })),
  ];
  for (const each of wrong) await assert.rejects(decodeLink(each), refused("damaged"), each);
});

test("a link that unpacks to ten megabytes is refused before all of it is unpacked", async () => {
  const bomb = pack(Buffer.alloc(10_000_000, 0x20));
  assert.ok(bomb.length < 20_000);
  await assert.rejects(decodeLink(bomb), refused("large"));
  await assert.rejects(decodeLink(FRAGMENT + "A".repeat(100_000)), refused("large"));
});

test("a link of a newer version says so", async () => {
  await assert.rejects(decodeLink(pack(JSON.stringify({ v: 2, code: "?" }))), refused("newer"));
});

test("code that is too long for a link is refused", async () => {
  const code = (/** @type {string} */ text) => ({ ...SHARED, files: [{ name: "x", code: text }] });
  await assert.rejects(encodeLink(code("x".repeat(1_000_000))), refused("large"));
  let noise = "";
  for (let seed = 1; noise.length < 150_000; seed = (seed * 16_807) % 2_147_483_647)
    noise += seed.toString(36);
  await assert.rejects(encodeLink(code(noise)), refused("large"));
});

test("line ends of other systems become those of the editor", async () => {
  const fragment = pack(JSON.stringify({ v: 1, ...SHARED, files: [{ name: "x", code: "a\r\nb\rc" }] }));
  assert.equal((await decodeLink(fragment)).files[0]?.code, "a\nb\nc");
});
