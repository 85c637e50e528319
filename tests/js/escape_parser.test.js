/** Escape sequences are removed from output, wherever chunks are split. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { EscapeParser, EscapeStripper } from "../../assets/page/output/terminal/escape_parser.js";
import { MOST_SEQUENCE_NUMBERS, MOST_STRING_CHARACTERS } from "../../assets/shared/limits.js";

/** @typedef {[kind: string, ...parts: unknown[]]} Event */

/** @param {...string} chunks @returns {Event[]} what a terminal receives, neighbouring text joined */
function parse(...chunks) {
  /** @type {Event[]} */
  const events = [];
  const parser = new EscapeParser({
    text(text) {
      const last = events.at(-1);
      if (last?.[0] === "text") last[1] = `${last[1]}${text}`;
      else events.push(["text", text]);
    },
    control: (character) => events.push(["control", character]),
    sequence: (marks, numbers, name) => events.push(["sequence", marks, numbers, name]),
    escape: (marks, name) => events.push(["escape", marks, name]),
    string: (text) => events.push(["string", text]),
  });
  for (const chunk of chunks) parser.write(chunk);
  return events;
}

/** @type {Record<string, [text: string, events: Event[]]>} */
const CASES = {
  "text with tabs and line ends": ["a\tb\nc\n", [["text", "a\tb\nc\n"]]],
  "other control characters": [
    "a\bb\rc\x07",
    [
      ["text", "a"],
      ["control", "\b"],
      ["text", "b"],
      ["control", "\r"],
      ["text", "c"],
      ["control", "\x07"],
    ],
  ],
  colours: [
    "\x1b[31mred\x1b[m",
    [
      ["sequence", "", [31], "m"],
      ["text", "red"],
      ["sequence", "", [0], "m"],
    ],
  ],
  "empty numbers": ["\x1b[;5H", [["sequence", "", [0, 5], "H"]]],
  "private marks": [
    "\x1b[?25l\x1b[>4;1m",
    [
      ["sequence", "?", [25], "l"],
      ["sequence", ">", [4, 1], "m"],
    ],
  ],
  "intermediate marks": ["\x1b[2 q", [["sequence", " ", [2], "q"]]],
  "introducers of 8 bits": [
    "\x9b1mx\x9d8;;y\x9cz",
    [
      ["sequence", "", [1], "m"],
      ["text", "x"],
      ["string", "8;;y"],
      ["text", "z"],
    ],
  ],
  "short sequences": [
    "\x1bM\x1b(Bx",
    [
      ["escape", "", "M"],
      ["escape", "(", "B"],
      ["text", "x"],
    ],
  ],
  commands: [
    "\x1b]8;;https://a.example\x1b\\x\x1b]0;title\x07y",
    [
      ["string", "8;;https://a.example"],
      ["text", "x"],
      ["string", "0;title"],
      ["text", "y"],
    ],
  ],
  "other strings": ["a\x1bPq#0~\x1b\\b\x1b_x\x9cc", [["text", "abc"]]],
  "text beyond ASCII": [
    "\x1b]0;é😀\x07ü",
    [
      ["string", "0;é😀"],
      ["text", "ü"],
    ],
  ],
};

for (const [name, [text, events]] of Object.entries(CASES)) {
  test(`${name} are understood`, () => assert.deepEqual(parse(text), events));
  test(`${name} are understood when every character comes alone`, () => {
    assert.deepEqual(parse(...text.split("")), events);
  });
}

test("a character that cannot belong to a sequence ends it, and is shown", () => {
  assert.deepEqual(parse("\x1b[12é"), [["text", "é"]]);
  assert.deepEqual(parse("\x1b[3\x1b[1mx"), [
    ["sequence", "", [1], "m"],
    ["text", "x"],
  ]);
});

test("a sequence with marks in the wrong place does nothing", () => {
  assert.deepEqual(parse("\x1b[ 1mx\x1b[38:5:1my"), [["text", "xy"]]);
});

test("a sequence that is never closed ends with its line", () => {
  for (const open of ["\x1b]0;never closed", "\x1b[12", "\x1b]8;;", "\x1bP", "\x1b"]) {
    assert.deepEqual(parse(`one${open}\ntwo`), [["text", "one\ntwo"]]);
    assert.deepEqual(parse("one", open, "\n", "two"), [["text", "one\ntwo"]]);
  }
});

test("an incomplete sequence can be discarded", () => {
  /** @type {string[]} */
  const texts = [];
  const nothing = () => {};
  const parser = new EscapeParser({
    text: (text) => texts.push(text),
    control: nothing,
    sequence: nothing,
    escape: nothing,
    string: nothing,
  });
  parser.write("a\x1b]0;");
  parser.reset();
  parser.write("b");
  assert.deepEqual(texts, ["a", "b"]);
});

test("a command that is too long is dropped, in one chunk and in many", () => {
  const longest = "x".repeat(MOST_STRING_CHARACTERS);
  assert.deepEqual(parse(`\x1b]${longest}\x07y`), [
    ["string", longest],
    ["text", "y"],
  ]);
  const chunks = Array.from({ length: 100 }, () => "x".repeat(1000));
  for (const end of ["\x07", "\x1b\\"]) {
    assert.deepEqual(parse(`\x1b]${longest}x${end}y`), [["text", "y"]]);
    assert.deepEqual(parse("\x1b]", ...chunks, ...end.split(""), "y"), [["text", "y"]]);
  }
});

test("the numbers of a sequence are limited", () => {
  const [event] = parse(`\x1b[${"1;".repeat(1000)}m`);
  assert.deepEqual(event, ["sequence", "", Array(MOST_SEQUENCE_NUMBERS).fill(1), "m"]);
});

test("plain text keeps its other control characters", () => {
  const stripper = new EscapeStripper();
  const chunks = ["a\x1b[3", "1mb\rc\x1b]0;t", "itle\x07d\n"];
  assert.equal(chunks.map((chunk) => stripper.strip(chunk)).join(""), "ab\rcd\n");
});

test("a line end of two characters is part of the text", () => {
  assert.deepEqual(parse("a\r\nb"), [["text", "a\r\nb"]]);
});
