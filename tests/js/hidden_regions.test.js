/** Where the lines that an author hides are in edited code. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { EditorState, Text } from "@codemirror/state";
import { hiddenRegions, regionsIn, regionsOf } from "../../assets/page/editor/hidden_regions.js";

const ORIGINAL = Text.of(["a", "b", "c", "d", "e"]);

/** @param {string[]} lines @param {string} hidden */
function hiddenTexts(lines, hidden) {
  const doc = Text.of(lines);
  return regionsIn(doc, hidden, ORIGINAL).map(({ from, to }) => doc.sliceString(from, to));
}

test("each stretch of lines is a region", () => {
  assert.deepEqual(hiddenTexts(["a", "b", "c", "d", "e"], "1 2 5"), ["a\nb", "e"]);
  assert.deepEqual(hiddenTexts(["a", "b", "c", "d", "e"], ""), []);
  assert.deepEqual(hiddenTexts(["a", "b", "c", "d", "e"], "4 5 6"), ["d\ne"]);
});

test("stored edits move regions, and those that they change are shown", () => {
  assert.deepEqual(hiddenTexts(["a", "b", "new", "newer", "d", "e"], "1 2 5"), ["a\nb", "e"]);
  assert.deepEqual(hiddenTexts(["a", "x", "c", "d", "e"], "1 2 5"), ["e"]);
  assert.deepEqual(hiddenTexts(["e"], "1 2 5"), ["e"]);
  assert.deepEqual(hiddenTexts([""], "1 2 5"), []);
});

test("edits in the editor move regions", () => {
  const state = EditorState.create({ doc: ORIGINAL, extensions: hiddenRegions("2 3", ORIGINAL) });
  const edited = state.update({ changes: { from: 0, insert: "new\n" } }).state;
  assert.deepEqual(regionsOf(edited), [{ from: 6, to: 9 }]);
  const grown = edited.update({ changes: { from: 6, insert: "# " } }).state;
  assert.deepEqual(regionsOf(grown), [{ from: 6, to: 11 }]);
  const emptied = edited.update({ changes: { from: 5, to: 10 } }).state;
  assert.deepEqual(regionsOf(emptied), []);
});
