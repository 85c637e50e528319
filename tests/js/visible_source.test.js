/** What Copy copies before there is an editor. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { visibleSource } from "../../assets/page/cell/visible_source.js";

/** @param {Record<string, string>} dataset @param {boolean[]} open the folds of the block that the reader has opened */
function copied(dataset, open = [false, false]) {
  const folds = open.map((isOpen) => ({ hasAttribute: () => isOpen }));
  const cell = {
    dataset: { source: "a\nb\nc\nd\ne", hideLines: "1 2 5", ...dataset },
    querySelectorAll: () => folds,
  };
  return visibleSource(/** @type {any} */ (cell));
}

test("lines that are folded away are copied unless the author says otherwise", () => {
  assert.equal(copied({}), "a\nb\nc\nd\ne");
  assert.equal(copied({ hiddenLinesIn: "copy text" }), "a\nb\nc\nd\ne");
  assert.equal(copied({ hiddenLinesIn: "text" }), "c\nd");
  assert.equal(copied({ hiddenLinesIn: "" }), "c\nd");
});

test("lines that the reader has opened are copied", () => {
  assert.equal(copied({ hiddenLinesIn: "" }, [false, true]), "c\nd\ne");
  assert.equal(copied({ hiddenLinesIn: "" }, [true, false]), "a\nb\nc\nd");
});

test("without such lines all is copied", () => {
  assert.equal(copied({ hiddenLinesIn: "text", hideLines: "" }), "a\nb\nc\nd\ne");
});
