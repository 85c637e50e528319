/** What a proof keeps of a run. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Recorder } from "../../assets/proof/recorder.js";
import { recordsOf, written } from "../../assets/proof/records.js";

/** @param {string} stream @param {string} text */
const chunk = (stream, text) => ({ stream: /** @type {any} */ (stream), text });

/** @param {Recorder} recorder */
const shown = ({ parts }) => parts.map(({ line, stream, text }) => [line, stream, text]);

/** @param {string} text @param {string | null} [id] @param {boolean} [replaces] */
const display = (text, id = null, replaces = false) => ({
  ...{ type: /** @type {const} */ ("display"), run: 1, bundle: { "text/plain": text } },
  ...{ alt: "", width: null, height: null, id, replaces },
});

test("text of a stream is joined, and belongs to its statement", () => {
  const recorder = new Recorder("cell1.py");
  recorder.output([chunk("stdout", "a"), chunk("stdout", "b"), chunk("stderr", "c")], 0);
  recorder.output([chunk("stderr", "d")], 3);
  recorder.section(4);
  recorder.output([chunk("stderr", "e")], 2);
  assert.deepEqual(shown(recorder), [
    [0, "stdout", "ab"],
    [0, "stderr", "cd"],
    [4, "stderr", "e"],
  ]);
  assert.equal(recorder.dropped, 5);
});

test("what is displayed can be replaced and cleared", () => {
  const recorder = new Recorder("cell1.py");
  recorder.display(display("one", "id"));
  recorder.output([chunk("stdout", "text")], 0);
  recorder.display(display("two", "id", true));
  assert.deepEqual(shown(recorder), [
    [0, "display", "two"],
    [0, "stdout", "text"],
  ]);
  recorder.clear(true);
  assert.equal(recorder.parts.length, 2);
  recorder.display(display("three"));
  assert.deepEqual(shown(recorder), [[0, "display", "three"]]);
  recorder.clear(false);
  assert.deepEqual(recorder.parts, []);
});

test("bytes become base64", () => {
  const recorder = new Recorder("cell1.py");
  const bytes = new Uint8Array(100_000).fill(255);
  recorder.display({ ...display(""), bundle: { "image/png": bytes, "text/plain": "x" } });
  assert.equal(recorder.parts[0]?.data?.["image/png"], Buffer.from(bytes).toString("base64"));
});

test("a traceback names the line of the example", () => {
  const recorder = new Recorder("cell2.py");
  const sourceLines = [
    { row: 0, file: "cell2.py", line: 3 },
    { row: 1, file: "cell1.py", line: 8 },
  ];
  recorder.traceback({ type: "traceback", run: 1, text: "…", whole: null, sourceLines });
  assert.equal(recorder.line, 3);
});

test("records survive whatever else is in the stream", async () => {
  const text = `noise${written({ a: "é\n" })}more noise\n${written({ b: 2 })}`;
  const pieces = text.match(/[\s\S]{1,5}/g) ?? [];
  const found = [];
  for await (const record of recordsOf(
    (async function* () {
      yield* pieces;
    })(),
  ))
    found.push(record);
  assert.deepEqual(found, [{ a: "é\n" }, { b: 2 }]);
});
