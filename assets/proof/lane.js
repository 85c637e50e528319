/**
 * A thread of Node in which the worker of the site runs, as in an isolated page of a reader. Its script is evaluated after
 * everything of Node is gone from the scope. `python_thread.js` has the other end.
 */
import vm from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { enterWorkerScope } from "./scope.js";

/** @typedef {import("node:worker_threads").MessagePort} NodePort */

/**
 * What the thread starts with. `url` is the address that the worker has, `script` its text, `mostBytes` the size to which
 * each WebAssembly memory may grow.
 * @typedef {{ url: string, script: string, mostBytes: number }} LaneData
 */

/** What the thread receives: a message of the page, and the ports that go with it. @typedef {{ message: unknown, ports: NodePort[] }} Delivered */

const page = /** @type {NodePort} */ (parentPort);
const { url, script, mostBytes } = /** @type {LaneData} */ (workerData);
const { handler, uncaught, unhandled } = enterWorkerScope({
  url,
  mostBytes,
  post: (message, transferred) => page.postMessage(message, transferred),
});
const { process } = globalThis;
process.on("unhandledRejection", unhandled);
process.on("uncaughtException", (error) => {
  if (!uncaught(error)) page.postMessage({ type: "crashed", detail: String(error) });
});
Reflect.deleteProperty(globalThis, "process");
// A module without a loader: `import()` is refused to it, and to all code that it evaluates.
const worker = new vm.SourceTextModule(script, {
  identifier: url,
  initializeImportMeta(meta) {
    meta.url = url;
  },
});
await worker.link(() => {
  throw new Error("the worker imports nothing");
});
await worker.evaluate();
const handle = handler(); // examples cannot replace it
page.on("message", (/** @type {Delivered} */ { message, ports }) => handle(message, ports));
