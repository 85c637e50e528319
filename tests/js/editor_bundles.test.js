/** The editor hands its CodeMirror to bundles that are loaded on use: everything that they import must be in it. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { CODEMIRROR } from "../../assets/page/editor/codemirror.js";

const IMPORT = /import \{([^}]+)\} from ['"](@codemirror\/(?:language|state|view))['"]/g;

const FILES = [
  "node_modules/@codemirror/search/dist/index.js",
  ...["find", "go_to_line", "panel", "rename_panel"].map((name) => `assets/page/commands/${name}.js`),
];

for (const file of FILES) {
  test(`${file} imports what the editor has`, async () => {
    const text = (await readFile(new URL(`../../${file}`, import.meta.url), "utf8")).replace(
      /\/\*\*.*?\*\//gs,
      "",
    );
    for (const [, names = "", from = ""] of text.matchAll(IMPORT)) {
      const there = Object.keys(CODEMIRROR[/** @type {keyof typeof CODEMIRROR} */ (from)]);
      for (const name of names
        .split(",")
        .map((each) => each.trim())
        .filter(Boolean))
        assert.ok(there.includes(name), `${name} of ${from}`);
    }
  });
}
