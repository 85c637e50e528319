/** Which examples run before the requested one, and which don't run after a failed one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeCell, interpreter, nextInQueue, openPage } from "./fake_page.js";

const { cellsAbove, runInOrder } = await import("../../assets/page/run/order.js");
const { RunResult } = await import("../../assets/page/run/run_result.js");

/** @typedef {Record<string, FakeCell>} Page */

const NEEDS = {
  setup: { name: "setup", setup: true },
  base: { name: "base" },
  side: { name: "side", needs: "base" },
  top: { needs: "side base setup" },
  broken: { name: "broken", caption: "Broken on purpose" },
  onBroken: { name: "on-broken", needs: "broken" },
  onThat: { needs: "on-broken base" },
  kitchen: { name: "kitchen", session: "kitchen" },
  onKitchen: { needs: "kitchen" },
  other: {},
};

/** @param {FakeCell} cell @param {"done" | "error" | "stopped"} ending */
function end(cell, ending) {
  const result = new RunResult(cell.sourceFile.code, true, interpreter, cell.result);
  result.begin();
  cell.result = result.end(ending, false);
  cell.reach(ending);
}

/**
 * The examples that run when the reader requests these, one after the other.
 * @param {Page} page @param {string[]} wanted @param {Record<string, "error" | "stopped">} [endings] of those that are not done
 */
function run(page, wanted, endings = {}) {
  for (const key of wanted) runInOrder(/** @type {any[]} */ ([page[key]]));
  return finish(page, endings);
}

/** @param {Page} page @param {Record<string, "error" | "stopped">} [endings] @returns {string[]} what ran, in order */
function finish(page, endings = {}) {
  const ran = [];
  for (let cell = nextInQueue(); cell; cell = nextInQueue()) {
    const key = Object.keys(page).find((name) => page[name] === cell) ?? "";
    ran.push(key);
    end(cell, endings[key] ?? "done");
  }
  return ran;
}

test("an example needs none of another page that is shown with it", () => {
  const page = openPage({
    base: { name: "base", page: "a.md" },
    top: { needs: "base", page: "a.md" },
    otherBase: { name: "base", page: "b.md" },
    otherTop: { needs: "base", page: "b.md" },
  });
  assert.deepEqual(run(page, ["otherTop", "top"]), ["otherBase", "otherTop", "base", "top"]);
});

test("what an example needs runs first, once, and only if necessary", () => {
  const page = openPage(NEEDS);
  assert.deepEqual(run(page, ["top"]), ["base", "side", "top"]);
  assert.deepEqual(run(page, ["top"]), ["top"]);
});

test("a needed example runs again after an edit, with everything that depends on it", () => {
  const page = openPage(NEEDS);
  run(page, ["top"]);
  /** @type {FakeCell} */ (page.side).sourceFile.code = "side = 10";
  assert.deepEqual(run(page, ["top"]), ["side", "top"]);
  /** @type {FakeCell} */ (page.base).sourceFile.code = "base = 5";
  assert.deepEqual(run(page, ["top"]), ["base", "side", "top"]);
});

test("a needed example runs again if one that it needs has run later", () => {
  const page = openPage(NEEDS);
  run(page, ["top"]);
  run(page, ["base"]);
  assert.deepEqual(run(page, ["top"]), ["side", "top"]);
});

test("a needed example runs again in a new Python", () => {
  const page = openPage(NEEDS);
  run(page, ["top"]);
  interpreter.epoch += 1;
  assert.deepEqual(run(page, ["top"]), ["base", "side", "top"]);
});

test("an example that failed or was stopped runs again when it is needed", () => {
  for (const ending of /** @type {const} */ (["error", "stopped"])) {
    const page = openPage(NEEDS);
    run(page, ["side"], { side: ending });
    assert.deepEqual(run(page, ["top"]), ["side", "top"]);
  }
});

