/** Which edits belong to which cells, and how they are stored. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { findLinked, hashOf, matchEdits, placesOf } from "../../assets/page/edits/edit.js";
import { EditStore, LONGEST_MS, MOST_CHARACTERS, PREFIX } from "../../assets/page/edits/edit_store.js";

/** @import { Edit } from "../../assets/page/edits/edit.js" */

const NOW = 1_800_000_000_000;

/** @param {string[]} codes @param {Record<number, string>} [names] by position */
const page = (codes, names = {}) =>
  placesOf(codes.map((code, at) => ({ page: "guide.md", name: names[at] ?? "", code })));

/** @param {object} place @param {Partial<Edit>} [rest] @returns {Edit} */
const edit = (place, rest = {}) => ({
  .../** @type {Edit} */ (place),
  id: "a",
  code: "mine",
  time: NOW,
  foreign: false,
  ...rest,
});

/** @param {number} [room] in characters */
function storage(room = Number.POSITIVE_INFINITY) {
  /** @type {Map<string, string>} */
  const items = new Map();
  return {
    items,
    get length() {
      return items.size;
    },
    key: (/** @type {number} */ at) => [...items.keys()][at] ?? null,
    getItem: (/** @type {string} */ key) => items.get(key) ?? null,
    /** @param {string} key @param {string} value */
    setItem(key, value) {
      if (value.length > room) throw new DOMException("full", "QuotaExceededError");
      items.set(key, value);
    },
    removeItem: (/** @type {string} */ key) => void items.delete(key),
  };
}

test("an edit follows its example when the author adds another one above", () => {
  const [, second] = page(["one", "two"]);
  const { cells, gone } = matchEdits([edit(second ?? {})], page(["new", "one", "two"]));
  assert.deepEqual(
    cells.map(({ current }) => current?.code),
    [undefined, undefined, "mine"],
  );
  assert.deepEqual(gone, []);
});

test("an edit of changed code is not the current one, by name and by position", () => {
  const [first, second] = page(["one", "two"], { 0: "named" });
  const edits = [edit(first ?? {}, { id: "a" }), edit(second ?? {}, { id: "b" })];
  const { cells } = matchEdits(edits, page(["two changed", "one changed"], { 1: "named" }));
  // The second one keeps its position only if nothing else is there.
  assert.deepEqual(
    cells[1]?.others.map(({ id }) => id),
    ["a"],
  );
  assert.equal(cells[0]?.current, null);
  const same = matchEdits([edit(second ?? {})], page(["one", "changed"]));
  assert.deepEqual(
    same.cells[1]?.others.map(({ code }) => code),
    ["mine"],
  );
});

test("equal examples are told apart by their order, and copies of a page by their name", () => {
  const places = page(["# Your code", "# Your code", "# Your code"]);
  const { cells } = matchEdits([edit(places[1] ?? {})], places);
  assert.deepEqual(
    cells.map(({ current }) => current !== null),
    [false, true, false],
  );
  const copies = page(["x", "x"], { 0: "twin", 1: "twin" });
  assert.deepEqual(
    copies.map(({ name }) => name),
    ["twin", ""],
  );
});

test("an edit of an example that is gone belongs to no cell, nor to one of another page", () => {
  const [, , third] = page(["one", "two", "three"]);
  const { cells, gone } = matchEdits([edit(third ?? {})], page(["one", "two"]));
  assert.deepEqual(
    gone.map(({ code }) => code),
    ["mine"],
  );
  assert.ok(cells.every(({ current, others }) => current === null && others.length === 0));
  const other = placesOf([{ page: "other.md", name: "", code: "one" }]);
  assert.equal(matchEdits([edit(page(["one"])[0] ?? {})], other).gone.length, 1);
});

test("the newest of two edits of one example is the current one", () => {
  const [place = {}] = page(["one"]);
  const edits = [edit(place, { id: "old", time: 1 }), edit(place, { id: "new", time: 2 })];
  const [cell] = matchEdits(edits, page(["one"])).cells;
  assert.equal(cell?.current?.id, "new");
  assert.deepEqual(
    cell?.others.map(({ id }) => id),
    ["old"],
  );
});

