/** Which Python a page starts, and what its runs do when the settlement of the site is old or wrong. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  GONE,
  interpreter,
  NOW,
  OTHER_LOCK,
  open,
  openEarly,
  openLate,
  PAGE,
  PYODIDE,
  ran,
  run,
  until,
  worker,
} from "./fake_interpreter.js";
import { openPage } from "./fake_page.js";
import { CONTENT, changed } from "./fake_settlement.js";
import { workers } from "./fake_worker.js";

/** @import { RunRequest } from "../../assets/shared/protocol.js" */

test("Python starts with the packages of all cells of the page, and a run has those of its own", async () => {
  open(NOW);
  run("1", "b");
  const python = await worker(1);
  assert.deepEqual(python.start.packages, ["site", "pandas"]);
  assert.deepEqual(
    python.start.wheels.map(({ bytes }) => bytes),
    [9, 5, 3],
  );
  assert.equal(python.start.imports, null);
  python.becomeReady();
  await ran(python, 1);
  const [{ packages, files }] = /** @type {[RunRequest]} */ (python.runs);
  assert.deepEqual(packages, ["numpy"]);
  assert.deepEqual(
    files.map(({ url }) => url),
    ["https://example.org/docs/assets/pyrun/files/y.csv"],
  );
});

test("Python starts with the copy, and code runs when the fresh settlement is there", async () => {
  const { arrive } = openEarly();
  const one = run("1");
  const python = await worker(1);
  python.becomeReady();
  run("2");
  assert.equal(python.runs.length, 0);
  arrive({ settlement: changed({ pyodide: PYODIDE, start: ["new"] }) });
  assert.deepEqual(await ran(python, 1), ["1"]);
  assert.deepEqual(python.runs[0]?.packages, ["new"]);
  python.end();
  assert.deepEqual(await ran(python, 2), ["1", "2"]);
  assert.deepEqual(one.ended, ["done", undefined]);
  assert.equal(workers.length, 1);
});

for (const change of ["a lock file", "a Pyodide"]) {
  test(`Python from the copy is replaced if the site has ${change} that is different`, async () => {
    const pyodide = { ...PYODIDE, url: "pyodide-2/" };
    const other = change === "a Pyodide" ? { settlement: changed({ pyodide }) } : OTHER_LOCK;
    const { arrive } = openEarly();
    interpreter.warm(PAGE);
    const old = await worker(1);
    const one = run("1");
    arrive(other);
    const python = await worker(2);
    assert.equal(old.isOpen, false);
    assert.notDeepEqual([python.start.pyodideUrl, python.start.lock], [old.start.pyodideUrl, old.start.lock]);
    python.becomeReady();
    assert.deepEqual(await ran(python, 1), ["1"]);
    python.end();
    assert.deepEqual(one.ended, ["done", undefined]);
  });
}

test("a start that fails with the copy is tried again with the fresh settlement", async () => {
  const { requests, arrive } = openEarly();
  const one = run("1");
  (await worker(1)).say({ type: "failed", reason: "download", detail: "404" });
  arrive(OTHER_LOCK);
  (await worker(2)).becomeReady();
  assert.equal(one.ended, null);
  assert.deepEqual(requests.made, []);
});

test("an unknown id is looked up once more past all caches, and runs keep their order", async () => {
  const d = { ...CONTENT.examples, d: { run: ["numpy"] } };
  const { requests } = open(NOW, NOW, { settlement: changed({ pyodide: PYODIDE, examples: d }) });
  run("1", "d");
  run("2");
  const python = await worker(1);
  python.becomeReady();
  assert.deepEqual(await ran(python, 1), ["1"]);
  assert.deepEqual(python.runs[0]?.packages, ["numpy"]);
  python.end();
  assert.deepEqual(await ran(python, 2), ["1", "2"]);
  assert.deepEqual(requests.made, [["reload", "?t=…"]]);
});

test("an id that stays unknown is a failure of that run alone", async () => {
  open(NOW);
  const [one, two] = [run("1", "d"), run("2")];
  const python = await worker(1);
  python.becomeReady();
  assert.deepEqual(await ran(python, 1), ["2"]);
  const detail = "https://example.org/docs/assets/pyrun/settlement.json lists no example with the id d";
  assert.deepEqual(one.ended, ["error", { reason: "settlement", detail }]);
  assert.equal(two.ended, null);
});

test("a package that is gone is looked up once more, and the run is tried again before later ones", async () => {
  const examples = { ...CONTENT.examples, b: { run: ["pandas"] } };
  open(NOW, NOW, { settlement: changed({ pyodide: PYODIDE, examples }) });
  const one = run("1", "b");
  run("2");
  const python = await worker(1);
  python.becomeReady();
  await ran(python, 1);
  python.end(GONE);
  assert.deepEqual(await ran(python, 2), ["1", "1"]);
  assert.deepEqual(python.runs[1]?.packages, ["pandas"]);
  python.end(GONE);
  assert.deepEqual(one.ended, ["error", GONE]); // not a third time
  assert.deepEqual(await ran(python, 3), ["1", "1", "2"]);
});

test("a package that is gone is a failure if the settlement is the same", async () => {
  open(NOW);
  const one = run("1", "b");
  const python = await worker(1);
  python.becomeReady();
  await ran(python, 1);
  python.end(GONE);
  await until(() => one.ended);
  assert.deepEqual(one.ended, ["error", GONE]);
  assert.equal(python.runs.length, 1);
});

