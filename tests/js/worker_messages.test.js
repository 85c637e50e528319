/** What a page takes from its worker, in whose name code of a reader can send anything. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readMessage } from "../../assets/page/interpreter/worker_messages.js";
import { MESSAGE_CHARACTERS } from "../../assets/shared/limits.js";

/** @import { WorkerData } from "../../assets/shared/protocol.js" */

const CONTENT = new Uint8Array([1, 2]);
const ENDED = { run: 1, problem: null, clues: null };
const CLUES = { missing: { module: "yaml", package: "pyyaml" }, undefinedName: "x", explanation: "threads" };
const DISPLAY = { bundle: { "text/plain": "x", "image/png": CONTENT }, alt: "", width: 2.5, height: null };

/** Every message as the worker sends it. @type {WorkerData[]} */
const GENUINE = [
  { type: "received", letter: 1 },
  { type: "progress", activity: "core", packages: ["numpy"], wheelBytes: 5, loadedBytes: 0 },
  { type: "progress", activity: "start", packages: [] },
  { type: "progress", activity: "packages", packages: ["numpy"], loadedBytes: 9 },
  { type: "progress", activity: "files", files: ["a.csv"], loadedBytes: 9 },
  { type: "crashed", detail: "memory" },
  { type: "running", run: 1 },
  { type: "output", run: 1, chunks: [{ stream: "stdout", text: "x" }], dropped: 0 },
  { type: "traceback", run: 1, text: "x", whole: null, sourceLines: [{ row: 0, file: "cell1.py", line: 1 }] },
  { type: "display", run: 1, ...DISPLAY, id: "a", replaces: false },
  { type: "library", name: "plotly 6", bytes: CONTENT },
  { type: "clear", run: 1, waits: true },
  { type: "section", run: 1, line: 1 },
  { type: "input", run: 1, prompt: 1, text: "?", accept: "", kind: "line" },
  { type: "withdrawn", run: 1 },
  { type: "written", run: 1, files: [{ path: "a/b.txt", bytes: 3 }], omitted: 0 },
  { type: "file", request: 1, content: CONTENT },
  { type: "file", request: 1, content: null },
  { type: "done", ...ENDED },
  { type: "error", ...ENDED, problem: { reason: "package", detail: "404" } },
  { type: "error", ...ENDED, clues: CLUES },
  { type: "stopped", ...ENDED },
];

/** What no field may be, whatever it means. */
const NEVER = [undefined, Symbol.iterator, -1, Number.NaN, { length: 1 }, [[]], new Map(), () => {}];

test("every message of the worker is read", () => {
  for (const message of GENUINE) assert.equal(readMessage(structuredClone(message))?.type, message.type);
});

test("a message in which any field is missing or of another kind is not read", () => {
  for (const message of GENUINE) {
    for (const field of Object.keys(message)) {
      for (const value of NEVER) {
        assert.equal(readMessage({ ...message, [field]: value }), null, `${message.type}.${field}`);
      }
      const { [field]: _, ...others } = /** @type {Record<string, unknown>} */ ({ ...message });
      assert.equal(readMessage(others), null, `${message.type} without ${field}`);
    }
  }
});

test("what is no message at all is not read", () => {
  const unknown = ["ready", "failed", "compiled", "saved", "toString", "__proto__", "", 1, null];
  for (const type of unknown) assert.equal(readMessage({ type, run: 1, modules: new Map() }), null);
  for (const message of [null, undefined, 1, "done", [], new Map(), new Date(), CONTENT])
    assert.equal(readMessage(message), null);
});

test("parts of a message are checked too", () => {
  const [output, display, error] = /** @type {const} */ ([
    { type: "output", run: 1, dropped: 0 },
    { type: "display", run: 1, ...DISPLAY, id: null, replaces: false },
    { type: "error", ...ENDED },
  ]);
  const text = "x".repeat(2 * MESSAGE_CHARACTERS + 1);
  const forged = [
    { ...output, chunks: [{ stream: "stdout", text }] },
    { ...output, chunks: [{ stream: "stdlog", text: "x" }] },
    { ...output, chunks: Array(3) },
    { ...output, chunks: Array(2 ** 32 - 1) },
    { type: "written", run: 1, files: [{ path: "x".repeat(5000), bytes: 1 }], omitted: 0 },
    {
      ...display,
      bundle: Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`a/${index}`, ""])),
    },
    { ...output, chunks: [], dropped: 2 ** 60 },
    { type: "section", run: 1, line: 0 },
    { type: "section", run: 1, line: 1.5 },
    { ...display, bundle: { "image/png": [1, 2] } },
    { ...display, bundle: { "image/png": new Uint8Array(new SharedArrayBuffer(2)) } },
    { ...error, clues: { ...CLUES, missing: { module: "yaml", package: "https://evil.example/a.whl" } } },
    { ...error, clues: { ...CLUES, missing: "pyyaml" } },
    { ...error, problem: { reason: "settlement", detail: "" } },
    { type: "progress", activity: "valueOf", packages: [] },
  ];
  for (const message of forged) assert.equal(readMessage(message), null);
});
