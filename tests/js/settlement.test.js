/** What a page reads in the settlement of its site, and which of its pages are switched off. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING_IS_OFF, OffSwitch } from "../../assets/page/settlement/off_switch.js";
import { Settlement } from "../../assets/page/settlement/settlement.js";
import { CONTENT, changed, integrity } from "./fake_settlement.js";

/** @import { Content } from "../../assets/page/settlement/settlement.js" */

const FOLDER = "https://example.org/docs/assets/pyrun/";

/** @param {string} [text] @param {string} [off] */
const read = (text = changed({}), off = "{}") =>
  new Settlement(text, `${FOLDER}settlement.json`, OffSwitch.read(off));

test("URLs are absolute, and relative to the file", () => {
  const settlement = read();
  assert.equal(settlement.pyodideUrl, `${FOLDER}pyodide-1/`);
  assert.equal(settlement.core["pyodide.mjs"]?.url, `${FOLDER}pyodide-1/pyodide.mjs`);
  assert.deepEqual(settlement.core["pyodide.asm.wasm"], {
    url: "https://cdn.example.org/pyodide.asm.wasm",
    integrity: integrity("3"),
  });
  assert.deepEqual(settlement.lock, {
    url: `${FOLDER}packages/pyodide-lock-1.json`,
    integrity: integrity("6"),
  });
  assert.equal(read(changed({ lock: null })).lock, null);
});

test("an example has packages for the start and for the run, and files", () => {
  assert.deepEqual(read().neededBy("a"), {
    start: ["site", "pandas"],
    run: [],
    files: [{ path: "data/x.csv", address: "", url: `${FOLDER}files/x.csv`, integrity: integrity("x") }],
  });
  assert.deepEqual(read().neededBy("c"), { start: [], run: [], files: [] });
});

test("an example without an id has the packages of the whole site", () => {
  assert.deepEqual(read().neededBy(undefined), { start: ["site"], run: [], files: [] });
});

test("an unknown id is an error that names the id and the file", () => {
  for (const id of ["d", "toString", "__proto__"]) {
    const expected = `${FOLDER}settlement.json lists no example with the id ${id}`;
    assert.throws(() => read().neededBy(id), { message: expected });
  }
});

test("Python starts with the packages of all examples of the page that are known", () => {
  assert.deepEqual(read().startPackages([undefined, "a", "b", "unknown"]), ["site", "pandas"]);
});

test("the wheels of packages are those of everything that they depend on, largest first", () => {
  assert.deepEqual(read().wheelsOf(["site", "pandas", "unknown"]), [
    { url: "https://cdn.example.org/pandas.whl", bytes: 9, integrity: integrity("p") },
    { url: `${FOLDER}packages/site.whl`, bytes: 5, integrity: integrity("s") },
    { url: `${FOLDER}packages/numpy.whl`, bytes: 3, integrity: integrity("n") },
  ]);
});

test("packages that depend on each other have one wheel each", () => {
  const one = { url: "one.whl", bytes: 1, integrity: integrity("1"), depends: ["two"] };
  const packages = { one, two: { ...one, url: "two.whl", depends: ["one"] } };
  assert.equal(read(changed({ packages })).wheelsOf(["one"]).length, 2);
});

test("a Python fits if Pyodide and its lock file are the same, and in the same place", () => {
  const before = read();
  const fits = (/** @type {Partial<Content>} */ changes) => before.hasSamePython(read(changed(changes)));
  const { pyodide, lock } = CONTENT;
  assert.equal(fits({ start: [] }), true);
  assert.equal(fits({ lock: lock && { ...lock, url: "other.json" } }), false);
  assert.equal(fits({ lock: lock && { ...lock, integrity: integrity("x") } }), false);
  assert.equal(fits({ pyodide: { ...pyodide, url: "pyodide-2/" } }), false);
  const files = Object.entries(pyodide.files).reverse();
  assert.equal(fits({ pyodide: { ...pyodide, files: Object.fromEntries(files) } }), true);
  const other = { ...pyodide.files, "pyodide.asm.wasm": core("pyodide.asm.wasm", integrity("x")) };
  assert.equal(fits({ pyodide: { ...pyodide, files: other } }), false);
});

/** @type {import("../../assets/page/settlement/settlement.js").Package} */
const NUMPY = { url: "numpy.whl", bytes: 3, integrity: integrity("n"), depends: [] };

/** @param {string} name @param {string} checksum @returns {[url: string, integrity: string]} */
const core = (name, checksum) => [CONTENT.pyodide.files[name]?.[0] ?? "", checksum];

/** @param {string} name of a file of the core @param {string} checksum */
const withCore = (name, checksum) =>
  changed({
    pyodide: { ...CONTENT.pyodide, files: { ...CONTENT.pyodide.files, [name]: core(name, checksum) } },
  });

