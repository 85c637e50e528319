/**
 * Pyodide's own WebAssembly, compiled before Pyodide requests it, which it does only after it has fetched and run two
 * scripts. A page that had a worker before provides the compiled module.
 */
import { reasonOf } from "../../shared/errors.js";
import { addressOf } from "./prefetch.js";

/** A module with nothing in it: the magic number, and the version of the format. */
const SMALLEST = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/** The browser's own: each start replaces it, and there can be two starts. */
const original = WebAssembly.instantiateStreaming;

/** The module of one start. */
export class CoreModule {
  #url;
  /** What Pyodide gets instead of the file. */
  #placeholder = new Response();

  /**
   * @param {string} url that Pyodide requests, absolute
   * @param {Promise<WebAssembly.Module>} compiled rejects with the URL of the file
   */
  constructor(url, compiled) {
    this.#url = url;
    this.compiled = compiled;
    this.compiled.catch(() => {}); // reported to those who await it
  }

  /** Rejects as `compiled` does, and never resolves: Pyodide only logs such a failure, and hangs. @returns {Promise<never>} */
  get failure() {
    return this.compiled.then(() => new Promise(() => {}));
  }

  /** Gives the module to Pyodide when it requests it. @param {typeof fetch} fetchOthers fetches all other files */
  serve(fetchOthers) {
    self.fetch = async (input, init) =>
      addressOf(input) === this.#url ? this.#placeholder : fetchOthers(input, init);
    WebAssembly.instantiateStreaming = async (source, imports) => {
      const response = await source;
      if (response !== this.#placeholder) return original(response, imports);
      const module = await this.compiled;
      return { module, instance: await WebAssembly.instantiate(module, imports) };
    };
  }
}

/**
 * Why WebAssembly may not be compiled: where the site's Content-Security-Policy forbids it, Pyodide hangs without an
 * error.
 * @returns {string | null} what the browser says; `null` if it may
 */
export function whyNoWebAssembly() {
  try {
    new WebAssembly.Module(SMALLEST);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Hides JavaScript Promise Integration from Pyodide, for a page that is told to wait in another way. */
export function withoutJspi() {
  Reflect.deleteProperty(WebAssembly, "Suspending");
  Reflect.deleteProperty(WebAssembly, "promising");
}
