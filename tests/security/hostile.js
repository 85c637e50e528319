/** What code in a cell does to the page and to its worker. A cell runs this file, and then calls one function of it. */

const MOST_RUNS = 40;

/** An empty module in place of Pyodide, and a snapshot with nothing in it. */
function poison() {
  const empty = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  return {
    modules: new Map([["pyodide.asm.wasm", empty]]),
    snapshot: { entry: [new TextEncoder().encode("{}")], heap: [], files: [] },
  };
}

/** What a worker sends only once, what it never sends, and what is no message. */
export function forgeMessages() {
  const { modules, snapshot } = poison();
  const ready = { type: "ready", version: 10, pyodide: "0", python: "0", strategy: "none", modules };
  const text = new TextEncoder().encode("parent.forged = 1");
  const forged = [
    { type: "compiled", modules },
    { ...ready, snapshot: "wanted" },
    { ...ready, snapshot: "refused" },
    ...["download", "policy", "version", "crash"].map((reason) => ({ type: "failed", reason, detail: "" })),
    { type: "saved", problem: null, snapshot },
    { type: "unpacked", unpacked: { files: { directories: [], files: [] }, loadedPackages: {} } },
    { type: "snapshot-content", content: null },
    { type: "received", letter: "all" },
    { type: "progress", activity: "core", packages: [], wheelBytes: Number.NaN, loadedBytes: -5 },
    { type: "progress", activity: "constructor" },
    { type: "file", request: 1, content: "x" },
    { type: "library", name: "vega", bytes: text },
    { type: "crashed" },
    ...["toString", "__proto__", {}, null].map((type) => ({ type })),
    ...[{}, [], null, undefined, 7, "done", new Map()],
  ];
  for (const message of forged) self.postMessage(message);
}

/** Reports of this run, and of all others, that the worker itself would not send now, or never. */
export function forgeRuns() {
  const sourceLines = [{ row: 2 ** 50, file: "cell1.py", line: 2 ** 50 }];
  const picture = { alt: "", width: 2 ** 60, height: 1, id: null, replaces: false };
  const reports = [
    { type: "running" },
    { type: "input", prompt: 7, text: "forged? ", accept: "", kind: "line" },
    { type: "input", prompt: 8, text: "forged? ", accept: "", kind: "secret" },
    { type: "input", prompt: 2 ** 53, text: "forged? ", accept: "", kind: "secret" },
    { type: "written", files: [{ path: "../../etc/passwd", bytes: 1 }], omitted: 2 ** 52 },
    { type: "written", files: { length: 1e9 }, omitted: -1 },
    { type: "output", chunks: [{ stream: "stdout", text: {} }], dropped: 0 },
    { type: "output", chunks: 1, dropped: Number.POSITIVE_INFINITY },
    { type: "clear" },
    { type: "section", line: 2 ** 50 },
    { type: "section", line: "1" },
    { type: "withdrawn" },
    { type: "left" },
    { type: "display", bundle: { "image/png": 5, "text/plain": {} }, alt: 1, width: "x", replaces: 0 },
    { type: "display", bundle: { "image/png": "?" }, ...picture },
    { type: "traceback", text: "forged", whole: null, sourceLines },
    { type: "traceback", text: null, whole: 0, sourceLines: "cell1.py" },
    { type: "done" },
    { type: "error", problem: { reason: "settlement", detail: "" }, clues: null },
    {
      type: "error",
      problem: null,
      clues: {
        missing: { module: "a", package: "https://example.org/a.whl" },
        undefinedName: null,
        explanation: null,
      },
    },
  ];
  for (let run = 0; run < MOST_RUNS; run += 1)
    for (const report of reports) self.postMessage({ run, ...report });
}

/** Ends the run, and all others, while it goes on. */
export function forgeEnds() {
  for (const type of ["done", "stopped", "error"])
    for (let run = 0; run < MOST_RUNS; run += 1) self.postMessage({ type, run, problem: null, clues: null });
}

export function forgeCrash() {
  self.postMessage({ type: "crashed", detail: "forged" });
}

/** Changes what a start would use, and makes the worker deaf. */
export function patchWorker() {
  const poisoned = poison();
  for (const target of [self, MessagePort.prototype, Worker.prototype]) {
    const original = target.postMessage;
    target.postMessage = function post(message, transferred) {
      const isObject = typeof message === "object";
      return original.call(this, isObject ? { ...message, ...poisoned } : message, transferred);
    };
  }
  Object.defineProperty(Object.prototype, "modules", { get: () => poisoned.modules, set: () => {} });
  EventTarget.prototype.addEventListener = () => {};
  for (const name of ["compile", "compileStreaming", "instantiate", "instantiateStreaming"])
    WebAssembly[name] = () => null;
  caches.match = async () => new Response("patched");
  self.onmessage = null;
}

/** Changes the built-ins with which a worker could verify what it loads; what they are called for still works. */
export function patchBuiltIns() {
  const { fetch } = self;
  self.fetch = (...given) => fetch(...given); // without the checksum, code could only deceive its own worker
  if (self.SubtleCrypto) SubtleCrypto.prototype.digest = async () => new ArrayBuffer(32);
  const loseChecksums = (things) => {
    for (const thing of things) if (thing?.integrity) Reflect.set(thing, "integrity", "");
  };
  const patched = [
    [Promise.prototype, ["then"]],
    [Response.prototype, ["arrayBuffer", "clone", "json"]],
    [Array.prototype, ["every", "filter", "find", "forEach", "includes", "map", "some"]],
    [Map.prototype, ["get", "has"]],
  ];
  for (const [prototype, names] of patched) {
    for (const name of names) {
      const original = prototype[name];
      prototype[name] = function patchedMethod(...given) {
        loseChecksums([this, ...given]);
        return Reflect.apply(original, this, given);
      };
    }
  }
  for (const name of ["integrity", "cache"]) {
    const set = function (value) {
      Object.defineProperty(this, name, { value, configurable: true, enumerable: true, writable: true });
    };
    Object.defineProperty(Object.prototype, name, { configurable: true, get: () => undefined, set });
  }
}

/** Speaks to other tabs, and takes locks away from them. */
export function speak() {
  const channel = new BroadcastChannel("pyrun");
  channel.postMessage({ type: "ready", ...poison() });
  channel.close();
  void navigator.locks.request("pyrun", { steal: true }, () => new Promise(() => {}));
}

/** Replaces the stored snapshots by changed ones, with a seal made with another secret. */
export async function forgeSnapshots() {
  const cache = await caches.open("pyrun-snapshots-2");
  const secret = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const digest = async (additionalData) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const tag = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv, additionalData },
      secret,
      new Uint8Array(),
    );
    return btoa(String.fromCharCode(...iv, ...new Uint8Array(tag)));
  };
  for (const request of await cache.keys()) {
    const part = new URL(request.url).searchParams.get("part");
    const response = await cache.match(request);
    if (part === "heap") {
      const heap = new Uint8Array(await response.arrayBuffer());
      heap[heap.length >> 1] ^= 1;
      await cache.put(request, new Response(heap));
    } else if (part === "seal") {
      const [, json] = (await response.text()).split("\n");
      await cache.put(request, new Response(`${await digest(new TextEncoder().encode(json))}\n${json}`));
    }
  }
}
