/** The changes that formatting makes, and the mistakes that ruff finds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { changesBetween } from "../../assets/page/format/changes.js";
import { mistakeIn } from "../../assets/page/format/ruff.js";

/** @import { Change } from "../../assets/page/format/changes.js" */

/** @param {string} code @param {Change[]} changes */
const applied = (code, changes) =>
  [...changes]
    .reverse()
    .reduce((text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to), code);

const CASES = [
  ["x = {  'a':1 }", 'x = {"a": 1}'],
  ["if x : print( 'a' )", 'if x:\n    print("a")'],
  ["call( one,two )", "call(\n    one,\n    two,\n)"],
  ["a  =  '𝒳é'", 'a = "𝒳é"'],
  ["", "x"],
  ["x", ""],
  ["same", "same"],
];
for (const [before = "", after = ""] of CASES)
  test(`the changes make ${JSON.stringify(after)} of ${JSON.stringify(before)}`, () => {
    assert.equal(applied(before, changesBetween(before, after)), after);
  });

test("words that stay are in no change, so that a cursor in them stays", () => {
  const before = "def total( values ):\n  return sum( values )";
  const changes = changesBetween(before, "def total(values):\n    return sum(values)\n");
  for (const word of ["def", "total", "values", "return", "sum"]) {
    const at = before.indexOf(word);
    assert.ok(changes.every(({ from, to }) => to <= at || from >= at + word.length));
  }
});

test("a mistake is in the line that ruff names by bytes", () => {
  const code = "'é'\nif True\n    pass";
  const reason = "Expected `:`, found newline at byte range 12..13";
  assert.deepEqual(mistakeIn(code, reason), {
    problem: "syntax",
    line: 2,
    message: "Expected `:`, found newline",
  });
  assert.throws(() => mistakeIn(code, "unreachable"));
});
