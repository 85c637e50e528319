/** The order in which a proof runs the examples of a page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellsOf, planFor, wantedIn } from "../../assets/proof/page_plan.js";

/** @param {Record<string, string>[]} cells attributes without their prefix @param {number[]} [skipped] */
function plan(cells, skipped = []) {
  const attributes = cells.map((cell) =>
    Object.fromEntries(
      Object.entries(cell).map(([name, value]) => [name === "hidden" ? name : `data-${name}`, value]),
    ),
  );
  return planFor(cellsOf(attributes), new Set(skipped));
}

/** @param {ReturnType<typeof plan>} steps */
const order = (steps) => steps.map(({ cell }) => cell.index);

test("examples run from top to bottom", () => {
  assert.deepEqual(order(plan([{}, {}, {}])), [0, 1, 2]);
});

test("set-up code runs before the others of its session, wherever it is", () => {
  const steps = plan([{}, { setup: "" }, { session: "other" }, { setup: "", session: "other" }]);
  assert.deepEqual(order(steps), [1, 0, 3, 2]);
  assert.deepEqual(
    steps.map(({ isSetup }) => isSetup),
    [true, false, true, false],
  );
});

test("needed examples run before those that need them, and once", () => {
  const cells = [{ needs: "c" }, { name: "b" }, { name: "c", needs: "b" }, { needs: "b c" }];
  assert.deepEqual(order(plan(cells)), [1, 2, 0, 3]);
  assert.deepEqual(
    order(
      plan([
        { name: "a", needs: "b" },
        { name: "b", needs: "a" },
      ]),
    ),
    [1, 0],
  );
});

test("skipped examples do not run, and those that need them are known", () => {
  const steps = plan([{ name: "a" }, { needs: "a" }], [0]);
  assert.deepEqual(order(steps), [1]);
  assert.deepEqual(
    steps[0]?.needed.map(({ index }) => index),
    [0],
  );
});

test("set-up code runs as such unless the page documents what it shows", () => {
  const [hidden, documented] = plan([
    { setup: "", hidden: "", expected: "[]", source: "x" },
    { setup: "", expected: "[]", source: "y" },
  ]);
  assert.equal(hidden?.isSetup, true);
  assert.equal(documented?.isSetup, false);
  const wanted = wantedIn(/** @type {any} */ (hidden), 1000);
  assert.deepEqual(wanted.setup, [{ fileName: "cell1.py", code: "x" }]);
  assert.equal(wanted.source.code, "");
  assert.equal(wantedIn(/** @type {any} */ (documented), 1000).source.code, "y");
});

test("a run wants what the page would ask for", () => {
  const [, step] = plan([
    { page: "a.md", source: "s", setup: "", preamble: "p" },
    { page: "a.md", source: "c", preamble: "p", timeout: "2", stdin: "1\n2", "hide-value": "" },
  ]);
  const wanted = wantedIn(/** @type {any} */ (step), 1000);
  assert.equal(wanted.session, '/a.md#["a.md","page"]');
  assert.deepEqual(
    wanted.setup.map(({ code }) => code),
    ["p", "s"],
  );
  assert.equal(wanted.timeoutMs, 2000);
  assert.deepEqual(wanted.options.stdin, ["1", "2"]);
  assert.equal(wanted.options.showValue, false);
});
