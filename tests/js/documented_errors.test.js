/** Which statements of an example fail on purpose. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { documentedErrors } from "../../assets/page/run/documented_errors.js";

const SOURCE = "x = 1\n1 / 0\nfail(\n  x)\nprint(x)";
const FRAMES = '  File "<stdin>", line 1, in <module>\n    ...\n\n';
const HEAD = "Traceback (most recent call last):\n";

/** @param {[number, string][]} expected @param {string} [code] */
const errorsOf = (expected, code = SOURCE) =>
  documentedErrors(
    /** @type {any} */ ({
      dataset: { source: SOURCE, expected: JSON.stringify(expected) },
      sourceFile: { code },
    }),
  );

test("a documented traceback names the exception, with frames or without, in a package or not", () => {
  assert.deepEqual(
    errorsOf([
      [2, `${HEAD}${FRAMES}ZeroDivisionError: division by zero`],
      [4, `${HEAD}    ...\npkg.errors.FailedError`],
      [5, "Traceback is a word"],
    ]),
    [
      [2, "ZeroDivisionError"],
      [4, "FailedError"],
    ],
  );
  assert.deepEqual(errorsOf([[2, "said before\nTraceback (innermost last):\n...\nValueError: x: y"]]), [
    [2, "ValueError"],
  ]);
});

test("a traceback of IPython names the exception first", () => {
  const shown =
    "-----\nZeroDivisionError       Traceback (most recent call last)\n<ipython-input-1> in f()\n";
  assert.deepEqual(errorsOf([[2, shown]]), [[2, "ZeroDivisionError"]]);
});

test("a statement is known by its last line after the code was edited", () => {
  const expected = /** @type {[number, string][]} */ ([[2, `${HEAD}ZeroDivisionError`]]);
  assert.deepEqual(errorsOf(expected, "# new\nx = 1\n\n1 / 0"), [[4, "ZeroDivisionError"]]);
  assert.deepEqual(errorsOf(expected, "1 / x"), []);
});

test("an example without documented outputs has none", () => {
  assert.deepEqual(documentedErrors(/** @type {any} */ ({ dataset: {}, sourceFile: { code: "1" } })), []);
});
