/** Scripts that draw figures: those of one Python, and pyrun's own. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

Object.assign(globalThis, { __PYRUN_VEGA__: { url: "./vega.js", integrity: "sha256-v" } });
const { findLibrary, forgetLibraries, keepLibrary } = await import(
  "../../assets/page/display/figure_libraries.js"
);

const ORIGINAL = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = ORIGINAL;
  forgetLibraries();
});

/** @param {string} name @param {string} text */
const send = (name, text) => keepLibrary(name, new TextEncoder().encode(text));

test("a script of one Python is not there for the next, and a shown figure keeps it", async () => {
  send("plotly 6", "old");
  const shown = findLibrary("plotly 6");
  forgetLibraries();
  await assert.rejects(findLibrary("plotly 6"), /plotly 6 could not be loaded/);
  send("plotly 6", "new");
  assert.deepEqual([await shown(), await findLibrary("plotly 6")()], ["old", "new"]);
});

test("Python cannot replace a script that pyrun bundles, and one that could not be fetched is fetched again", async () => {
  send("vega", "replaced");
  globalThis.fetch = async (_url, init) => {
    if (init?.integrity) throw new TypeError("Failed to fetch"); // the hash is not that of the error's page
    return new Response("", { status: 503 });
  };
  await assert.rejects(findLibrary("vega"), /vega could not be loaded/);
  globalThis.fetch = async () => new Response("bundled");
  assert.equal(await findLibrary("vega")(), "bundled");
});
