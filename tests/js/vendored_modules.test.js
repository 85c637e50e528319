/** Sources of modules that come with pyrun: code may ask for any name, and only their files are requested. */
import assert from "node:assert/strict";
import { test } from "node:test";
import "./fake_worker.js";

const { VendoredModules } = await import("../../assets/worker/run/vendored_modules.js");

test("a name that is no module requests nothing", () => {
  /** @type {PinnedFile[]} */
  const requested = [];
  const files = {
    canReadNow: true,
    readNow: (/** @type {PinnedFile} */ file) => {
      requested.push(file);
      return "source";
    },
  };
  const modules = new VendoredModules(/** @type {any} */ (files));
  for (const name of ["constructor", "__proto__", "toString", "os", ""]) {
    assert.equal(modules.source(name), undefined);
    assert.equal(modules.integrity(name), undefined);
  }
  assert.deepEqual(requested, []);
  assert.equal(modules.source("turtle"), "source");
  assert.equal(requested.length, 1);
});
