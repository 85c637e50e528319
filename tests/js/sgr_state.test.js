/** The styles that colour and style sequences switch on and off. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { SgrState } from "../../assets/page/output/terminal/sgr_state.js";

/** @param {...(number[] | string)} steps numbers of a sequence, or an address */
function styleAfter(...steps) {
  const state = new SgrState();
  for (const step of steps) {
    if (typeof step === "string") state.link(step);
    else state.select(step);
  }
  return state.style;
}

test("without a sequence there is no style", () => assert.equal(styleAfter(), undefined));

/** @type {Record<string, [on: number[], off: number[], classes: string[]]>} */
const FEATURES = {
  bold: [[1], [22], ["bold"]],
  faint: [[2], [22], ["faint"]],
  italic: [[3], [23], ["italic"]],
  underline: [[4], [24], ["underline"]],
  "double underline": [[21], [24], ["underline"]],
  strike: [[9], [29], ["strike"]],
  all: [
    [1, 3, 4, 9],
    [22, 23, 24, 29],
    ["bold", "italic", "strike", "underline"],
  ],
};

for (const [name, [on, off, classes]] of Object.entries(FEATURES)) {
  test(`${name}: switched on, off, and off by a reset`, () => {
    assert.deepEqual(styleAfter(on)?.classes, classes);
    assert.equal(styleAfter(on, off), undefined);
    assert.equal(styleAfter(on, [0]), undefined);
  });
}

test("the sixteen colours are the theme's", () => {
  assert.deepEqual(styleAfter([31])?.css, { color: "var(--_ansi-red)" });
  assert.deepEqual(styleAfter([91])?.css, { color: "var(--_ansi-bright-red)" });
  assert.equal(styleAfter([31], [39]), undefined);
  assert.match(String(styleAfter([44])?.css.backgroundColor), /--_ansi-blue/);
  assert.match(String(styleAfter([104])?.css.backgroundColor), /--_ansi-bright-blue/);
  assert.equal(styleAfter([44], [49]), undefined);
});

test("all other colours are exactly as given", () => {
  assert.deepEqual(styleAfter([38, 2, 1, 20, 123])?.css, { color: "rgb(1, 20, 123)" });
  assert.deepEqual(styleAfter([38, 5, 196])?.css, { color: "rgb(255, 0, 0)" });
  assert.deepEqual(styleAfter([38, 5, 16])?.css, { color: "rgb(0, 0, 0)" });
  assert.deepEqual(styleAfter([38, 5, 231])?.css, { color: "rgb(255, 255, 255)" });
  assert.deepEqual(styleAfter([38, 5, 232])?.css, { color: "rgb(8, 8, 8)" });
  assert.deepEqual(styleAfter([38, 5, 255])?.css, { color: "rgb(238, 238, 238)" });
  assert.deepEqual(styleAfter([38, 5, 9])?.css, styleAfter([91])?.css);
  assert.deepEqual(styleAfter([38, 2, 999, 0, 0])?.css, { color: "rgb(255, 0, 0)" });
});

test("parameters after a colour are applied too", () => {
  const style = styleAfter([38, 5, 196, 1, 48, 2, 0, 0, 0, 3]);
  assert.deepEqual(style?.classes, ["bold", "italic"]);
  assert.equal(style?.css.color, "rgb(255, 0, 0)");
  assert.equal(style?.css.backgroundColor, "rgb(0, 0, 0)");
});

test("an unknown kind of colour ends its sequence", () => {
  assert.equal(styleAfter([38, 7, 1]), undefined);
});

test("text is light or dark, whichever is readable on its background", () => {
  assert.deepEqual(styleAfter([48, 2, 250, 250, 200])?.css, {
    color: "#000",
    backgroundColor: "rgb(250, 250, 200)",
    colorScheme: "light",
  });
  assert.deepEqual(styleAfter([48, 2, 10, 10, 60])?.css, {
    color: "#fff",
    backgroundColor: "rgb(10, 10, 60)",
    colorScheme: "dark",
  });
});

test("inverse exchanges text and background", () => {
  assert.match(String(styleAfter([7])?.css.color), /light-dark/);
  assert.match(String(styleAfter([31, 7])?.css.backgroundColor), /--_ansi-red/);
  assert.equal(styleAfter([7], [27]), undefined);
});

test("equal styles are identical, whatever led to them", () => {
  assert.equal(styleAfter([31], [1])?.key, styleAfter([1, 31])?.key);
  assert.notEqual(styleAfter([31])?.key, styleAfter([32])?.key);
});

test("links lead only to web addresses", () => {
  assert.equal(styleAfter("https://example.org/docs")?.href, "https://example.org/docs");
  assert.equal(styleAfter("https://example.org/docs", ""), undefined);
  for (const url of ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "nonsense"])
    assert.equal(styleAfter(url), undefined);
});