test("the parts of the library have their sizes, in their order", () => {
  const bin = ["two.bin", "one.bin"].map((name) => [name, [`pyodide-1/${name}`, integrity(name.charAt(0))]]);
  const files = { ...CONTENT.pyodide.files, ...Object.fromEntries(bin) };
  /** @type {[name: string, bytes: number][]} */
  const rest = [
    ["two.bin", 22],
    ["one.bin", 11],
  ];
  const { rest: found, core: all } = read(changed({ pyodide: { ...CONTENT.pyodide, files, rest } }));
  assert.deepEqual(found, [
    { ...all["two.bin"], bytes: 22 },
    { ...all["one.bin"], bytes: 11 },
  ]);
  assert.deepEqual(read(changed({})).rest, []);
});

/** @type {Record<string, [text: string, message: RegExp]>} */
const DAMAGED = {
  "half a file": [changed({}).slice(0, 50), /JSON/],
  "a page instead": ["<!doctype html>", /JSON/],
  nothing: ["null", /format undefined, and this page reads 3/],
  "another format": [changed({ format: 1 }), /format 1, and this page reads 3/],
  "no packages": [changed({}).replace('"packages"', '"package"'), /incomplete/],
  "a package without a URL": [changed({ packages: { numpy: /** @type {any} */ ({}) } }), /incomplete/],
  "a package without a checksum": [
    changed({ packages: { numpy: { ...NUMPY, integrity: "" } } }),
    /incomplete/,
  ],
  "a core without a file": [changed({}).replace('"python_stdlib.zip"', '"other.zip"'), /incomplete/],
  "a core without glue": [changed({}).replace('"pyodide.asm.mjs"', '"other.mjs"'), /incomplete/],
  "a core file without a checksum": [withCore("pyodide.asm.wasm", ""), /incomplete/],
  "a core file with a checksum that browsers ignore": [withCore("pyodide.mjs", "sha256-x"), /incomplete/],
  "a core file with a weak checksum": [withCore("pyodide.mjs", "md5-1B2M2Y8AsgTpgAmY7PhCfg=="), /incomplete/],
  "a part of the library that is no file": [
    changed({ pyodide: { ...CONTENT.pyodide, rest: [["other.bin", 7]] } }),
    /incomplete/,
  ],
  "a part of the library without a size": [
    changed({ pyodide: { ...CONTENT.pyodide, rest: /** @type {any} */ ([["pyodide.mjs"]]) } }),
    /incomplete/,
  ],
  "glue without a checksum": [withCore("pyodide.asm.mjs", ""), /incomplete/],
  "a lock file without a checksum": [changed({ lock: { url: "lock.json", integrity: "" } }), /incomplete/],
  "a lock file that is an address": [changed({ lock: /** @type {any} */ ("lock.json") }), /incomplete/],
  "no lock file": [changed({ lock: /** @type {any} */ (undefined) }), /incomplete/],
  "a file of an example without a checksum": [
    changed({ examples: { a: { files: [["x.csv", "files/x.csv", 7, ""]] } } }),
    /incomplete/,
  ],
  "an example with a number": [changed({ examples: { a: { start: /** @type {any} */ (1) } } }), /incomplete/],
};

for (const [what, [text, message]] of Object.entries(DAMAGED)) {
  test(`${what} is an error that says what is wrong`, () => assert.throws(() => read(text), message));
}

test("patterns are compared with paths below the root of the site", () => {
  const settlement = read(changed({}), '{"pages": ["guide/*", "faq.html"], "message": "Not today."}');
  const isOff = (/** @type {string} */ path) => settlement.whyOff(`https://example.org${path}`) !== null;
  assert.equal(settlement.whyOff("https://example.org/docs/guide/plots/#x"), "Not today.");
  assert.deepEqual(
    ["/docs/guide/a/b.html?c", "/docs/faq.html", "/docs/xfaq.html", "/docs/", "/guide/"].map(isOff),
    [true, true, false, false, false],
  );
});

test("a page that is a folder has the name of its index, too", () => {
  for (const [pattern, path] of [
    ["guide/", "guide/index.html"],
    ["guide/index.html", "guide/"],
    ["index.html", ""],
    ["", "index.html"],
    ["*", ""],
    ["f(1)+.html", "f(1)+.html"],
  ]) {
    assert.equal(typeof new OffSwitch([pattern ?? ""], "").reasonFor(path ?? ""), "string", pattern);
  }
});

test("a path in a URL is decoded", () => {
  const settlement = read(changed({}), '{"pages": ["über uns/*"]}');
  assert.equal(settlement.whyOff("https://example.org/docs/%C3%BCber%20uns/x"), "");
  assert.equal(settlement.whyOff("https://example.org/docs/%FF/"), null);
});

test("an off switch that says something else is an error", () => {
  for (const text of ['{"pages": "*"}', '{"pages": [1]}', '{"pages": [], "message": 1}', "", "null"]) {
    assert.throws(() => OffSwitch.read(text));
  }
  assert.equal(NOTHING_IS_OFF.reasonFor("x"), null);
});