test("an editor's line ends do not count as an edit", () => {
  const page = openPage({ base: { name: "base", code: "a\nb" }, top: { needs: "base" } });
  run(page, ["top"]);
  /** @type {FakeCell} */ (page.base).sourceFile.code = "a\r\nb";
  assert.deepEqual(run(page, ["top"]), ["top"]);
});

test("set-up code is not run separately for its own session, but is for another one", () => {
  const page = openPage({ ...NEEDS, other: { session: "other", needs: "setup" } });
  assert.deepEqual(run(page, ["top"]), ["base", "side", "top"]);
  assert.deepEqual(run(page, ["other"]), ["setup", "other"]);
});

test("an example of another session can be needed", () => {
  assert.deepEqual(run(openPage(NEEDS), ["onKitchen"]), ["kitchen", "onKitchen"]);
});

test("the next click comes after all needed examples", () => {
  assert.deepEqual(run(openPage(NEEDS), ["top", "other"]), ["base", "side", "top", "other"]);
});

test("a waiting example is not queued twice", () => {
  assert.deepEqual(run(openPage(NEEDS), ["base", "top", "top"]), ["base", "side", "top"]);
});

test("all examples of a page run from top to bottom, and each once", () => {
  const page = openPage(NEEDS);
  runInOrder(/** @type {any[]} */ ([page.base, page.side, page.top, page.other]));
  assert.deepEqual(finish(page), ["base", "side", "top", "other"]);
});

for (const [wanted, expected] of Object.entries({
  one: ["three", "two", "one"],
  two: ["one", "three", "two"],
  three: ["two", "one", "three"],
  self: ["self"],
})) {
  test(`a cycle of needs and an unknown name do no harm, from ${wanted}`, () => {
    const page = openPage({
      one: { name: "one", needs: "two" },
      two: { name: "two", needs: "three unknown" },
      three: { name: "three", needs: "one" },
      self: { name: "self", needs: "self" },
    });
    assert.deepEqual(run(page, [wanted]), expected);
    assert.deepEqual(run(page, [wanted]), [wanted]);
  });
}

test("an example that needs a failed one fails too, and names it", () => {
  const page = openPage(NEEDS);
  assert.deepEqual(run(page, ["onThat"], { broken: "error" }), ["base", "broken"]);
  const notice = "Not run, because it needs Broken on purpose, which failed.";
  for (const cell of [page.onBroken, page.onThat]) assert.deepEqual(cell?.cancelled, [["error", notice]]);
});

test("an example that needs a stopped one is stopped too", () => {
  const page = openPage(NEEDS);
  run(page, ["onKitchen"], { kitchen: "stopped" });
  assert.deepEqual(page.onKitchen?.cancelled, [
    ["stopped", "Not run, because it needs kitchen, which was stopped."],
  ]);
});

test("an example after a failed one is stopped even if it does not need it", () => {
  const page = openPage({ first: {}, bad: { caption: "The bad one" }, after: {} });
  runInOrder(/** @type {any[]} */ (Object.values(page)));
  assert.deepEqual(finish(page, { bad: "error" }), ["first", "bad"]);
  assert.deepEqual(page.after?.cancelled, [["stopped", "Not run, because The bad one failed."]]);
});

test("a failure does not end runs that an earlier click has queued", () => {
  const page = openPage({ bad: {}, after: {} });
  runInOrder(/** @type {any[]} */ ([page.after]));
  runInOrder(/** @type {any[]} */ ([page.bad, page.after]));
  assert.deepEqual(finish(page, { bad: "error" }), ["after", "bad"]);
  assert.deepEqual(page.after?.cancelled, []);
});

test("Run above runs the visible examples above in the same session", () => {
  const page = openPage({
    begin: {},
    elsewhere: { session: "other" },
    alone: { session: "isolated" },
    hidden: { hidden: true },
    middle: {},
    end: {},
    last: {},
  });
  assert.deepEqual(cellsAbove(/** @type {any} */ (page.end)), [page.begin, page.middle]);
  for (const key of ["begin", "elsewhere", "alone"]) {
    assert.deepEqual(cellsAbove(/** @type {any} */ (page[key])), []);
  }
});
