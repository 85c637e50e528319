/** What screen readers say of the output of a run. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HeardOutput } from "../../assets/page/output/heard_output.js";

/** @param {...string} texts @returns {string} */
function said(...texts) {
  const heard = new HeardOutput();
  for (const text of texts) heard.add(text);
  return heard.take();
}

test("short output is said as it is", () => {
  assert.equal(said("Hello", ", Ada\nHow are you?\n"), "Hello, Ada\nHow are you?");
  assert.equal(said(""), "");
  assert.equal(said("\n\n"), "");
});

test("of many lines, the number and the last one are said", () => {
  const lines = Array.from({ length: 10_000 }, (_, number) => `Line ${number}\n`);
  assert.equal(said(...lines), "10,000 lines of output. The last line: Line 9999");
  assert.equal(said(lines.join("")), "10,000 lines of output. The last line: Line 9999");
});

test("a long line is cut", () => {
  assert.equal(said("x".repeat(5000)), `${"x".repeat(150)} …`);
});

test("of a progress bar, only its last state is said", () => {
  const steps = Array.from({ length: 1000 }, (_, step) => `\r${"#".repeat(step % 40)} ${step / 10} %`);
  assert.equal(said(...steps, "\r"), `${"#".repeat(39)} 99.9 %`);
});

test("escape sequences are not said", () => {
  assert.equal(said("\x1b[31mred\x1b[0m and\x1b]8;;http://x\x07 linked\x1b]8;;\x07\n"), "red and linked");
});

test("what has been said is not said again", () => {
  const heard = new HeardOutput();
  heard.add("one\n");
  assert.equal(heard.take(), "one");
  assert.equal(heard.take(), "");
  heard.add("two\n");
  heard.clear();
  heard.add("three\n");
  assert.equal(heard.take(), "three");
});

test("the prompt at the end is left to the field that has its name", () => {
  const heard = new HeardOutput();
  heard.add("Guess!\nYour number? ");
  assert.equal(heard.take("Your number?"), "Guess!");
});

test("a picture between lines of text is a line", () => {
  const heard = new HeardOutput();
  heard.add("before");
  heard.addThing("Picture");
  heard.add("after\n");
  assert.equal(heard.take(), "before\nPicture\nafter");
});
