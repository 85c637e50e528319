/**
 * Makes the scope of Node look like that of a module worker, so that Pyodide takes the same code paths as in a
 * reader's browser: it fetches its files, compiles WebAssembly while streaming, and imports its glue.
 */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** @type {Record<string, string>} */
const TYPES = { ".wasm": "application/wasm", ".json": "application/json" };

/** The fetched files, in order. @type {{ name: string, integrity: string | undefined }[]} */
export const fetched = [];

/** Uncaught errors end the checks, except the error of a deliberate crash. */
export const uncaught = { isExpected: false };

/** @typedef {{ argv: string[], print(text: string): void, exit(code: number): never }} Outside */

/**
 * Must run before Pyodide is imported, because Pyodide examines its surroundings only once.
 * @param {string} folder the base of relative URLs; ends in a slash
 * @returns {Outside} the functions of Node that are removed from the scope
 */
export function enterWorkerScope(folder) {
  const { argv, stdout, stderr, exit } = process;
  // Node would print the line of the source, which is the whole glue.
  process.on("uncaughtException", (error) => {
    if (uncaught.isExpected) return;
    stderr.write(`${describe(error)}\n`);
    exit(1);
  });
  // By these, Pyodide and Emscripten distinguish Node from a browser.
  Reflect.deleteProperty(globalThis, "process");
  const scope = {
    WorkerGlobalScope: Object.getPrototypeOf(globalThis).constructor, // the scope is an instance of it
    self: globalThis,
    location: new URL(folder),
    importScripts() {
      throw new TypeError("module workers have no importScripts");
    },
    fetch: fetchFile,
    XMLHttpRequest: FileRequest,
    navigator: { userAgent: "Node.js" },
  };
  for (const [name, value] of Object.entries(scope)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
  return { argv, print: (text) => stdout.write(text), exit };
}

/** An error with its stack. @param {unknown} error */
export function describe(error) {
  if (!(error instanceof Error)) return String(error);
  const { message, stack = "" } = error;
  return stack.includes(message) ? stack : `${message}\n${stack}`; // the stack of a Python error lacks the message
}

/** Reads files while Python waits. */
class FileRequest {
  status = 0;
  response = /** @type {ArrayBuffer | null} */ (null);
  #url = "";

  /** @param {string} _method @param {string} url */
  open(_method, url) {
    this.#url = url;
  }

  setRequestHeader() {}

  send() {
    fetched.push({ name: path.basename(this.#url), integrity: undefined });
    this.response = new Uint8Array(readFileSync(fileURLToPath(this.#url))).buffer;
    this.status = 200;
  }
}

/** @param {RequestInfo | URL} input @param {RequestInit} [init] */
async function fetchFile(input, init) {
  const url = new URL(input instanceof Request ? input.url : input, self.location.href);
  if (url.protocol !== "file:") return Response.error();
  fetched.push({ name: path.basename(url.pathname), integrity: init?.integrity });
  try {
    const type = TYPES[path.extname(url.pathname)] ?? "application/octet-stream";
    return new Response(new Uint8Array(await readFile(fileURLToPath(url))), {
      headers: { "Content-Type": type },
    });
  } catch {
    return new Response(null, { status: 404, statusText: "Not Found" });
  }
}
