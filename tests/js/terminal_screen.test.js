/** Output as a terminal shows it: text is overwritten, and a cursor moves. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { TerminalScreen } from "../../assets/page/output/terminal/terminal_screen.js";
import {
  ROW_CHARACTERS,
  SCREEN_CHARACTERS,
  SCREEN_LINES,
  SPAN_CHARACTERS,
  WINDOW_COLUMNS,
} from "../../assets/shared/limits.js";

/** @typedef {import("../../assets/shared/protocol.js").Chunk} Chunk */

const FLOOD = 100_000;

/** @param {...(string | [stream: Chunk["stream"], text: string])} chunks text of stdout, or of another stream */
function write(...chunks) {
  const screen = new TerminalScreen(WINDOW_COLUMNS);
  const left = chunks.flatMap((chunk) => {
    const [stream, text] = typeof chunk === "string" ? /** @type {const} */ (["stdout", chunk]) : chunk;
    return screen.write({ stream, text });
  });
  return { left, open: screen.spans, all: [...left, ...screen.spans] };
}

/** @param {Parameters<typeof write>} chunks @returns {string[]} the visible lines */
function lines(...chunks) {
  const shown = write(...chunks)
    .all.map(({ text }) => text)
    .join("");
  return shown.replace(/\n$/, "").split("\n");
}

