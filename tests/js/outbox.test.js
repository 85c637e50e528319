/** Messages of the worker: many writes in one message, in order, and within the limit of a run. */
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import {
  CHUNK_CHARACTERS,
  MESSAGE_CHARACTERS,
  MOST_DISPLAYED_BYTES,
  MOST_DISPLAYS,
  OUTPUT_AFTER_LIMIT_CHARACTERS,
} from "../../assets/shared/limits.js";
import { Outbox } from "../../assets/worker/run/outbox.js";

/** Longer than the pauses between messages. */
const LATER_MS = 1000;

let now = LATER_MS;
mock.method(performance, "now", () => now);
mock.timers.enable({ apis: ["setTimeout"] });

/** @type {any[]} */
let posted = [];
/** @type {Outbox} */
let outbox;

beforeEach(() => {
  now += LATER_MS;
  posted = [];
  outbox = new Outbox((message) => posted.push(message));
  outbox.begin(1, 1000, {});
});

function wait() {
  now += LATER_MS;
  mock.timers.tick(LATER_MS);
}

/** @returns {string} all text that the page receives */
const text = () =>
  posted
    .flatMap(({ chunks = [] }) => chunks)
    .map((chunk) => chunk.text)
    .join("");

/** @returns {number} how many characters were discarded, as the page is told */
const dropped = () => posted.reduce((sum, message) => sum + (message.dropped ?? 0), 0);

/** @param {string} content @param {{ id?: string | null, replaces?: boolean }} [settings] */
const picture = (content, { id = null, replaces = false } = {}) =>
  /** @type {Parameters<Outbox["display"]>[0]} */ (
    /** @type {unknown} */ ({ bundle: { "text/html": content }, metadata: {}, id, replaces })
  );

test("many writes are one message, a chunk for each change of the stream", () => {
  for (const line of ["a\n", "b\n"]) outbox.write("stdout", line);
  outbox.write("stderr", "c\n");
  outbox.write("stdout", "d\n");
  assert.deepEqual(posted, []);
  outbox.send();
  assert.deepEqual(posted, [
    {
      type: "output",
      run: 1,
      chunks: [
        { stream: "stdout", text: "a\nb\n" },
        { stream: "stderr", text: "c\n" },
        { stream: "stdout", text: "d\n" },
      ],
      dropped: 0,
    },
  ]);
});

test("a message holds only so many chunks, each of which costs the page more than its text", () => {
  outbox.begin(1, Number.POSITIVE_INFINITY, {});
  for (let line = 0; line < 2000; line += 1) outbox.write(line % 2 ? "stderr" : "stdout", "x\n");
  outbox.send();
  const counts = posted.map(({ chunks }) => chunks.length);
  assert.equal(
    counts.reduce((sum, count) => sum + count),
    2000,
  );
  assert.ok(Math.max(...counts) <= MESSAGE_CHARACTERS / CHUNK_CHARACTERS);
});

test("nothing is sent if nothing was written", () => {
  outbox.send();
  assert.deepEqual(posted, []);
});

test("a message is shorter than twice the flush size, and no character is split", () => {
  outbox.begin(2, 10 * MESSAGE_CHARACTERS, {});
  const long = `x${"🐍".repeat(2 * MESSAGE_CHARACTERS)}`;
  outbox.write("stdout", long);
  outbox.send();
  assert.equal(text(), long);
  for (const { chunks } of posted) {
    const [chunk] = chunks;
    assert.equal(chunks.length, 1);
    assert.ok(chunk.text.length < 2 * MESSAGE_CHARACTERS);
    assert.ok(chunk.text.isWellFormed());
  }
});

test("text beyond the limit is counted, and so is later text that would fit", () => {
  outbox.write("stdout", "y".repeat(1500));
  outbox.write("stdout", "z");
  outbox.send();
  assert.equal(text(), "y".repeat(1000));
  assert.equal(dropped(), 501);
});

test("each run has a separate limit", () => {
  outbox.write("stdout", "y".repeat(1500));
  outbox.begin(2, 5, {});
  outbox.write("stdout", "123456");
  outbox.send();
  assert.deepEqual(
    posted.map(({ run, dropped }) => [run, dropped]),
    [
      [1, 500],
      [2, 1],
    ],
  );
});

test("the value is sent after the limit, on a separate line", () => {
  outbox.write("stdout", "y".repeat(1500));
  outbox.write("value", "42\n");
  outbox.send();
  assert.equal(text(), `${"y".repeat(1000)}\n42\n`);
});

