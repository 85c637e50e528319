/**
 * Pyodide's own WebAssembly, compiled before Pyodide requests it, which it does only after it has fetched and run two
 * scripts. A page that had a worker before provides the compiled module.
 */
import { describeStatus, reasonOf } from "../../shared/errors.js";

/** The name of the file, in 0.27 to 315. */
export const CORE_MODULE = "pyodide.asm.wasm";

const TYPE = "application/wasm";

/** A module with nothing in it: the magic number, and the version of the format. */
const SMALLEST = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/** The browser's own: each start replaces it, and there can be two starts. */
const original = WebAssembly.instantiateStreaming;

/** The module of one start. */
export class CoreModule {
  #url;
  /** What Pyodide gets instead of the file. */
  #placeholder = new Response();

  /** Rejects with the URL if it cannot be fetched or is damaged. @type {Promise<WebAssembly.Module>} */
  compiled;

  /**
   * @param {string} url absolute
   * @param {WebAssembly.Module | undefined} cached
   * @param {typeof fetch} fetchFile
   */
  constructor(url, cached, fetchFile) {
    this.#url = url;
    this.compiled = cached ? Promise.resolve(cached) : compile(url, fetchFile);
    this.compiled.catch(() => {}); // reported to those who await it
  }

  /** Rejects as `compiled` does, and never resolves: Pyodide only logs such a failure, and hangs. @returns {Promise<never>} */
  get failure() {
    return this.compiled.then(() => new Promise(() => {}));
  }

  /** Gives the module to Pyodide when it requests it. @param {typeof fetch} fetchOthers fetches all other files */
  serve(fetchOthers) {
    self.fetch = async (input, init) => {
      const { href } = new URL(input instanceof Request ? input.url : input, self.location.href);
      return href === this.#url ? this.#placeholder : fetchOthers(input, init);
    };
    WebAssembly.instantiateStreaming = async (source, imports) => {
      const response = await source;
      if (response !== this.#placeholder) return original(response, imports);
      const module = await this.compiled;
      return { module, instance: await WebAssembly.instantiate(module, imports) };
    };
  }
}

/**
 * Compiles a file while it streams, whatever its Content-Type. With the right one, the browser caches the compiled module.
 * @param {string} url
 * @param {typeof fetch} fetchFile
 */
async function compile(url, fetchFile) {
  try {
    const response = await fetchFile(url);
    if (!response.ok) throw new Error(describeStatus(response));
    const isTyped = response.headers.get("Content-Type")?.startsWith(TYPE);
    return await WebAssembly.compileStreaming(
      isTyped ? response : new Response(response.body, { headers: { "Content-Type": TYPE } }),
    );
  } catch (error) {
    throw new Error(`${url}: ${reasonOf(error)}`);
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