test("a run that is tried again in another Python ends if names that it may use are lost", async () => {
  open(NOW, NOW, OTHER_LOCK);
  const one = run("1", "b", PAGE, true);
  const two = run("2");
  const old = await worker(1);
  old.becomeReady();
  await ran(old, 1);
  old.end(GONE);
  const python = await worker(2);
  assert.deepEqual([one.ended, old.isOpen], [["stopped", "replaced"], false]);
  python.becomeReady();
  assert.deepEqual(await ran(python, 1), ["2"]);
  assert.equal(two.ended, null);
});

test("a run that misses no names is tried again in another Python", async () => {
  open(NOW, NOW, OTHER_LOCK);
  const one = run("1", "b");
  const old = await worker(1);
  old.becomeReady();
  await ran(old, 1);
  old.end(GONE);
  const python = await worker(2);
  python.becomeReady();
  assert.deepEqual([await ran(python, 1), one.ended], [["1"], null]);
});

test("a fresh settlement that comes after a run replaces Python before the next run", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { arrive } = openEarly();
  run("1");
  const old = await worker(1);
  old.becomeReady();
  context.mock.timers.tick(5_000);
  assert.deepEqual(await ran(old, 1), ["1"]);
  old.end();
  arrive(OTHER_LOCK);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(old.isOpen, true);
  run("2");
  const python = await worker(2);
  python.becomeReady();
  assert.deepEqual([await ran(python, 1), old.isOpen], [["2"], false]);
});

test("after Stop had to restart Python, it starts for the page of the next run", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  open(NOW);
  const one = run("1");
  const python = await worker(1);
  python.becomeReady();
  await ran(python, 1);
  openPage({ third: { page: "next.md", requirements: "a" } });
  run("2", "b", "next.md");
  one.stop();
  context.mock.timers.tick(2_000);
  assert.deepEqual(one.ended, ["stopped", "restarted"]);
  assert.deepEqual((await worker(2)).start.packages, ["site", "pandas"]);
});

test("a run that is stopped while its problem is on the way is not tried again", async () => {
  open(NOW, NOW, { settlement: changed({ pyodide: PYODIDE, start: [] }) });
  const [one] = [run("1", "b"), run("2")];
  const python = await worker(1);
  python.becomeReady();
  await ran(python, 1);
  one.stop();
  python.end(GONE);
  assert.deepEqual(one.ended, ["stopped", undefined]);
  assert.deepEqual(await ran(python, 2), ["1", "2"]);
});

test("a run can be stopped while the settlement is requested once more", async () => {
  open(NOW);
  const [one, two] = [run("1", "d"), run("2")];
  const python = await worker(1);
  python.becomeReady();
  await until(() => python.start && interpreter.site.current?.coreBytes);
  one.stop();
  assert.deepEqual(one.ended, ["stopped", undefined]);
  assert.deepEqual(await ran(python, 1), ["2"]);
  assert.equal(two.ended, null);
});

for (const reason of /** @type {const} */ (["download", "changed"])) {
  test(`a Python that cannot start (${reason}) is started again from a newer settlement`, async () => {
    open(NOW, NOW, OTHER_LOCK);
    const [one, two] = [run("1"), run("2")];
    await until(() => interpreter.site.current?.coreBytes);
    (await worker(1)).say({ type: "failed", reason, detail: "404" });
    const python = await worker(2);
    assert.match(python.start.lock?.url ?? "", /other\.json$/);
    python.say({ type: "failed", reason, detail: "404 again" });
    await until(() => two.ended);
    const failure = { type: "failed", reason, detail: "404 again" };
    for (const { ended } of [one, two]) assert.deepEqual(ended, ["error", failure]);
    assert.equal(workers.length, 2);
  });
}

test("a Python that is gone fails all runs if the settlement is the same", async () => {
  open(NOW);
  const [one, two] = [run("1"), run("2")];
  (await worker(1)).say({ type: "failed", reason: "download", detail: "404" });
  await until(() => two.ended);
  assert.deepEqual(
    [one, two].map(({ ended }) => ended?.[0]),
    ["error", "error"],
  );
});

test("a worker whose script cannot be fetched fails the runs, whenever the settlement arrives", async (context) => {
  const { arrive } = openLate();
  const reached = globalThis.fetch;
  context.after(() => Object.assign(globalThis, { fetch: reached }));
  Object.assign(globalThis, { fetch: () => Promise.reject(new TypeError("Failed to fetch")) });
  const one = run("1");
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  arrive(NOW);
  const [ending, failure] = await until(() => one.ended);
  assert.equal(ending, "error");
  assert.match(JSON.stringify(failure), /"download".*Failed to fetch/);
});

test("the next Python gets what an earlier one has compiled, if the site has the same files", async () => {
  const other = { settlement: changed({ pyodide: { ...PYODIDE, url: "pyodide-2/" } }) };
  const { requests } = open(NOW, NOW, NOW, other);
  const modules = /** @type {any} */ (new Map([["pyodide.asm.wasm", "compiled"]]));
  run("1");
  const first = await worker(1);
  first.becomeReady(modules);
  await ran(first, 1);
  interpreter.restart();
  run("2");
  const second = await worker(2);
  assert.deepEqual(second.start.modules, modules);
  second.becomeReady(modules);
  await ran(second, 1);
  second.end(GONE); // the same settlement, so it is not tried again
  await until(() => requests.made.length === 1);
  run("3", "d");
  await until(() => requests.made.length === 2);
  assert.deepEqual((await worker(3)).start.modules, new Map());
});
