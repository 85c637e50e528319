import { describeStatus, reasonOf } from "../../shared/errors.js";

/** @typedef {import("../../shared/protocol.js").Progress} Progress */

/** The files without which there is no Python, in 0.27 to 314; whoever wants a package hears of that one himself. */
const CORE_FILE = /\/(pyodide(\.asm)?\.(m?js|wasm)|python_stdlib\.zip|pyodide-lock\.json)$/;

/** Progress is for readers: more frequent messages would only load the page's event loop. */
const MS_BETWEEN_REPORTS = 100;

/**
 * Watches what Pyodide fetches: how many bytes have come, and the first file of its core that could not be had.
 * Pyodide itself says neither, and hangs or dies of something else where one is missing.
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

  /** Whether nothing is on its way. */
  get idle() {
    return this.#open === 0;
  }

  /**
   * Begins to count from nothing.
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

  /** Ends it: what is fetched from now on is the business of the reader's code. */
  end() {
    this.#onBytes = () => {};
    this.#onFailure = () => {};
  }

  /**
   * A `fetch` that is watched. The response is handed on untouched, and a clone of it counted: WebAssembly is
   * compiled while it streams, and cached compiled, only from a response that is the network's own.
   * @param {typeof fetch} original
   * @returns {typeof fetch}
   */
  watching(original) {
    return async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      let response;
      this.#open += 1; // what has been asked for is on its way, however long the first byte takes
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
