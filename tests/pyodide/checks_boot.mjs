/** Checks of a Pyodide that has started with a package, as on a reader's first visit. */
import assert from "node:assert/strict";
import { functionOf } from "../../assets/page/interpreter/isolated_script.js";
import { CORE_MODULE } from "../../assets/shared/core_files.js";
import { PROTOCOL_VERSION } from "../../assets/shared/protocol.js";
import { loadPackages, missingPackages, packageProviding } from "../../assets/worker/packages/packages.js";
import { Downloads } from "../../assets/worker/pyodide/downloads.js";
import { checksumOfStdlib, collectFiles } from "../../assets/worker/pyodide/file_system.js";
import { formatWithoutWaiting, lockFileOf, moduleOf } from "../../assets/worker/pyodide/internals.js";
import { Descriptors } from "../../assets/worker/run/descriptors.js";
import { Outbox } from "../../assets/worker/run/outbox.js";
import { glueName, PyodideLoader, UNKNOWN_PACKAGE } from "../../assets/worker/start/loader.js";
import { connectRuntime, fetchRuntime, installRuntime } from "../../assets/worker/start/runtime.js";
import { SiteFiles } from "../../assets/worker/start/site_files.js";
import { ClockSignal } from "../../assets/worker/waiting/clock_signal.js";
import checks from "./checks.py";

/** @import { Start } from "../../assets/shared/protocol.js" */
/** What Python starts with in each check. `pyodide` is the version. @typedef {Omit<Start, "waiting" | "version" | "key"> & { pyodide: string }} Request */

/** The functions that the runtime calls, from `_pyrun_worker.pyi`: enough to install the runtime and to describe it. */
const BRIDGE = {
  strategy: "none",
  why_not: "this is a test",
  send: () => {},
  package_providing: () => undefined,
  descriptors_to_write: () => "",
  stop_requested: () => false,
};

/**
 * @param {Request} request
 * @param {{ name: string, integrity: string | undefined }[]} fetched
 * @returns {Promise<Record<string, () => unknown>>}
 */
