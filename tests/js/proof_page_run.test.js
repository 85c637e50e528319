/** A proof goes on after examples that end Python, and without those that depend on failed ones. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { PageRun } from "../../assets/proof/page_run.js";

/** @typedef {import("../../assets/proof/page_run.js").RunningPython} RunningPython */
/** @typedef {import("../../assets/proof/python_thread.js").Listener} Listener */

/**
 * A Python that does what the code of an example says: `ok`, `fail`, `die`, `loop` until it is stopped, `stubborn` for ever.
 * After `break`, it says nothing any more.
 * @implements {RunningPython}
 */
class FakePython {
  /** @type {"shared"} */
  strategy = "shared";
  /** The code that has run. @type {string[]} */
  ran = [];
  isOpen = true;
  /** @type {Listener | null} */
  #listener = null;
  #code = "";

  /** @param {Listener} listener */
  listen(listener) {
    this.#listener = listener;
  }

  /** @param {import("../../assets/shared/protocol.js").RunRequest} request */
  send({ run, setup, source }) {
    this.#code = source.code || (setup.at(-1)?.code ?? "");
    this.ran.push(this.#code);
    if (this.ran.includes("break") && this.#code !== "break") return;
    this.#say({ type: "running", run });
    if (/^ok|^break/.test(this.#code)) this.#say({ type: "done", run, problem: null, clues: null });
    if (this.#code.startsWith("fail")) this.#say({ type: "error", run, problem: null, clues: null });
    if (this.#code.startsWith("die")) this.#listener?.died("it died");
  }

  answer() {}

  /** @param {number} run */
  stop(run) {
    if (this.#code.startsWith("loop")) this.#say({ type: "stopped", run, problem: null, clues: null });
  }

  close() {
    this.isOpen = false;
  }

  /** @param {import("../../assets/shared/protocol.js").WorkerData} message */
  #say(message) {
    this.#listener?.said(message);
  }
}

/**
 * @param {(string | Record<string, string>)[]} cells code, or attributes without their prefix
 * @param {{ skipped?: number[], deadly?: [number, string][] }} [job]
 */
async function run(cells, { skipped = [], deadly = [] } = {}) {
  const attributes = cells.map((cell) =>
    Object.fromEntries(
      Object.entries(typeof cell === "string" ? { source: cell } : cell).map(([key, value]) => [
        `data-${key}`,
        value,
      ]),
    ),
  );
  /** @type {FakePython[]} */
  const pythons = [];
  const page = new PageRun(
    { page: "a.md", cells: attributes, skipped, deadly },
    {
      start: async () => {
        const python = new FakePython();
        pythons.push(python);
        return python;
      },
      settlement: /** @type {any} */ ({ neededBy: () => ({ start: [], run: [], files: [] }) }),
      limitMs: 1000,
      begins: () => {},
    },
  );
  const outcomes = await page.run();
  assert.ok(pythons.every(({ isOpen }) => !isOpen));
  return {
    endings: outcomes.map((outcome) => outcome?.ending),
    details: outcomes.map((outcome) => outcome?.detail),
    ran: pythons.map((python) => python.ran.join(" ")),
  };
}

test("an example that fails leaves Python as it is", async () => {
  const { endings, ran } = await run(["ok1", "fail", "ok2"]);
  assert.deepEqual(endings, ["done", "error", "done"]);
  assert.deepEqual(ran, ["ok1 fail ok2"]);
});

test("after one that ends Python, the others run again without it", async () => {
  const { endings, details, ran } = await run(["ok1", "die", "ok2", "die", "fail", "ok3"]);
  assert.deepEqual(endings, ["done", "killed", "done", "killed", "error", "done"]);
  assert.equal(details[1], "it died");
  assert.deepEqual(ran, ["ok1 die", "ok1 ok2 die", "ok1 ok2 fail ok3"]);
});

test("nothing runs again after the last example, nor does one that leaves no names", async () => {
  assert.deepEqual((await run(["ok1", "die"])).ran, ["ok1 die"]);
  const { ran } = await run([{ source: "ok1", session: "isolated" }, "die", "ok2"]);
  assert.deepEqual(ran, ["ok1 die", "ok2"]);
});

test("endless examples are stopped, and do not run again", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const running = run(["loop", "stubborn", "ok"]);
    for (let turn = 0; turn < 20; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      mock.timers.tick(500);
    }
    const { endings, ran } = await running;
    assert.deepEqual(endings, ["timeout", "killed", "done"]);
    assert.deepEqual(ran, ["loop stubborn", "ok"]);
  } finally {
    mock.timers.reset();
  }
});

test("an example after which nothing begins is blamed, and not the next one", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const running = run(["ok1", "break", "ok2", "ok3"]);
    for (let turn = 0; turn < 20; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      mock.timers.tick(5000);
    }
    const { endings, ran } = await running;
    assert.deepEqual(endings, ["done", "killed", "done", "done"]);
    assert.deepEqual(ran, ["ok1 break ok2", "ok1 ok2 ok3"]);
  } finally {
    mock.timers.reset();
  }
});

test("what depends on an example that failed or was skipped is lost", async () => {
  const cells = [
    { source: "fail", name: "a", line: "7" },
    { source: "ok1", needs: "a", name: "b" },
    { source: "ok2", needs: "b" },
    { source: "ok3", name: "c" },
    { source: "ok4", needs: "c" },
  ];
  const { endings, details, ran } = await run(cells, { skipped: [3] });
  assert.deepEqual(endings, ["error", "lost", "lost", undefined, "lost"]);
  assert.match(details[1] ?? "", /^It depends on the example “a”, in line 7, which failed/);
  assert.deepEqual(ran, ["fail"]);
});

test("an example that has ended the process before does not run", async () => {
  const { endings, ran } = await run(["ok1", "ok2"], { deadly: [[0, "why"]] });
  assert.deepEqual(endings, ["killed", "done"]);
  assert.deepEqual(ran, ["ok2"]);
});

test("if Python does not start, nothing of the page can run", async () => {
  const page = new PageRun(
    { page: "a.md", cells: [{ "data-source": "ok" }], skipped: [], deadly: [] },
    {
      start: () => Promise.reject(new Error("no memory")),
      settlement: /** @type {any} */ ({}),
      limitMs: 1000,
      begins: () => {},
    },
  );
  const [outcome] = await page.run();
  assert.equal(outcome?.ending, "lost");
  assert.equal(outcome?.detail, "Python could not start: no memory");
});