test("a link finds its example by name, by its code and by position", () => {
  const places = page(["one", "two", "three"], { 2: "last" });
  assert.equal(findLinked({ cell: "last", of: "" }, places), 2);
  assert.equal(findLinked({ cell: "7", of: hashOf("two") }, places), 1);
  assert.equal(findLinked({ cell: "1", of: "changed" }, places), 1);
  assert.equal(findLinked({ cell: "gone", of: "changed" }, places), -1);
  assert.equal(findLinked({ cell: "3", of: "" }, places), -1);
});

test("hashes tell similar code apart", () => {
  const texts = Array.from({ length: 5000 }, (_, at) => `print(${at})`);
  assert.equal(new Set(texts.map(hashOf)).size, texts.length);
  assert.equal(hashOf(""), hashOf(""));
});

test("edits are stored by page, replaced by id, removed unless changed, and forgotten by folder", () => {
  const items = storage();
  const store = new EditStore(items, () => NOW);
  const [place = {}] = page(["one"]);
  assert.equal(store.put("/docs/a", edit(place)), "kept");
  assert.equal(store.put("/docs/a", edit(place, { code: "more" })), "kept");
  assert.equal(store.put("/other/a", edit(place)), "kept");
  assert.deepEqual(
    store.read("/docs/a")?.map(({ code }) => code),
    ["more"],
  );
  store.remove("/docs/a", edit(place, { code: "what this tab knows" }));
  assert.equal(store.read("/docs/a")?.length, 1);
  store.forget("/docs/");
  assert.deepEqual([...items.items.keys()], [`${PREFIX}/other/a`]);
  store.remove("/other/a", edit(place));
  assert.equal(items.items.size, 0);
});

test("garbage in the storage is no edit, and what a newer pyrun has stored stays", () => {
  const items = storage();
  const store = new EditStore(items, () => NOW);
  const [place = {}] = page(["one"]);
  for (const garbage of [
    "",
    "{",
    "null",
    "7",
    '"x"',
    '{"format":1,"edits":7}',
    '{"edits":[null,7,{"code":1}]}',
  ]) {
    items.items.set(`${PREFIX}/a`, garbage);
    assert.deepEqual(store.read("/a"), [], garbage);
    assert.equal(store.put("/a", edit(place)), "kept", garbage);
    assert.equal(store.read("/a")?.length, 1, garbage);
  }
  const newer = '{"format":2,"edits":"of another kind"}';
  items.items.set(`${PREFIX}/a`, newer);
  assert.equal(store.read("/a"), null);
  assert.equal(store.put("/a", edit(place)), "newer");
  store.remove("/a", edit(place));
  assert.equal(items.items.get(`${PREFIX}/a`), newer);
});

test("without room or storage, storing says why and changes nothing", () => {
  const [place = {}] = page(["one"]);
  const items = storage(400);
  const store = new EditStore(items, () => NOW);
  assert.equal(store.put("/a", edit(place)), "kept");
  assert.equal(store.put("/a", edit(place, { code: "x".repeat(400) })), "full");
  assert.deepEqual(
    store.read("/a")?.map(({ code }) => code),
    ["mine"],
  );
  assert.equal(store.put("/a", edit(place, { code: "x".repeat(MOST_CHARACTERS) })), "large");
  assert.equal(new EditStore(null).put("/a", edit(place)), "blocked");
  assert.deepEqual(new EditStore(null).read("/a"), []);
});

test("edits expire, and the oldest go when there are too many", () => {
  const items = storage();
  const [place = {}] = page(["one"]);
  const old = new EditStore(items, () => NOW - LONGEST_MS - 1);
  assert.equal(old.put("/expired", edit(place, { time: NOW - LONGEST_MS - 1 })), "kept");
  const store = new EditStore(items, () => NOW);
  assert.deepEqual(store.read("/expired"), []);
  const code = "x".repeat(MOST_CHARACTERS / 2 - 1000);
  for (const [at, path] of ["/first", "/second", "/third"].entries()) {
    assert.equal(store.put(path, edit(place, { code, time: NOW + at })), "kept");
  }
  const paths = [...items.items.keys()].map((key) => key.slice(PREFIX.length));
  assert.deepEqual(paths, ["/second", "/third"]);
});