/** @type {Record<string, [chunks: Parameters<typeof write>, lines: string[]]>} */
const CASES = {
  "a carriage return": [["abcdef\rXY\n"], ["XYcdef"]],
  "line ends of two characters": [["one\r\ntwo\r\n"], ["one", "two"]],
  backspaces: [["abc\b\bX\n"], ["aXc"]],
  "more backspaces than characters": [["ab\b\b\b\bXY\n"], ["XY"]],
  "two backspaces over a wide character": [["猫犬", "\b\b鳥\n"], ["猫鳥"]],
  "the second half of a wide character": [["🐍b\x1b[2Ga\n"], [" ab"]],
  "the first half of a wide character": [["🐍b\ra\n"], ["a b"]],
  "a wide character over halves of two": [["猫犬鳥\x1b[2G馬\n"], [" 馬 鳥"]],
  "a place in a board of emoji": [["⬜⬜⬜\n\x1b[1A\x1b[3G🟥\n"], ["⬜🟥⬜"]],
  "a place behind wide characters": [["進捗: 0%\x1b[7G10%\n"], ["進捗: 10%"]],
  "accents without columns": [["e\u0301e\u0301e\x1b[2GX\n"], ["e\u0301Xe"]],
  "an accent that comes later": [["e", "\u0301", "x\x1b[2GX\n"], ["e\u0301X"]],
  "an accent in the middle": [["abc\x1b[2G\u0301\n"], ["a\u0301bc"]],
  "an emoji that comes in two halves": [[..."🐍".split(""), "x\x1b[3GX\n"], ["🐍X"]],
  "an emoji joined to another": [[..."👩‍💻", "x\x1b[3GX\n"], ["👩‍💻X"]],
  "skin tones, flags and keycaps": [["👍🏽🇩🇪1️⃣|\x1b[3G🇫🇷\x1b[7GX\n"], ["👍🏽🇫🇷1️⃣X"]],
  "a selector that makes an emoji, later": [["❤", "\ufe0f", "x\x1b[3GX\n"], ["❤️X"]],
  "a symbol without a selector": [["❤x\x1b[2GX\n"], ["❤X"]],
  "half-width kana with a voiced mark": [["ｶﾞx\x1b[3GX\n"], ["ｶﾞX"]],
  "Indic letters with vowels beside them": [["நிசேx\x1b[5GX\n"], ["நிசேX"]],
  "Hangul from its parts": [["\u1112\u1161\u11abx\x1b[3GX\n"], ["\u1112\u1161\u11abX"]],
  "marks of direction and of byte order": [["\ufeffab\u200fc\x1b[3GX\n"], ["\ufeffab\u200fX"]],
  "tabs, which reach to the next multiple of eight": [["a\tb\x1b[9GX\n"], ["a\tX"]],
  "a tab behind a wide character": [["猫\tb\x1b[9GX\n"], ["猫\tX"]],
  "a place in a tab": [["a\tb\x1b[3GX\n"], ["a X     b"]],
  "a tab over text": [["abcdefghij\r\tX\n"], ["abcdefghXj"]],
  "half of a wide character, erased": [["猫犬\x1b[4G\x1b[K|\n"], ["猫 |"]],
  "text that comes in parts": [
    ["first\nse", "cond", "\r", "S", "\r\n", "third\n"],
    ["first", "Second", "third"],
  ],
  "two streams on one line": [["abcdef", ["stderr", "\rXY"], "Z\n"], ["XYZdef"]],
  "a progress bar": [
    [
      ...[0, 1, 2, 3].map(
        (step) =>
          /** @type {["stderr", string]} */ (["stderr", `\r${"#".repeat(step).padEnd(3)}| ${step}/3`]),
      ),
      ["stderr", "\n"],
      "after\n",
    ],
    ["###| 3/3", "after"],
  ],
  "sequences that mean nothing here": [
    ["a\x1b]0;title\x07b\x1b]2;x\x1b\\c\x1b[?2004h\x1b[>4;1md\x1b(Be\x1bPq#0~\x1b\\f\x07g\n"],
    ["abcdefg"],
  ],
  "two bars": [
    [
      ...[0, 1, 2, 3].map((step) => `\router ${step}/3\n\rinner ${String(step * 10).padStart(3)}%\x1b[A`),
      "\n\nafter\n",
    ],
    ["outer 3/3", "inner  30%", "after"],
  ],
  "lines above": [
    [
      "title\n\x1b[?25la 0%\nb 0%",
      ...["50", "100"].map((percent) => `\r\x1b[2K\x1b[1A\x1b[2Ka ${percent}%\nb ${percent}%`),
      "\n\x1b[?25hafter\n",
    ],
    ["title", "a 100%", "b 100%", "after"],
  ],
  "text that is erased": [
    ["abcdef\x1b[3D\x1b[K|\nfirst\nsecond\nthird\x1b[2A\x1b[2G\x1b[JZ\nx\x1b[3Cy\x1b[2Dz\x1b[1Gw\n"],
    ["abc|", "fZ", "w  zy"],
  ],
  "a screen that is cleared": [
    [0, 1, 2].map((turn) => `\x1b[2J\x1b[Hturn ${turn}\n${"#".repeat(3 - turn)}`),
    ["turn 2", "#"],
  ],
  "places far away": [
    ["\x1b[9999999999999Cx\x1b[9999999B\x1b[9999999Ay\x1b[2;999999Hz\n"],
    [`${" ".repeat(WINDOW_COLUMNS - 1)}xy`, `${" ".repeat(WINDOW_COLUMNS + 1)}z`],
  ],
  "lines above and below by their starts": [["one\ntwo\x1b[FX\x1b[EY\n"], ["Xne", "Ywo"]],
  "a reverse line feed": [["one\ntwo\x1bMX\n"], ["oneX", "two"]],
  "a reset": [["one\n\x1b[31mtwo\x1bcthree\n"], ["three"]],
  "what stands before the cursor, erased": [["abcdef\x1b[4G\x1b[1K\n"], ["    ef"]],
};

for (const [name, [chunks, expected]] of Object.entries(CASES)) {
  test(`${name}: shown as in a terminal`, () => assert.deepEqual(lines(...chunks), expected));
}

test("each character keeps the stream that wrote it", () => {
  assert.deepEqual(write("abcdef", ["stderr", "\rXY"], "Z\n").all, [
    { stream: "stderr", text: "XY" },
    { stream: "stdout", text: "Zdef\n" },
  ]);
});

