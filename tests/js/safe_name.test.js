/** Names of files that code writes can deceive neither the reader nor the reader's computer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { safeName, shownPath } from "../../assets/page/files/safe_name.js";

const NAMES = {
  "data.csv": "data.csv",
  "folder/no extension": "no extension",
  "résumé – 日本語.tar.gz": "résumé – 日本語.tar.gz",
  "שלום.txt": "שלום.txt",
  "👩‍💻.png": "👩‍💻.png", // with a joiner
  "../../.ssh/authorized_keys": "authorized_keys",
  "..\\..\\Startup\\evil.bat": "evil.bat",
  "C:\\evil.exe": "evil.exe",
  "report.txt:evil.exe": "report.txt_evil.exe",
  ".bashrc": "_bashrc",
  "...": "_",
  "..": "_",
  "name.": "name_",
  "name. . .": "name_",
  " name ": "name",
  "photo\u202egpj.exe": "photo_gpj.exe",
  "photo\u2066\u200fgpj.exe": "photo__gpj.exe",
  "photo\u200b\ufeff.exe": "photo__.exe",
  "photo\u{e0041}.exe": "photo_.exe",
  "photo.jpg                         \u3000   .exe": "photo.jpg .exe",
  "a\r\nb\0c\x1b[31m\x85.txt": "a__b_c_[31m_.txt",
  "\ud800.txt": "_.txt",
  'a<b>|?*".txt': "a_b_____.txt",
  CON: "_CON",
  "nul.txt": "_nul.txt",
  "Aux .tar.gz": "_Aux .tar.gz",
  "com1.csv": "_com1.csv",
  "LPT².csv": "_LPT².csv",
  conin$: "_conin$",
  "console.txt": "console.txt",
  "com10.txt": "com10.txt",
  "": "file",
  " \u3000 ": "file",
  "folder/": "file",
  "/": "file",
};

for (const [path, name] of Object.entries(NAMES)) {
  test(`${JSON.stringify(path)} is saved as ${name}`, () => {
    assert.equal(safeName(path), name);
    assert.equal(safeName(name), name); // nothing is left to mend
  });
}

test("a long name keeps its extension, and whole characters", () => {
  const bytes = (/** @type {string} */ name) => Buffer.byteLength(name);
  for (const letter of ["a", "ä", "語", "👩‍💻"]) {
    const name = safeName(`${letter.repeat(10_000)}.tar.gz`);
    assert.ok(bytes(name) <= 200 && bytes(name) > 180, name);
    assert.match(name, /\.gz$/);
    assert.ok(name.isWellFormed());
  }
  assert.equal(bytes(safeName(`a.${"b".repeat(1000)}`)), 200);
});

test("a name of any length takes no time", () => {
  const long = 10_000_000;
  const begun = performance.now();
  for (const path of [`${"a".repeat(long)}/`, `${".".repeat(long)}a`, `a${" .".repeat(long)}a`])
    assert.ok(safeName(path).length <= 200);
  assert.ok(performance.now() - begun < 5000); // it would be hours
});

test("a path is shown as it reads", () => {
  assert.equal(shownPath("out/photo\u202egpj.exe"), "out/photo_gpj.exe");
  assert.equal(shownPath("out/résumé.txt"), "out/résumé.txt");
});
