/** Which parts of output are drawn in another way than the rest. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pieces } from "../../assets/page/output/view/pieces.js";

/** @param {string} text @returns {string} with brackets around the parts that have a class */
const marked = (text) =>
  pieces(text)
    .map((piece) => (piece.className ? `⟦${piece.text}⟧` : piece.text))
    .join("");

const SENTENCES = {
  "result: x = 5 (ok).": "result: x = 5 (ok).",
  שלום: "⟦שלום⟧",
  "print: שלום עולם. 5": "print: ⟦שלום עולם.⟧ 5",
  "['שלום', 'עולם', 3]": "['⟦שלום⟧', '⟦עולם⟧', 3]",
  "0  דנה  30": "0  ⟦דנה⟧  30",
  'צה"ל קנה 5 Python-ים': '⟦צה"ל קנה 5 Python-ים⟧',
  "name=دانا city=حيفا": "name=⟦دانا⟧ city=⟦حيفا⟧",
};

for (const [text, expected] of Object.entries(SENTENCES))
  test(`each value from right to left is separate: ${text}`, () => assert.equal(marked(text), expected));

test("a line of code stays together with the marks below", () => {
  const [before, code, after] = [
    '  File "x", line 1\n',
    "    return a / b\n           ~~^~~",
    "\nError: 2 ^ 3\n",
  ];
  assert.equal(marked(before + code + after), `${before}⟦${code}⟧${after}`);
  assert.equal(marked("  | x = f(\n  |     ^^\n"), "⟦  | x = f(\n  |     ^^⟧\n");
  assert.equal(marked("~ x\n2 ^ 3\n"), "~ x\n2 ^ 3\n");
});

test("wide characters have their columns in tables, and are left alone in sentences", () => {
  const boxed = (/** @type {string} */ text) =>
    pieces(text)
      .filter(({ width }) => width)
      .map(({ text: part, width }) => [part, width]);
  assert.deepEqual(boxed("│ 猫🟥 │ a │\n"), [["猫🟥", "4ch"]]);
  assert.deepEqual(boxed("名前  age\n"), [["名前", "4ch"]]);
  assert.deepEqual(boxed(`| ${"猫".repeat(10)} |`), [
    ["猫".repeat(8), "16ch"],
    ["猫猫", "4ch"],
  ]);
  assert.equal(pieces("│ a │ b │\n".repeat(9)).length, 1);
  assert.deepEqual(boxed("名前: 猫, 犬 abc\n⬜🟥⬜\n"), []);
});

test("text is cut in linear time", () => {
  for (const text of [
    "ש a".repeat(20_000),
    "ש, ".repeat(20_000),
    `ש${"a".repeat(100_000)}`,
    "^\n".repeat(50_000),
  ])
    assert.equal(
      pieces(text)
        .map((piece) => piece.text)
        .join(""),
      text,
    );
});
