/** However much is written, the page keeps the beginning and the end, and the file has all of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HeadTailBuffer } from "../../assets/page/output/buffer/head_tail_buffer.js";
import { OutputBlob } from "../../assets/page/output/buffer/output_blob.js";
import { textOf } from "../../assets/page/output/terminal/styled_spans.js";
import { TerminalScreen } from "../../assets/page/output/terminal/terminal_screen.js";
import { cutBefore } from "../../assets/shared/cut_text.js";
import {
  BLOB_PART_CHARACTERS,
  CUT_MOVES_CHARACTERS,
  FRAME_CHARACTERS,
  HEAD_CHARACTERS,
  SPAN_CHARACTERS,
  TAIL_CHARACTERS,
  WINDOW_COLUMNS,
} from "../../assets/shared/limits.js";

/** @typedef {import("../../assets/page/output/terminal/styled_spans.js").StyledSpan} StyledSpan */

/** The visible text after writing these spans. @param {Iterable<StyledSpan>} spans @param {number} [headRoom] */
function shownOf(spans, headRoom = HEAD_CHARACTERS) {
  const buffer = new HeadTailBuffer(headRoom);
  for (const span of spans) buffer.add(span);
  const parts = [];
  while (!buffer.headIsTaken) parts.push(buffer.takeHead(FRAME_CHARACTERS));
  const { tail, skipped } = buffer.end(TAIL_CHARACTERS);
  return { parts, head: parts.flat(), tail, skipped };
}

/** @param {string} text @returns {StyledSpan[]} */
const plain = (text) => text.split(/(?<=\n)/).map((line) => ({ stream: "stdout", text: line }));

/** @param {number} count */
const numbered = (count) => Array.from({ length: count }, (_, number) => `line ${number}\n`).join("");

test("short output is shown completely", () => {
  const text = numbered(100);
  const { head, tail, skipped } = shownOf(plain(text));
  assert.deepEqual([textOf(head), textOf(tail), skipped], [text, "", 0]);
});

test("long output shows beginning and end, cut between lines, and counts the rest", () => {
  const text = numbered(200_000);
  const { head, tail, skipped } = shownOf(plain(text));
  assert.ok(text.startsWith(textOf(head)));
  assert.ok(text.endsWith(textOf(tail)));
  assert.ok(textOf(head).endsWith("\n"));
  assert.ok(textOf(tail).startsWith("line "));
  assert.equal(textOf(head).length + skipped + textOf(tail).length, text.length);
  assert.ok(textOf(head).length > HEAD_CHARACTERS - CUT_MOVES_CHARACTERS - SPAN_CHARACTERS);
  assert.ok(textOf(tail).length > TAIL_CHARACTERS - CUT_MOVES_CHARACTERS - SPAN_CHARACTERS);
});

test("the beginning is handed out in parts that a frame can draw, each ending with a line", () => {
  const { parts } = shownOf(plain(numbered(20_000)));
  for (const part of parts) {
    assert.ok(textOf(part).length <= FRAME_CHARACTERS);
    assert.ok(textOf(part).endsWith("\n"));
  }
});

test("a line longer than the limit is cut between characters", () => {
  for (const text of ["x".repeat(5_000_000), `x${"🐍".repeat(200_000)}`]) {
    const { head, tail, skipped } = shownOf([{ stream: "stdout", text }]);
    assert.ok(textOf(head).isWellFormed());
    assert.ok(textOf(tail).isWellFormed());
    assert.equal(textOf(head) + text.slice(textOf(head).length, -textOf(tail).length) + textOf(tail), text);
    assert.equal(textOf(head).length + skipped + textOf(tail).length, text.length);
  }
});

