/** Which sections a page takes from its worker, in whose name code of a reader can send anything. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PendingRun } from "../../assets/page/run/pending_run.js";

/**
 * @param {string} code
 * @param {boolean} interactive
 * @param {number[]} lines that the worker reports
 * @returns {number[]} those that the cell hears of
 */
function heard(code, interactive, lines) {
  /** @type {number[]} */
  const found = [];
  const wanted = /** @type {any} */ ({ requirements: [], source: { code }, options: { interactive } });
  const listener = /** @type {any} */ ({ section: (/** @type {number} */ line) => found.push(line) });
  const run = new PendingRun(wanted, listener, () => {});
  for (const line of lines) run.hear({ type: "section", run: run.number, line }, /** @type {any} */ (null));
  return found;
}

test("an interactive example has a section for each of its lines, and no others", () => {
  assert.deepEqual(heard("1\n2", true, [1, 2, 3, 2 ** 50, 1]), [1, 2, 1]);
  assert.deepEqual(heard("1\r\n2\r3\n4", true, [4, 5]), [4]);
});

test("other examples have no sections", () => {
  assert.deepEqual(heard("1\n2", false, [1, 2]), []);
});
