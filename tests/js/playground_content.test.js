import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateRawSync } from "node:zlib";
import { contentOf, textOf } from "../../assets/page/playground/content.js";
import { freeName, isFileName, nameProblem } from "../../assets/page/playground/file_name.js";
import { FolderFiles } from "../../assets/page/playground/folder_files.js";
import { zip } from "../../assets/page/playground/zip.js";
import { readEntries, STORED } from "../../assets/worker/packages/zip.js";

const CONTENT = {
  main: "import helper\n\nprint(helper.x)",
  files: [
    { name: "helper.py", code: "x = 1\n" },
    { name: "my data.csv", code: "" },
  ],
  deleted: ["old.csv"],
  packages: ["numpy", "pandas"],
};

test("the content of a playground is one text, from which it can be read again", () => {
  const text = textOf(CONTENT);
  assert.match(text, /^import helper\n\nprint\(helper\.x\)\n-- helper\.py --\nx = 1\n\n-- my data\.csv --\n/);
  assert.deepEqual(contentOf(text), CONTENT);
});

test("code alone is the text itself", () => {
  const content = { main: "print(1)\n", files: [], deleted: [], packages: [] };
  assert.equal(textOf(content), "print(1)\n");
  assert.deepEqual(contentOf("print(1)\n"), content);
});

test("lines of code that read like the name of a file stay code", () => {
  const code = "'''\n-- helper.py --\n\\-- x --\n-- deleted: y --\n'''";
  const content = { main: code, files: [{ name: "a.txt", code }], deleted: [], packages: [] };
  assert.deepEqual(contentOf(textOf(content)), content);
});

test("files of a stored text whose names lead elsewhere, or come twice, are left out", () => {
  const text = "x\n-- ../a.py --\n1\n-- main.py --\n2\n-- b.py --\n3\n-- b.py --\n4\n-- .c --\n5";
  assert.deepEqual(contentOf(text).files, [{ name: "b.py", code: "3" }]);
});

test("a name is refused with a reason", () => {
  assert.equal(nameProblem("", []), "empty");
  assert.equal(nameProblem("MAIN.py", []), "taken");
  assert.equal(nameProblem("Helper.py", ["helper.py"]), "taken");
  for (const name of ["a/b.py", "..", ".hidden", "a:b", "con.py", "a\u202eb.py", " a.py", "x".repeat(300)])
    assert.equal(nameProblem(name, []), "invalid", name);
  for (const name of ["helper.py", "data.csv", "Zürich.txt", "a b.json"]) assert.ok(isFileName(name), name);
});

test("the next file has a free name", () => {
  assert.equal(freeName([]), "module.py");
  assert.equal(freeName(["module.py", "module2.py"]), "module3.py");
});

test("changes are those from what the author gave, and reset takes them back", () => {
  const authors = [
    { name: "data.csv", code: "a,b" },
    { name: "lib.py", code: "x = 1" },
  ];
  const folder = new FolderFiles(authors);
  assert.equal(folder.isChanged, false);
  const changes = {
    files: [
      { name: "lib.py", code: "x = 2" },
      { name: "new.txt", code: "n" },
    ],
    deleted: ["data.csv"],
    packages: ["numpy"],
  };
  folder.changes = changes;
  assert.deepEqual(
    folder.files.map(({ name }) => name),
    ["lib.py", "new.txt"],
  );
  assert.deepEqual(folder.changes, changes);
  folder.reset();
  assert.deepEqual(folder.files, authors);
  assert.deepEqual(folder.packages, []);
});

test("an archive holds the files, and is the same for the same files", async () => {
  const files = [
    { name: "ä.txt", code: "grün\n".repeat(100) },
    { name: "b.py", code: "" },
  ];
  const bytes = new Uint8Array(await zip(files).arrayBuffer());
  const found = readEntries(bytes).map(({ name, method, packed }) => ({
    name,
    code: new TextDecoder().decode(method === STORED ? packed : inflateRawSync(packed)),
  }));
  assert.deepEqual(found, files);
  assert.deepEqual(new Uint8Array(await zip(files).arrayBuffer()), bytes);
});
