/** Scripts that draw figures: those of one Python, and pyrun's own. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

Object.assign(globalThis, { __PYRUN_VEGA__: { url: "./vega.js", integrity: "sha256-v" } });
const { FigureLibraries } = await import("../../assets/page/display/figure_libraries.js");

const ORIGINAL = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = ORIGINAL;
});

/** @param {InstanceType<typeof FigureLibraries>} libraries @param {string} name @param {string} text */
const send = (libraries, name, text) => libraries.keep(name, new TextEncoder().encode(text));

test("a script of one Python is not there for the next, and a shown figure keeps it", async () => {
  const libraries = new FigureLibraries();
  send(libraries, "plotly 6", "old");
  const shown = libraries.find("plotly 6");
  libraries.forget();
  await assert.rejects(libraries.find("plotly 6"), /plotly 6 could not be loaded/);
  send(libraries, "plotly 6", "new");
  await assert.rejects(new FigureLibraries().find("plotly 6"), /plotly 6 could not be loaded/);
  assert.deepEqual([await shown(), await libraries.find("plotly 6")()], ["old", "new"]);
});

test("Python cannot replace a script that pyrun bundles, and one that could not be fetched is fetched again", async () => {
  const libraries = new FigureLibraries();
  send(libraries, "vega", "replaced");
  globalThis.fetch = async (_url, init) => {
    if (init?.integrity) throw new TypeError("Failed to fetch"); // the hash is not that of the error's page
    return new Response("", { status: 503 });
  };
  await assert.rejects(libraries.find("vega"), /vega could not be loaded/);
  globalThis.fetch = async () => new Response("bundled");
  assert.equal(await libraries.find("vega")(), "bundled");
});
