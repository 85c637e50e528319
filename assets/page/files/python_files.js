/** @typedef {import("../../shared/protocol.js").FileContent} FileContent */
/** @typedef {import("../../shared/protocol.js").ToWorker} ToWorker */
/** @typedef {FileContent["content"]} Content */

/** @typedef {{ name: string, content: Uint8Array<ArrayBuffer> }} ReaderFile */

/** Files that go from the page to its Python, and back. */
export class PythonFiles {
  #send;
  #isReady = false;
  /** Files of the reader's, by name. @type {Map<string, ReaderFile>} */
  #added = new Map();
  #lastRequest = 0;
  /** @type {Map<number, (content: Content) => void>} */
  #waiting = new Map();

  /** @param {(message: ToWorker) => void} send to the Python that is there now */
  constructor(send) {
    this.#send = send;
  }

  /** Lets code open files by their names, now and in every Python that comes after this one. @param {ReaderFile[]} files */
  add(files) {
    for (const file of files) this.#added.set(file.name, file);
    if (this.#isReady) this.#send({ type: "give", files });
  }

  /** A file that code has written. @param {string} path @returns {Promise<Content>} nothing if it is gone */
  read(path) {
    this.#lastRequest += 1;
    const request = this.#lastRequest;
    return new Promise((resolve) => {
      this.#waiting.set(request, resolve);
      this.#send({ type: "read", request, path });
    });
  }

  /** @param {FileContent} answer */
  answer({ request, content }) {
    this.#waiting.get(request)?.(content);
    this.#waiting.delete(request);
  }

  /** Python is ready. */
  start() {
    this.#isReady = true;
    if (this.#added.size > 0) this.#send({ type: "give", files: [...this.#added.values()] });
  }

  /** Python is gone, with all files. */
  stop() {
    this.#isReady = false;
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }
}
