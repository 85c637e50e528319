/** Counts what Pyodide downloads. */
import { describeStatus, reasonOf } from "../../shared/errors.js";
import { piecesOf } from "../../shared/pieces.js";
import { addressOf } from "./prefetch.js";
import { markReported } from "./reported_failures.js";

/** @typedef {import("../../shared/protocol.js").Progress} Progress */

/** The files that Python cannot start without, in 0.27 to 315. The one who loads a package reports its failure. */
const CORE_FILE = /\/(pyodide(\.asm)?\.(m?js|wasm)|python_stdlib\.zip|pyodide-lock\.json)$/;

/** Progress is for readers: more frequent messages would only load the page's event loop. */
const MS_BETWEEN_REPORTS = 100;

/**
 * Watches what Pyodide fetches: how many bytes have arrived, and which file of its core failed first. Pyodide reports
 * neither: if a file is missing, it hangs, or fails with an unrelated error.
 */
export class Downloads {
  /** @type {() => void} */
  #onBytes = () => {};
  /** @type {(error: Error) => void} */
  #onFailure = () => {};
  #bytes = 0;
  #open = 0;

  /** A download has begun. */
  open() {
    this.#open += 1;
  }

  /** @param {number} bytes that have arrived */
  receive(bytes) {
    this.#bytes += bytes;
    this.#onBytes();
  }

  /** A download has ended. */
  close() {
    this.#open -= 1;
    this.#onBytes();
  }

  /** Bytes fetched since `begin`, uncompressed. */
  get loadedBytes() {
    return this.#bytes;
  }

  /** Whether no download is in progress. */
  get idle() {
    return this.#open === 0;
  }

  /**
   * Starts to count from zero.
   * @param {() => void} onBytes called for every piece
   * @returns {Promise<never>} rejects for the first file of the core that could not be fetched, and never resolves
   */
  begin(onBytes) {
    this.#bytes = 0;
    this.#onBytes = onBytes;
    const failure = new Promise((_, reject) => {
      this.#onFailure = reject;
    });
    failure.catch(() => {}); // a caller may stop listening before a file fails
    return /** @type {Promise<never>} */ (failure);
  }

  /** Stops reporting: later downloads belong to the reader's code. */
  end() {
    this.#onBytes = () => {};
    this.#onFailure = () => {};
  }

  /**
   * A `fetch` that counts. It passes the response on untouched and counts the bytes of a clone, because browsers compile
   * WebAssembly while it streams, and cache the result, only from a response of the network.
   * @param {typeof fetch} original
   * @returns {typeof fetch}
   */
  counting(original) {
    return async (input, init) => {
      this.open(); // a download is in progress before its first byte arrives
      const response = await original(input, init).catch((error) => {
        this.close();
        throw error;
      });
      void this.#count(response.clone());
      return response;
    };
  }

  /** A `fetch` that notices which file of the core fails. @param {typeof fetch} original @returns {typeof fetch} */
  watching(original) {
    return async (input, init) => {
      const url = addressOf(input);
      try {
        const response = await original(input, init);
        if (!response.ok) this.#miss(url, new Error(describeStatus(response)));
        return response;
      } catch (error) {
        this.#miss(url, error);
        throw error;
      }
    };
  }

  /** @param {string} url @param {unknown} error */
  #miss(url, error) {
    if (!CORE_FILE.test(url)) return;
    markReported(error);
    const reason = reasonOf(error);
    this.#onFailure(new Error(reason.startsWith("http") ? reason : `${url}: ${reason}`));
  }

  /** @param {Response} response */
  async #count(response) {
    try {
      for await (const { byteLength } of piecesOf(response)) this.receive(byteLength);
    } catch {
      // The reader of the response reports it.
    } finally {
      this.close();
    }
  }
}

/**
 * A callback for every piece that arrives, which reports some of them.
 * @param {Downloads} downloads
 * @param {(progress: Progress) => void} post
 * @param {(loadedBytes: number) => Progress} describe
 */
export function progressReporter(downloads, post, describe) {
  let last = 0;
  return () => {
    const now = performance.now();
    if (now - last < MS_BETWEEN_REPORTS && !downloads.idle) return;
    last = now;
    post(describe(downloads.loadedBytes));
  };
}
