/** Files in Python's working directory, as the page reads and writes them. */

/** @import { FileContent, ToWorker } from "../../shared/protocol.js" */
/** @typedef {FileContent["content"]} Content */

/** @typedef {{ name: string, content: Uint8Array<ArrayBuffer> }} ReaderFile */

/** Sends files from the page to its Python, and reads those that code has written. */
export class PythonFiles {
  #send;
  #isReady = false;
  /** The reader's files, by name. @type {Map<string, ReaderFile>} */
  #added = new Map();
  #lastRequest = 0;
  /** @type {Map<number, (content: Content) => void>} */
  #waiting = new Map();

  /** @param {(message: ToWorker) => void} send to the current Python */
  constructor(send) {
    this.#send = send;
  }

  /** Lets code open files by their names, in this Python and in all later ones. @param {ReaderFile[]} files */
  add(files) {
    for (const file of files) this.#added.set(file.name, file);
    if (this.#isReady) this.#send({ type: "give", files });
  }

  /** A file that code has written. @param {string} path @returns {Promise<Content>} `null` if it no longer exists */
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

  /** Python is lost, with all files. */
  stop() {
    this.#isReady = false;
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }
}
