/**
 * Files of the site that the page hands to a worker of an opaque origin, so that the site need not allow other origins to
 * read them. The page's end of the port is assets/page/interpreter/file_service.js, which decides what it hands out: code
 * of a reader that got hold of the port could ask for nothing else.
 */

import { Deferred } from "../../shared/deferred.js";
import { assertNever } from "../../shared/protocol.js";

/** @typedef {import("../../shared/file_messages.js").FileAnswer} FileAnswer */
/** @typedef {import("../../shared/file_messages.js").FileRequest} FileRequest */
/** @typedef {import("../pyodide/downloads.js").Downloads} Downloads */

/** @typedef {import("../../shared/deferred.js").Deferred<Response | null>} Waiting */

/** Asks the page for files that the settlement of the site lists. */
export class HandedFiles {
  #port;
  #core;
  #downloads;
  /** By the number of the request. @type {Map<number, Waiting>} */
  #waiting = new Map();
  #last = 0;

  /**
   * @param {MessagePort} port
   * @param {Promise<WebAssembly.Module>} core Pyodide's own WebAssembly
   * @param {Downloads} downloads counts what the page receives
   */
  constructor(port, core, downloads) {
    this.#port = port;
    this.#core = core;
    this.#downloads = downloads;
    port.onmessage = ({ data }) => this.#hear(data);
  }

  /**
   * @param {PinnedFile} file
   * @returns {Promise<Response | null>} verified; `null` if the site does not list the file
   * @throws {Error} it has changed, or could not be fetched
   */
  async fetch({ url }) {
    this.#last += 1;
    const request = this.#last;
    const waiting = /** @type {Waiting} */ (new Deferred());
    this.#waiting.set(request, waiting);
    this.#port.postMessage(/** @satisfies {FileRequest} */ ({ request, url }));
    this.#downloads.open();
    try {
      return await waiting.promise;
    } finally {
      this.#waiting.delete(request);
      this.#downloads.close();
    }
  }

  /** Pyodide's own WebAssembly, verified. @throws {Error} */
  async compile() {
    this.#downloads.open();
    try {
      return await this.#core;
    } finally {
      this.#downloads.close();
    }
  }

  /** Runs a script that the page has put into this worker's own script, verified. @param {string} name @throws {Error} */
  async importModule(name) {
    const script = typeof __PYRUN_SCRIPTS__ === "undefined" ? undefined : __PYRUN_SCRIPTS__[name];
    if (!script) throw new Error(`${name} is not part of this worker`);
    return script();
  }

  /** @param {FileAnswer} answer */
  #hear(answer) {
    switch (answer.type) {
      case "received":
        return this.#downloads.receive(answer.bytes);
      case "content":
        return this.#waiting.get(answer.request)?.resolve(new Response(answer.content, answer.status));
      case "unlisted":
        return this.#waiting.get(answer.request)?.resolve(null);
      case "failed":
        return this.#waiting.get(answer.request)?.reject(new Error(answer.detail));
      default:
        return assertNever(answer);
    }
  }
}