test("a style continues over lines, chunks and streams, and ends before text that is not printed", () => {
  const { all } = write("\x1b[3", "5mmagenta\n", ["stderr", "still\n"], ["value", "42\n"]);
  const keys = all.map(({ stream, style }) => [stream, style?.key]);
  const magenta = keys[0]?.[1];
  assert.ok(magenta);
  assert.deepEqual(keys, [
    ["stdout", magenta],
    ["stderr", magenta],
    ["value", undefined],
  ]);
});

test("the reader's input does not get the code's style", () => {
  const [asked, typed] = write("\x1b[31mName? ", ["echo", "Ada\n"]).all;
  assert.ok(asked?.style);
  assert.deepEqual(typed, { stream: "echo", text: "Ada\n" });
});

test("text that does not come from the code overwrites nothing", () => {
  assert.deepEqual(lines("\router 50%\n\rinner 70%\x1b[A", ["notice", "A notice\n"]), [
    "outer 50%",
    "inner 70%",
    "A notice",
  ]);
});

test("an unclosed sequence hides at most its line, and no text from another source", () => {
  const open = "one\x1b]0;never closed\ntwo\x1b[12\nthree\x1b]8;;";
  assert.deepEqual(lines(open, ["notice", "A notice\n"]), ["one", "two", "threeA notice"]);
});

test("lines that are far above never change", () => {
  const numbers = Array.from({ length: 200 }, (_, number) => String(number));
  const shown = lines(
    ...numbers.map((number) => `${number}\n`),
    "\x1b[?25llast\x1b[500A\rfirst that moves\x1b[500B\n",
  );
  assert.deepEqual(shown.slice(0, 200), numbers);
  assert.ok(shown.join("").includes("first that moves"));
});

test("lines of a program that only prints are final at once", () => {
  const { left, open } = write("line\n".repeat(10 * SCREEN_LINES));
  assert.equal(left.map(({ text }) => text).join(""), "line\n".repeat(10 * SCREEN_LINES));
  assert.deepEqual(open, []);
});

test("what is overwritten at once has the effect that it has piece by piece", () => {
  const pieces = [
    "\r",
    "\r",
    "\rabc",
    "\r12345",
    "x",
    "猫",
    "\n",
    "\r\n",
    "\t",
    "\b",
    "\x1b[31m",
    "\x1b]8;;a\rb\x07",
  ];
  let seed = 1;
  for (let round = 0; round < 500; round += 1) {
    const text = Array.from({ length: 12 }, () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return pieces[seed % pieces.length];
    }).join("");
    assert.deepEqual(write(text).all, write(...(text.match(/\r\n|[\s\S]/g) ?? [])).all, JSON.stringify(text));
  }
});

/** @type {Record<string, [text: () => string, end: string]>} */
const FLOODS = {
  "a style for each character": [
    () => Array.from({ length: FLOOD }, (_, number) => `\x1b[3${number % 8}mX`).join(""),
    "X",
  ],
  "only styles": [() => `${"\x1b[31m".repeat(FLOOD)}end`, "end"],
  "a string without end": [() => `\x1b]0;${"x".repeat(3 * FLOOD)}\nend`, "end"],
  "a sequence with very many numbers": [() => `\x1b[${"1;".repeat(FLOOD)}mbold\x1b[0m\nend`, "end"],
  "a screen that is filled": [
    () =>
      Array.from(
        { length: FLOOD / 10 },
        (_, number) => `\x1b[${number % 60};${number % 90}H\x1b[4${number % 8}m${"x".repeat(40)}`,
      ).join(""),
    "x",
  ],
  "carriage returns": [() => `${"\r".repeat(3 * FLOOD)}end`, "end"],
};

for (const [name, [text, end]] of Object.entries(FLOODS)) {
  test(`${name}: the lines that can change stay few`, () => {
    const { all, open } = write(text());
    const weight = open.reduce((sum, span) => sum + span.text.length + SPAN_CHARACTERS, 0);
    assert.ok(weight <= 2 * SCREEN_CHARACTERS + ROW_CHARACTERS, String(weight));
    assert.ok(all.at(-1)?.text.endsWith(end));
  });
}
