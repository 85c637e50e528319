/** @typedef {import("../../shared/protocol.js").FileContent} FileContent */
/** @typedef {import("../../shared/protocol.js").ReadRequest} ReadRequest */
/** @typedef {FileContent["content"]} Content */

/** Files that the page has asked its Python for. */
export class FileRequests {
  #last = 0;
  /** @type {Map<number, (content: Content) => void>} */
  #waiting = new Map();

  /** @param {string} path @param {(request: ReadRequest) => void} send @returns {Promise<Content>} */
  ask(path, send) {
    this.#last += 1;
    const request = this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(request, resolve);
      send({ type: "read", request, path });
    });
  }

  /** @param {FileContent} answer */
  answer({ request, content }) {
    this.#waiting.get(request)?.(content);
    this.#waiting.delete(request);
  }

  /** Python is gone, with all files. */
  cancelAll() {
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }
}
