/** Which code runs with that of a stranger, and with code that needs such a cell. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeCell, nextInQueue, openPage } from "./fake_page.js";

const { cellsAbove, cellsOfPage, runInOrder } = await import("../../assets/page/run/order.js");
const { codeBefore } = await import("../../assets/page/run/run_request.js");

const CELLS = {
  setup: { setup: true, code: "setup", page: "p" },
  base: { name: "base", code: "base", page: "p" },
  side: { name: "side", needs: "base", code: "side", page: "p" },
  elsewhere: { name: "elsewhere", setup: true, session: "other", code: "elsewhere", page: "p" },
  taken: { name: "taken", needs: "side elsewhere", code: "stranger", page: "p" },
  last: { needs: "taken base", code: "last", page: "p" },
};

/** A page on which one cell has code of a stranger. */
function openForeign() {
  const page = /** @type {Record<keyof typeof CELLS, any>} */ (openPage(CELLS));
  for (const [name, cell] of Object.entries(page)) cell.dataset.source = `author's ${name}`;
  page.taken.isForeign = true;
  return page;
}

/** @param {any} cell */
const before = (cell) => codeBefore(cell).map(({ sourceFile }) => sourceFile.code);

test("the run of foreign code contains everything that its cell needs, and no other cell runs", () => {
  const page = openForeign();
  assert.deepEqual(before(page.taken), ["setup", "base", "side", "elsewhere"]);
  runInOrder([page.taken]);
  assert.equal(nextInQueue(), page.taken);
  page.taken.reach("done");
  assert.equal(nextInQueue(), undefined);
});

test("code that needs such a cell gets what its author wrote", () => {
  const page = openForeign();
  assert.deepEqual(before(page.last), ["setup", "base", "side", "elsewhere", "author's taken"]);
  runInOrder([page.last]);
  assert.equal(nextInQueue(), page.base);
  page.taken.isForeign = false;
  assert.deepEqual(before(page.last), ["setup"]);
});

test("foreign code runs only where the reader asks for it, and its failure stops no other example", () => {
  const page = openForeign();
  assert.ok(!cellsOfPage(page.last).includes(page.taken));
  assert.ok(cellsOfPage(page.taken).includes(page.taken));
  assert.ok(!cellsAbove(page.last).includes(page.taken));
  assert.deepEqual(cellsAbove(page.taken), []);
  runInOrder([page.taken, page.side]);
  page.taken.reach("error");
  for (const cell of Object.values(page)) assert.ok(cell instanceof FakeCell && cell.cancelled.length === 0);
});
