/** Checks of a Python restored from a snapshot, in the worker's own interpreter. */
import assert from "node:assert/strict";
import { OPTIONS, WORKER_OPTIONS } from "../../assets/shared/options.js";
import { PROTOCOL_VERSION } from "../../assets/shared/protocol.js";
import { Interpreter } from "../../assets/worker/interpreter.js";
import { Outbox } from "../../assets/worker/run/outbox.js";
import { makeSnapshot } from "../../assets/worker/snapshot/make.js";
import { uncaught } from "./worker_scope.mjs";

const KEY = "contract";

/**
 * @param {import("./checks_boot.mjs").Request} request
 * @returns {Promise<Record<string, () => unknown>>}
 */
export async function afterRestore(request) {
  /** @type {any[]} */
  const messages = [];
  const interpreter = new Interpreter(new Outbox((message) => messages.push(message)));
  /** @type {import("../../assets/shared/protocol.js").Waiting} */
  const waiting = "Suspending" in WebAssembly ? { strategy: "jspi" } : { strategy: "none", because: "" };
  const start = { ...request, version: PROTOCOL_VERSION, waiting, key: KEY };
  const said = (/** @type {string} */ type) => messages.filter((message) => message.type === type);
  const options = /** @type {import("../../assets/shared/options.js").WorkerOptions} */ (
    Object.fromEntries(WORKER_OPTIONS.map((name) => [name, OPTIONS[name].default]))
  );
  /** @param {string} code */
  const run = async (code) => {
    messages.length = 0;
    await interpreter.run({
      type: "run",
      run: 1,
      session: null,
      source: { fileName: "cell.py", code },
      setup: [],
      packages: [],
      raises: [],
      console: false,
      folder: null,
      texts: {},
      files: [],
      options,
      lock: "contract",
      terminal: { columns: 80, lines: 24 },
    });
    const text = said("output").flatMap(({ chunks }) => chunks.map((/** @type {any} */ chunk) => chunk.text));
    assert.deepEqual(said("crashed"), []);
    assert.deepEqual(said("error"), [], text.join(""));
    return text.join("").trim();
  };
  /** @type {any} */
  let memory = null;

  return {
    "snapshot is made": async () => {
      memory = await makeSnapshot({ ...start, type: "save", modules: new Map(), unpacked: null });
    },
    "snapshot is restored": async () => {
      const joined = (/** @type {Uint8Array[]} */ pieces) => new Uint8Array(Buffer.concat(pieces));
      const entry = memory && joined(memory.entry);
      interpreter.receiveSnapshot({ type: "snapshot-entry", entry });
      for (const part of memory ? /** @type {const} */ (["files", "heap"]) : []) {
        interpreter.receiveSnapshot({ type: "snapshot-content", part, bytes: joined(memory[part]) });
      }
      await interpreter.boot({ ...start, type: "boot", modules: new Map() }, null);
      assert.deepEqual(said("failed"), []);
      assert.equal(said("ready")[0]?.snapshot, "used");
    },
    "library is linked again": async () => {
      const count = await run("from pyrun_probe import native\nprint(native.answer(), native.answer())");
      assert.equal(count, "2 3");
    },
    "open file": async () => {
      const rest = await run("import pyrun_probe\nprint(pyrun_probe.BEGINNING + pyrun_probe.FILE.read(12))");
      assert.equal(rest, '"""A package wh'.slice(0, 15));
    },
    "random state": async () => {
      assert.equal(
        await run("import random, pyrun_probe\nprint(random.getstate() == pyrun_probe.DRAWN)"),
        "False",
      );
    },
    "spent bytecode": async () => {
      const cached = 'import os, pyrun_probe\nprint(os.path.exists(pyrun_probe.__spec__.cached or "/"))';
      assert.equal(await run(cached), "False");
    },
    "restored packages": async () => {
      if (!request.packages.includes("numpy")) return "this distribution comes without packages";
      assert.equal(await run("import numpy\nprint(numpy.linalg.inv([[2.0]])[0, 0])"), "0.5");
    },
    "restored source": async () => {
      const debugged =
        "import inspect, linecache, os\nprint(linecache.getline(os.path.abspath('cell.py'), 1))";
      assert.equal(await run(debugged), debugged.split("\n")[0]);
    },
    crash: async () => {
      // Nothing else reports it: the promise of the run never settles.
      uncaught.isExpected = true;
      void run("import ctypes\nctypes.pythonapi._exit(1)").catch(() => {});
      for (let turn = 0; turn < 100 && said("failed").length === 0; turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assert.equal(said("crashed").length, 1);
    },
  };
}