test("text after the limit has a limit too", () => {
  outbox.write("stdout", "y".repeat(1500));
  outbox.write("value", "v".repeat(2 * OUTPUT_AFTER_LIMIT_CHARACTERS));
  outbox.send();
  assert.ok(text().length <= 1000 + 1 + OUTPUT_AFTER_LIMIT_CHARACTERS);
  assert.equal(dropped(), 500 + 2 * OUTPUT_AFTER_LIMIT_CHARACTERS - (text().length - 1001));
});

test("a traceback after the limit is sent completely or not at all", () => {
  outbox.write("stdout", "y".repeat(1500));
  outbox.traceback(/** @type {any} */ ({ text: "Traceback", whole: null }));
  outbox.traceback(/** @type {any} */ ({ text: "t".repeat(OUTPUT_AFTER_LIMIT_CHARACTERS), whole: null }));
  outbox.send();
  assert.deepEqual(
    posted.filter(({ type }) => type === "traceback").map((traceback) => traceback.text),
    ["Traceback"],
  );
});

test("the page is told occasionally how much was discarded, not each time", () => {
  outbox.write("stdout", "y".repeat(1500));
  outbox.send();
  const before = posted.length;
  outbox.write("stdout", "y");
  outbox.send();
  assert.equal(posted.length, before);
  wait();
  outbox.send();
  assert.equal(dropped(), 501);
});

test("displayed objects come after the text before them", () => {
  outbox.write("stdout", "before\n");
  outbox.display(picture("one"));
  outbox.write("stdout", "after\n");
  wait();
  outbox.send();
  assert.deepEqual(
    posted.map(({ type }) => type),
    ["output", "display", "output"],
  );
});

test("output that is cleared soon after it was shown is not sent", () => {
  outbox.display(picture("first"));
  for (const content of ["second", "third"]) {
    outbox.clear(true);
    outbox.display(picture(content));
  }
  wait();
  outbox.send();
  assert.deepEqual(
    posted.filter(({ type }) => type === "display").map(({ bundle }) => bundle["text/html"]),
    ["first", "third"],
  );
});

test("output follows the section that it belongs to", () => {
  outbox.section(1);
  outbox.write("stdout", "one\n");
  outbox.section(2);
  outbox.section(4);
  outbox.write("stdout", "four\n");
  outbox.send();
  assert.deepEqual(
    posted.map(({ type, line, chunks }) => (type === "section" ? line : chunks[0].text)),
    [1, "one\n", 2, 4, "four\n"],
  );
});

test("output after a clear still belongs to its section", () => {
  outbox.section(1);
  outbox.section(2);
  outbox.write("stdout", "cleared\n");
  outbox.clear(true);
  outbox.write("stdout", "kept\n");
  wait();
  outbox.send();
  assert.deepEqual(
    posted.map(({ type, line }) => line ?? type),
    [2, "clear", "output"],
  );
});

test("sections do not delay pictures", () => {
  outbox.section(1);
  outbox.send();
  outbox.display(picture("shown at once"));
  assert.deepEqual(
    posted.map(({ type }) => type),
    ["section", "display"],
  );
});

test("a section begins with a new line even if the one before it was cut off", () => {
  outbox.write("stdout", "y".repeat(1500));
  outbox.section(2);
  outbox.write("value", "42\n");
  outbox.send();
  assert.equal(text(), `${"y".repeat(1000)}42\n`);
});

test("held output is sent even if no Python requests it", () => {
  outbox.display(picture("first"));
  outbox.display(picture("second"));
  assert.equal(posted.length, 1);
  wait();
  assert.equal(posted.length, 2);
});

test("the number of objects that a run displays is limited, and the page is told once", () => {
  for (let count = 0; count < MOST_DISPLAYS + 10; count += 1) outbox.display(picture("x"));
  wait();
  outbox.send();
  assert.equal(posted.filter(({ type }) => type === "display").length, MOST_DISPLAYS);
  assert.equal(text().match(/as much as the page can hold/g)?.length, 1);
});

test("the bytes that a run displays are limited, except to replace others", () => {
  const large = picture("x".repeat(MOST_DISPLAYED_BYTES / 2));
  for (let count = 0; count < 4; count += 1) outbox.display(large);
  outbox.display(picture("replaced", { id: "a", replaces: true }));
  wait();
  outbox.send();
  assert.equal(posted.filter(({ type }) => type === "display").length, 3);
});

test("clearing makes room", () => {
  for (let count = 0; count < MOST_DISPLAYS + 10; count += 1) outbox.display(picture("x"));
  outbox.clear(false);
  posted = [];
  outbox.display(picture("again"));
  wait();
  outbox.send();
  assert.equal(posted.filter(({ type }) => type === "display").length, 1);
});

test("other messages come after the output before them", () => {
  outbox.write("stdout", "asked\n");
  outbox.post(/** @type {any} */ ({ type: "input" }));
  assert.deepEqual(
    posted.map(({ type }) => type),
    ["output", "input"],
  );
});
