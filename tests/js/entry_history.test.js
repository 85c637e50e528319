/** The arrow keys of a console walk through what was entered. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { findEntry, HistoryWalk, remember } from "../../assets/page/console/entry_history.js";
import { withPrompts } from "../../assets/page/console/transcript.js";

for (const entry of ["one = 1", "two = 2\n", "two = 2", "", "one + 1"]) remember(entry);

test("the newest entry comes first, and what was typed comes back", () => {
  const walk = new HistoryWalk("");
  assert.deepEqual([walk.back(), walk.back(), walk.back()], ["one + 1", "two = 2", "one = 1"]);
  assert.equal(walk.back(), null);
  assert.deepEqual([walk.forward(), walk.forward(), walk.forward()], ["two = 2", "one + 1", ""]);
  assert.equal(walk.forward(), null);
});

test("only entries that begin with what was typed are met", () => {
  const walk = new HistoryWalk("one");
  assert.deepEqual([walk.back(), walk.back(), walk.back()], ["one + 1", "one = 1", null]);
  assert.deepEqual([walk.forward(), walk.forward()], ["one + 1", "one"]);
  assert.equal(new HistoryWalk("three").back(), null);
});

test("a search meets the newest entry with a text, and then older ones", () => {
  assert.deepEqual(findEntry("one"), { entry: "one + 1", position: 2 });
  assert.deepEqual(findEntry("one", 2), { entry: "one = 1", position: 0 });
  assert.equal(findEntry("one", 0), null);
  assert.equal(findEntry("three"), null);
});

test("a transcript has prompts as doctest reads them", () => {
  assert.equal(withPrompts("for n in 'ab':\n\n    n"), ">>> for n in 'ab':\n...\n...     n\n");
});
