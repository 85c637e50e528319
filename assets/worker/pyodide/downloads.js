/** Counts and repeats what Pyodide downloads. */
import { describeStatus, reasonOf } from "../../shared/errors.js";

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
  watching(original) {
    return async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      let response;
      this.#open += 1; // a download is in progress before its first byte arrives
      try {
        response = await original(input, init);
      } catch (error) {
        this.#open -= 1;
        this.#miss(url, reasonOf(error));
        throw error;
      }
      if (response.ok) {
        void this.#count(response.clone());
      } else {
        this.#open -= 1;
        this.#miss(url, describeStatus(response));
      }
      return response;
    };
  }

  /** @param {string} url @param {string} reason */
  #miss(url, reason) {
    if (CORE_FILE.test(new URL(url, self.location.href).pathname))
      this.#onFailure(new Error(`${url}: ${reason}`));
  }

  /** @param {Response} response */
  async #count(response) {
    const reader = response.body?.getReader();
    try {
      for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
        this.#bytes += piece.value.byteLength;
        this.#onBytes();
      }
    } catch {
      this.#miss(response.url, "the connection broke");
    } finally {
      this.#open -= 1;
      this.#onBytes();
    }
  }
}

/**
 * A `fetch` that requests a file with a checksum once more when the first request fails. Servers close a connection when a
 * slow device reads nothing from it for a while (nginx after 60 seconds: `send_timeout`), and mobile networks break
 * transfers. Without the second request, Pyodide logs an error and starts without the package.
 *
 * With `integrity`, `fetch` waits for the whole file, so a broken transfer rejects here and not while the body is read.
 * @param {typeof fetch} original
 * @returns {typeof fetch}
 */
export function retrying(original) {
  return async (input, init) => {
    const isFile = init?.integrity && !init.method; // neither Pyodide nor pyrun names the method GET
    if (!isFile) return original(input, init);
    return original(input, init).catch(() => original(input, init));
  };
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
