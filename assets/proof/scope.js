/**
 * Makes the scope of a thread of Node look like that of a module worker without a network: Pyodide and the worker's modules
 * take the same paths as in a reader's browser, and examples find nothing of the machine.
 *
 * This is the inner of two walls. The outer one is Node's permission model, under which the whole process runs.
 */
import vm from "node:vm";
import { FilledResponse, Headers, NO_NETWORK, RefusedXMLHttpRequest, UnsentRequest } from "./web.js";

/** What browsers and Node have in common, besides the language itself. All other names are removed. */
const OF_THE_WEB = [
  ...["AbortController", "AbortSignal", "Blob", "ByteLengthQueuingStrategy", "CompressionStream"],
  ...["CountQueuingStrategy", "Crypto", "CryptoKey", "CustomEvent", "DOMException", "DecompressionStream"],
  ...["Event", "EventTarget", "File", "MessageChannel", "MessageEvent", "MessagePort", "ReadableStream"],
  ...["ReadableStreamDefaultReader", "SubtleCrypto", "TextDecoder"],
  ...["TextDecoderStream", "TextEncoder", "TextEncoderStream", "TransformStream", "URL", "URLSearchParams"],
  ...["WebAssembly", "WritableStream", "WritableStreamDefaultWriter", "atob", "btoa", "crypto"],
  ...["performance", "queueMicrotask", "structuredClone"],
];

/** One page of WebAssembly memory. */
const PAGE_BYTES = 65536;

/**
 * @typedef {{ url: string, mostBytes: number, post(message: unknown, transferred: any[]): void }} Surroundings
 */

/**
 * Its functions deliver to the worker what its scope would: a message, by the handler that it has now; an error that nobody
 * has caught, which returns whether the worker takes note of it; a rejection that nobody has handled.
 * @typedef {{ handler(): (message: unknown, ports: unknown[]) => void, uncaught(error: unknown): boolean, unhandled(reason: unknown): void }} WorkerScope
 */

/**
 * Removes what is Node's, except `process`, which the caller still needs, and adds what workers have.
 * @param {Surroundings} surroundings
 * @returns {WorkerScope}
 */
export function enterWorkerScope({ url, mostBytes, post }) {
  const { setTimeout, setInterval, clearTimeout } = globalThis;
  // Node loads some classes when they are first used, with the help of what is removed.
  for (const name of OF_THE_WEB) Reflect.get(globalThis, name);
  removeOthers();
  const events = new EventTarget();
  const scope = /** @type {any} */ (globalThis);
  define({
    self: globalThis,
    // The scope is an instance of it, by which Pyodide recognises workers.
    WorkerGlobalScope: Object.getPrototypeOf(globalThis).constructor,
    DedicatedWorkerGlobalScope: Object.getPrototypeOf(globalThis).constructor,
    origin: "null",
    location: Object.freeze(new URL(url)),
    navigator: Object.freeze({ userAgent: "Node.js", language: "en-US", languages: ["en-US"], onLine: true }),
    importScripts() {
      throw new TypeError("module workers have no importScripts");
    },
    fetch: async () => {
      throw new TypeError(NO_NETWORK);
    },
    ...{ Headers, Request: UnsentRequest, Response: FilledResponse, XMLHttpRequest: RefusedXMLHttpRequest },
    console: silentConsole(),
    onmessage: null,
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
    dispatchEvent: events.dispatchEvent.bind(events),
    ...numberedTimers(setTimeout, setInterval, clearTimeout),
  });
  // What the worker says goes through this, which examples cannot replace.
  const postMessage = (/** @type {unknown} */ message, /** @type {any[]} */ transferred = []) =>
    post(message, transferred);
  Object.defineProperty(globalThis, "postMessage", { value: postMessage });
  limitMemory(mostBytes);
  /** @param {string} type @param {object} details @returns {boolean} whether a listener has prevented the default */
  const tell = (type, details) =>
    !events.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), details));
  return {
    handler: () => {
      const handle = scope.onmessage;
      return (data, ports) => handle({ data, ports });
    },
    uncaught: (error) => tell("error", { error, message: String(error) }),
    unhandled: (reason) => void tell("unhandledrejection", { reason }),
  };
}

function removeOthers() {
  const ofTheLanguage = vm.runInNewContext("Object.getOwnPropertyNames(globalThis)");
  const kept = new Set([...ofTheLanguage, ...OF_THE_WEB, "process"]);
  for (const name of Reflect.ownKeys(globalThis)) {
    if (kept.has(name) || Reflect.deleteProperty(globalThis, name)) continue;
    Object.defineProperty(globalThis, name, { value: undefined });
  }
}

/** @param {Record<string, unknown>} values */
function define(values) {
  for (const [name, value] of Object.entries(values))
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}

/** Nobody reads what the worker logs. */
function silentConsole() {
  const names = [
    "debug",
    "error",
    "info",
    "log",
    "table",
    "trace",
    "warn",
    "dir",
    "assert",
    "group",
    "groupEnd",
  ];
  return Object.fromEntries(names.map((name) => [name, () => {}]));
}

/**
 * Timers that are numbers, as in browsers. Node's are objects in a list of all timers.
 * @param {typeof globalThis.setTimeout} setTimeout
 * @param {typeof globalThis.setInterval} setInterval
 * @param {typeof globalThis.clearTimeout} clearTimeout
 */
function numberedTimers(setTimeout, setInterval, clearTimeout) {
  /** @type {Map<number, ReturnType<typeof setTimeout>>} */
  const timers = new Map();
  let last = 0;
  const clear = (/** @type {number} */ number) => {
    clearTimeout(timers.get(number));
    timers.delete(number);
  };
  return {
    setTimeout(/** @type {(...given: any[]) => void} */ call, ms = 0, /** @type {any[]} */ ...given) {
      last += 1;
      const number = last;
      const ring = () => {
        timers.delete(number);
        call(...given);
      };
      timers.set(number, setTimeout(ring, ms));
      return number;
    },
    setInterval(/** @type {(...given: any[]) => void} */ call, ms = 0, /** @type {any[]} */ ...given) {
      last += 1;
      timers.set(
        last,
        setInterval(() => call(...given), ms),
      );
      return last;
    },
    clearTimeout: clear,
    clearInterval: clear,
  };
}

/** Lets memory grow no further than this: Python then raises MemoryError, as in a browser. @param {number} mostBytes */
function limitMemory(mostBytes) {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * PAGE_BYTES > mostBytes)
      throw new RangeError("WebAssembly.Memory.grow(): the limit of the check is reached");
    return grow.call(this, pages);
  };
}
