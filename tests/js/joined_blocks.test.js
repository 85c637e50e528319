/** Where joined blocks begin in the code of their cell, and which prompts an interpreter shows before its lines. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pythonLanguage } from "@codemirror/lang-python";
import { Text } from "@codemirror/state";
import { readExpected } from "../../assets/page/editor/documented.js";
import { promptsOf } from "../../assets/page/editor/interpreter_view.js";
import { firstLines } from "../../assets/page/editor/sessions.js";

test("blocks are found in the code, with prompts and without, and repeated code in its order", () => {
  const source = "x = 1\nx\n\nx = 1\nprint(x)\n\ny = 2";
  const blocks = [">>> x = 1\n>>> x\n1\n", "x = 1\nprint(x)\n", "1\n2\n", ">>> y = 2\n"];
  assert.deepEqual(firstLines(source, blocks), [1, 4, 0, 7]);
});

test("a statement has the first prompt in its first line only", () => {
  const code = "def f():\n\n    return 1\n\nf(); f()\n# note\nif f():\n    pass";
  const prompts = promptsOf(Text.of(code.split("\n")), pythonLanguage.parser.parse(code));
  assert.deepEqual(
    prompts.map(({ line, isFirst }) => `${line}${isFirst ? ">" : "."}`).join(" "),
    "1> 2. 3. 5> 6> 7> 8.",
  );
});

test("empty lines of a documented output are empty", () => {
  assert.deepEqual(readExpected('[[2, "a\\n<BLANKLINE>\\nb\\n"]]'), [[2, "a\n\nb"]]);
  assert.deepEqual(readExpected(undefined), []);
});
