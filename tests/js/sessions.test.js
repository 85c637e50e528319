/** Sessions of an interpreter, as readers paste them into the editor. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOfSession, hasPrompts, withSpaces } from "../../assets/page/editor/sessions.js";

/** @type {[string, string, string | null][]} */
const SESSIONS = [
  [
    "a doctest",
    ">>> total = 0\n>>> for n in (1, 2):\n...     total += n\n...\n>>> total\n3\n",
    "total = 0\nfor n in (1, 2):\n    total += n\n\ntotal",
  ],
  ["an indented one", "    >>> 1 + 1\n    2", "1 + 1"],
  ["Windows' line ends", ">>> a = 1\r\n>>> a\r\n1\r\n", "a = 1\na"],
  ["text between", ">>> a = 1\n\nThen:\n\n>>> a\n1", "a = 1\n\na"],
  [
    "IPython",
    "In [1]: def f():\n   ...:     return 1\n   ...: \n\nIn [2]: f()\nOut[2]: 1",
    "def f():\n    return 1\n\nf()",
  ],
  ["cells of a notebook", "In [3]:\nx = 1\nx\n\nOut[3]:\n1\n", "x = 1\nx"],
  ["a magic", "In [1]: %timeit f()\n", "%timeit f()"],
  ["a prompt alone", ">>>", ""],
  ["code", "x = 1\ny = 2", null],
  ["code before the prompts", "x = 1\n>>> x", null],
  ["a shift", "a >>> b", null],
  ["nothing", "", null],
];

for (const [name, session, code] of SESSIONS) {
  test(`${name} becomes its code`, () => assert.equal(codeOfSession(session), code));
}

test("prompts are found at the beginning of any line", () => {
  assert.equal(hasPrompts("x = 1\n>>> x"), true);
  assert.equal(hasPrompts("In [1]: x"), true);
  assert.equal(hasPrompts("x >>> 1\nx = '>>>'"), false);
});

test("spaces indent the lines of code from other programs", () => {
  assert.equal(withSpaces("if x:\n\u00a0\u2003 y = '\u00a0'\n\tz\n\n"), "if x:\n   y = '\u00a0'\n\tz\n\n");
});