export async function afterBoot(request, fetched) {
  const clock = new ClockSignal();
  const modules = new Map();
  /** @type {Start} */
  const start = {
    ...request,
    version: PROTOCOL_VERSION,
    key: null,
    waiting: { strategy: "none", because: "" },
  };
  const files = new SiteFiles(start, null, new Downloads());
  const startup = new PyodideLoader(start, files, modules, new Downloads(), () => {});
  const { pyodide, lock } = await startup.withPackages(clock);
  installRuntime(pyodide, await fetchRuntime(files));
  /** @type {[stream: string, text: string][]} */
  const written = [];
  const write = (/** @type {string} */ stream, /** @type {string} */ text) => written.push([stream, text]);
  const runner = connectRuntime(pyodide, { ...BRIDGE, write });
  const neededToStart = fetched.map(({ name }) => name);
  const outbox = new Outbox(() => {});
  const descriptors = new Descriptors(pyodide, runner.streams, clock, outbox);
  clock.start(pyodide);
  const { FS } = pyodide;
  pyodide.runPython(checks);
  /** Calls a function of checks.py. @param {string} name @param {unknown[]} given */
  const python = (name, ...given) => pyodide.globals.get(name)(...given);
  /** @param {string | undefined} traceback what `attempt` of checks.py returns */
  const expectNone = (traceback) => {
    if (traceback) throw new Error(traceback);
  };
  /** @param {string} name of a check of checks.py */
  const check = (name) => expectNone(python("attempt", name));
  /** @param {string} name of a check of checks.py that needs an event loop */
  const checkInTask = async (name) => expectNone(await pyodide.runPythonAsync(`attempt("${name}")`));
  const times = (/** @type {string} */ name) => fetched.filter((each) => each.name === name).length;
  const site = python("site_packages");
  const module = /** @type {any} */ (moduleOf(pyodide));

  return {
    version: () => assert.equal(pyodide.version.replace(/a(\d+)$/, "-alpha.$1"), request.pyodide),
    "glue name": () => import(request.pyodideUrl + glueName(request.core)),
    "isolated scripts": async () => {
      const names = ["pyodide.mjs", glueName(request.core)];
      const texts = await Promise.all(
        names.map(async (name) => (await files.fetch(start.pyodideUrl + name)).text()),
      );
      const [entry, glue] = texts.map(functionOf);
      const script = encodeURIComponent(`export const entry = ${entry}, glue = ${glue}`);
      const functions = await import(`data:text/javascript,${script}`);
      assert.equal(typeof (await functions.entry()).loadPyodide, "function");
      const exported = await functions.glue();
      assert.equal(typeof (exported?.default ?? Reflect.get(globalThis, "_createPyodideModule")), "function");
    },
    "core files": () => {
      assert.equal(times("pyodide.asm.wasm"), 1);
      assert.equal(times("python_stdlib.zip"), 1);
      assert.equal(times("pyodide-lock.json"), 0, "the lock file of the site is used in place of it");
      assert.equal(times("lock.json"), 1);
      assert.ok(FS.readdir("/lib").some((/** @type {string} */ name) => /^python\d+\.zip$/.test(name)));
    },
    "partial library": () => {
      const parts = request.rest.map(({ url }) => url.slice(url.lastIndexOf("/") + 1));
      // Of a Python that was not traced, all bytecode is in the last part.
      const early = parts.filter((name) => name.includes("-common."));
      assert.deepEqual(
        parts.filter((name) => neededToStart.includes(name)),
        early,
      );
      check("check_whole_library");
      assert.deepEqual(parts.map(times), Array(parts.length).fill(1));
    },
    "core module": () => assert.ok(modules.get(CORE_MODULE) instanceof WebAssembly.Module),
    "wheel requests": () => {
      for (const { url } of request.wheels) assert.equal(times(url.slice(url.lastIndexOf("/") + 1)), 1, url);
    },
    "wheel placement": () => {
      assert.equal(FS.readFile(`${site}/pyrun_probe/native.so`).length > 0, true);
      assert.equal(python("probe", "COUNTED"), 1);
      assert.deepEqual(missingPackages(pyodide, request.packages), []);
    },
    bytecode: () => {
      assert.equal(python("probe", "BYTECODE"), true);
      check("check_library_bytecode");
    },
    "own lock": () => {
      assert.deepEqual(lockFileOf(pyodide).packages["pyrun-probe"]?.imports, ["pyrun_probe"]);
      const other = { name: "x", file_name: "x", sha256: "", imports: ["y"] };
      assert.equal(packageProviding(pyodide, { packages: { x: other } }, "y.z"), "x");
      assert.ok(lock.packages["pyrun-probe"]);
    },
    "unknown package": () =>
      assert.rejects(loadPackages(pyodide, ["pyrun-nowhere"]), new RegExp(UNKNOWN_PACKAGE)),
    "file nodes": () => {
      assert.equal(typeof checksumOfStdlib(FS), "number");
      const { files } = collectFiles(FS, [site]);
      const [, content] = files.find(([path]) => path.endsWith("/native.so")) ?? [];
      assert.deepEqual(content, FS.readFile(`${site}/pyrun_probe/native.so`));
    },
    "clock signal": () => check("check_clock_signal"),
    "turn count": () => {
      if (request.pyodide.startsWith("0.")) return "CPython's count of turns is exported from 314 on";
      const address = module.__Py_emscripten_signal_clock;
      assert.ok(address, "CPython's count of turns is not exported");
      assert.ok(module.HEAP32[address >> 2] >= 0);
      assert.ok(module.HEAP32[address >> 2] <= 400);
    },
    "https handlers": () => check("check_https_handlers"),
    descriptors: () => {
      const before = written.length;
      check("check_descriptors");
      assert.deepEqual(
        written.slice(before).filter(([stream]) => stream === "stdout"),
        [["stdout", "before, below, after\n"]],
      );
      descriptors.begin({ columns: 61, lines: 23 });
      check("check_restored_descriptors");
    },
    "event loop": () => check("check_event_loop"),
    "blocking loop": async () => {
      await checkInTask("check_blocking_loop");
      check("check_blocking_loop"); // as in a callback
    },
    traceback: () => check("check_traceback"),
    messages: () => check("check_messages"),
    "suspending names": () => check("check_suspending_names"),
    suspending: async () => {
      if (!("Suspending" in WebAssembly)) return "this Node has no JavaScript Promise Integration";
      await checkInTask("check_suspending");
    },
    formatting: () => {
      const { validSuspender } = module;
      const before = validSuspender.value;
      formatWithoutWaiting(pyodide);
      try {
        for (const value of [true, false]) {
          validSuspender.value = value;
          check("check_formatting");
          assert.equal(validSuspender.value, value);
        }
      } finally {
        validSuspender.value = before;
      }
    },
    "glue internals": () => {
      const { pyrunInternals: internals } = module;
      assert.ok(internals, "the glue has no internals: it was not patched");
      const { GOT, LDSO, wasmTable, wasmTableMirror, freeTableIndexes } = internals;
      assert.ok(Object.values(GOT).every((entry) => entry instanceof WebAssembly.Global));
      assert.ok(wasmTable instanceof WebAssembly.Table);
      assert.ok(Array.isArray(wasmTableMirror));
      assert.ok(Array.isArray(freeTableIndexes));
      const library = LDSO.loadedLibsByName[`${site}/pyrun_probe/native.so`];
      assert.equal(typeof library.exports.PyInit_native, "function");
      assert.equal(typeof library.global, "boolean");
      assert.equal(typeof library.refcount, "number");
      assert.ok(LDSO.loadedLibsByName.__main__);
      assert.ok(Object.values(LDSO.loadedLibsByHandle).includes(library));
      for (const name of ["newDSO", "mergeLibSymbols", "loadWebAssemblyModule"]) {
        assert.equal(typeof internals[name], "function", name);
      }
      assert.equal(typeof module.growMemory, "function");
      assert.ok(module.HEAP8 instanceof Int8Array);
      internals.setTrampoline();
      assert.equal(python("probe", "COUNTED"), 1);
    },
  };
}
