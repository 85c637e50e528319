/** Messages that contain numbers and names, as readers see them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { describeBytes, describeCut, describeProgress } from "../../assets/page/descriptions.js";
import { FILE_MESSAGES, OUTPUT_MESSAGES, RUN_MESSAGES } from "../../assets/page/messages.js";
import { OPTIONS } from "../../assets/shared/options.js";

test("sizes have the unit that browsers use", () => {
  assert.deepEqual([0, 999, 1000, 1234, 999_999, 1_000_000, 12_345_678].map(describeBytes), [
    "0 B",
    "999 B",
    "1.0 kB",
    "1.2 kB",
    "1,000.0 kB",
    "1.0 MB",
    "12.3 MB",
  ]);
});

test("numbers of characters are in groups of three digits", () => {
  assert.deepEqual(
    [1, 999, 1000, 123_456, 1_234_567].map((count) => OUTPUT_MESSAGES.gap({ count }).split(" ")[0]),
    ["1", "999", "1,000", "123,456", "1,234,567"],
  );
});

test("the message about a limit says who set it", () => {
  assert.equal(
    describeCut(4001, 1000),
    "The output was cut after 1,000 characters, the limit that the author of this page set. The 4,001 characters after them were not kept.",
  );
  assert.match(
    describeCut(1, Number(OPTIONS.outputLimit.default)),
    /, the default limit\. The 1 character after them was not kept/,
  );
});

test("one second is singular", () => {
  assert.match(RUN_MESSAGES.timeLimit({ count: 1 }), /^Stopped after 1 second,/);
  assert.match(RUN_MESSAGES.timeLimit({ count: 2.5 }), /^Stopped after 2\.5 seconds,/);
});

test("a result names its run, and why it may be stale", () => {
  assert.equal(RUN_MESSAGES.result({ run: 3 }), "Run 3");
  assert.equal(RUN_MESSAGES.resultEdited({ run: 3 }), "Run 3, edited since");
  assert.equal(RUN_MESSAGES.resultRestarted({ run: 3 }), "Run 3, before Python was restarted");
});

test("names are listed as in a sentence", () => {
  assert.equal(FILE_MESSAGES.shared({ files: ["a"] }), "The code can open a by name.");
  assert.equal(FILE_MESSAGES.shared({ files: ["a", "b"] }), "The code can open a and b by name.");
  assert.equal(FILE_MESSAGES.shared({ files: ["a", "b", "c"] }), "The code can open a, b and c by name.");
});

/** @typedef {import("../../assets/shared/protocol.js").Progress} Progress */

/** @type {Extract<Progress, { activity: "core" }>} */
const CORE = { type: "progress", activity: "core", packages: ["numpy"], wheelBytes: 2e6, loadedBytes: 3e6 };

test("progress of a start is a fraction of the total size, if that is known", () => {
  const text = "Downloading Python and numpy";
  assert.deepEqual(describeProgress(CORE, 10e6), { text, amount: "3.0 of 12.0 MB", fraction: 0.25 });
  assert.deepEqual(describeProgress(CORE, null), { text, amount: "3.0 MB", fraction: null });
});

test("progress never exceeds the total", () => {
  const { amount, fraction } = describeProgress({ ...CORE, loadedBytes: 13e6 }, 10e6);
  assert.deepEqual([amount, fraction], ["13.0 MB", null]);
});

test("a download that has not begun shows no amount", () => {
  assert.equal(describeProgress({ ...CORE, loadedBytes: 0 }, 10e6).amount, "");
});

test("other activities name what they wait for", () => {
  assert.equal(
    describeProgress({ type: "progress", activity: "start", packages: [] }, 1).text,
    "Starting Python",
  );
  assert.equal(
    describeProgress({ type: "progress", activity: "start", packages: ["a", "b"] }, 1).text,
    "Starting Python, a and b",
  );
  assert.equal(
    describeProgress({ type: "progress", activity: "packages", packages: ["a", "b"], loadedBytes: 1 }, 1)
      .text,
    "Loading a and b",
  );
  assert.equal(
    describeProgress({ type: "progress", activity: "files", files: ["x.csv"], loadedBytes: 1 }, 1).text,
    "Loading x.csv",
  );
});
