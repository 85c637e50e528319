/** What stands below lines of code stays with its lines. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { EditorState } from "@codemirror/state";
import { Layer } from "../../assets/page/editor/layer.js";

const CODE = "first\nsecond\n\nfourth";

/**
 * @param {{ from: number, to?: number, insert?: string }[]} edits one after another
 * @returns {[string, number][]} what is left, with the number of its line
 */
function placedAfter(...edits) {
  let state = EditorState.create({ doc: CODE });
  let layer = new Layer(state.doc, [
    [1, "one"],
    [2, "two"],
    [4, "four"],
  ]);
  for (const changes of edits) {
    const transaction = state.update({ changes });
    layer = layer.after(transaction.changes.desc, transaction.newDoc);
    state = transaction.state;
  }
  return layer.placed(state.doc).map(({ at, item }) => [item, state.doc.lineAt(at).number]);
}

test("items follow their lines when lines are added above", () => {
  assert.deepEqual(placedAfter({ from: 0, insert: "new\n" }), [
    ["one", 2],
    ["two", 3],
    ["four", 5],
  ]);
});

test("a line that is added below an item is below the item", () => {
  assert.deepEqual(placedAfter({ from: 5, insert: "\nnew" })[0], ["one", 1]);
});

test("an item goes with its line, and comes back when that is undone", () => {
  const deletion = { from: 6, to: 13 };
  assert.deepEqual(placedAfter(deletion), [
    ["one", 1],
    ["four", 3],
  ]);
  assert.deepEqual(placedAfter(deletion, { from: 6, insert: "second\n" }), placedAfter());
});

test("replacing all of the code removes all items", () => {
  assert.deepEqual(placedAfter({ from: 0, to: CODE.length, insert: "other" }), []);
});

test("lines that do not exist have no items", () => {
  const { doc } = EditorState.create({ doc: CODE });
  assert.deepEqual(new Layer(doc, [[9, "nine"], [0, "none"]]).placed(doc), []); // biome-ignore format: short
  assert.equal(new Layer(doc).has(9), false);
});
