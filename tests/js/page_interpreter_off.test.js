/** What a page does without a settlement, and when an author switches it off. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { interpreter, NOW, OFF, open, openEarly, PAGE, ran, run, until, worker } from "./fake_interpreter.js";
import { workers } from "./fake_worker.js";

test("a missing settlement is a failure, and the next run requests it again", async () => {
  const { requests } = open({ settlement: 404 }, { settlement: 404 }, NOW);
  const one = run("1");
  await until(() => one.ended);
  assert.deepEqual(one.ended, [
    "error",
    { reason: "settlement", detail: "https://example.org/docs/assets/pyrun/settlement.json: 404" },
  ]);
  assert.equal(workers.length, 0);
  run("2");
  (await worker(1)).becomeReady();
  assert.deepEqual(requests.made, [["no-cache", ""]]);
});

test("on a page that is switched off nothing starts, and all cells say so", async () => {
  const { cells } = open({ ...NOW, off: OFF });
  interpreter.warm(PAGE);
  await until(() => cells.first.off);
  const one = run("1");
  await until(() => one.ended);
  assert.deepEqual(one.ended, ["stopped", undefined]);
  assert.deepEqual(
    Object.values(cells).map(({ off }) => off),
    ["Not today.", "Not today."],
  );
  assert.equal(workers.length, 0);
});

test("a page that is known to be off does not start again on each intent", async () => {
  const { cells } = open({ ...NOW, off: OFF });
  let restarts = 0;
  const count = () => {
    restarts += 1;
  };
  document.addEventListener("pyrun:restart", count);
  interpreter.warm(PAGE);
  await until(() => cells.first.off);
  const before = restarts;
  for (let intent = 0; intent < 3; intent += 1) interpreter.warm(PAGE);
  const one = run("1");
  assert.deepEqual([one.ended, restarts, workers.length], [["stopped", undefined], before, 0]);
  document.removeEventListener("pyrun:restart", count);
});

test("a page that has been switched off since the copy ends its Python", async () => {
  const { cells, arrive } = openEarly();
  const one = run("1");
  const python = await worker(1);
  python.becomeReady();
  arrive({ ...NOW, off: OFF });
  await until(() => one.ended);
  assert.deepEqual([one.ended, python.isOpen, python.runs], [["stopped", undefined], false, []]);
  assert.equal(cells.second.off, "Not today.");
});

test("a page that has been switched on since the copy starts its Python", async () => {
  const { cells } = open({ ...NOW, off: OFF }, NOW);
  run("1");
  const python = await worker(1);
  python.becomeReady();
  assert.deepEqual(await ran(python, 1), ["1"]);
  assert.equal(cells.first.off, null);
});