test("the limits count every span, whatever the streams and styles", () => {
  /** @type {StyledSpan[]} */
  const spans = Array.from({ length: 60_000 }, (_, number) => ({
    stream: number % 2 ? "stderr" : "stdout",
    text: "x",
  }));
  const { head, tail, skipped } = shownOf(spans);
  assert.ok(head.length <= HEAD_CHARACTERS / SPAN_CHARACTERS);
  assert.ok(tail.length <= TAIL_CHARACTERS / SPAN_CHARACTERS);
  assert.equal(textOf(head).length + skipped + textOf(tail).length, spans.length);
});

test("the order of two streams is kept", () => {
  /** @type {StyledSpan[]} */
  const spans = Array.from({ length: 20 }, (_, number) => ({
    stream: number % 2 ? "stderr" : "stdout",
    text: `${Math.floor(number / 2)}\n`,
  }));
  assert.deepEqual(shownOf(spans).head, spans);
});

test("without room for a beginning, only the end is shown", () => {
  const { head, tail } = shownOf(plain("one\ntwo\n"), 0);
  assert.deepEqual([textOf(head), textOf(tail)], ["", "one\ntwo\n"]);
});

test("progress at full speed ends as one line", () => {
  const screen = new TerminalScreen(WINDOW_COLUMNS);
  const buffer = new HeadTailBuffer(HEAD_CHARACTERS);
  const updates = Array.from({ length: 50_000 }, (_, number) => `\r${number} done`);
  for (const text of [...updates, "\nend\n"])
    for (const span of screen.write({ stream: "stdout", text })) buffer.add(span);
  const shown = textOf([...buffer.takeHead(FRAME_CHARACTERS), ...screen.spans]);
  assert.equal(shown, "49999 done\nend\n");
});

test("a flood of colours leaves little for the page", () => {
  const screen = new TerminalScreen(WINDOW_COLUMNS);
  const buffer = new HeadTailBuffer(HEAD_CHARACTERS);
  for (let number = 0; number < 60_000; number += 1)
    for (const span of screen.write({ stream: "stdout", text: `\x1b[3${number % 8}mX` })) buffer.add(span);
  const spans = [
    ...buffer.takeHead(Number.POSITIVE_INFINITY),
    ...buffer.end(TAIL_CHARACTERS).tail,
    ...screen.spans,
  ];
  assert.ok(spans.length < 6500, String(spans.length));
});

test("the file has all text as it is shown: what can change no more, and the lines that can", async () => {
  const blob = new OutputBlob();
  const screen = new TerminalScreen(WINDOW_COLUMNS);
  blob.follow(() => textOf(screen.spans));
  const write = (/** @type {string} */ text) => {
    for (const span of screen.write({ stream: "stdout", text })) blob.add(span.text);
  };
  for (let number = 0; number < 20_000; number += 1) write(`\x1b[3${number % 8}m${number}\x1b[0m é\n`);
  const whole = Array.from({ length: 20_000 }, (_, number) => `${number} é\n`).join("");
  assert.equal(await blob.file.text(), whole);
  assert.equal(blob.file.type, "text/plain;charset=utf-8");
  write("\x1b[?25labc\nmore\x1b[1A\x1b[2GX");
  assert.equal(await blob.file.text(), `${whole}aXc\nmore`);
  blob.addBelow("Error");
  assert.equal(await blob.file.text(), `${whole}aXc\nmore\nError`);
  blob.clear();
  assert.equal(await blob.file.text(), "");
});

test("a character split between two chunks is complete in the file", async () => {
  const blob = new OutputBlob();
  for (const half of ["x".repeat(BLOB_PART_CHARACTERS), ..."🐍".split("")]) blob.add(half);
  assert.ok((await blob.file.text()).endsWith("x🐍"));
});

test("text is cut before a character, and never in it", () => {
  assert.deepEqual(
    [-1, 0, 1, 2, 3, 4, 9].map((index) => cutBefore("a🐍b", index)),
    [0, 0, 1, 1, 3, 4, 4],
  );
  const family = "👨‍👩‍👧‍👦";
  assert.deepEqual(
    [3, 9, 1 + family.length].map((index) => cutBefore(`a${family}b`, index)),
    [1, 1, 1 + family.length],
  );
});
