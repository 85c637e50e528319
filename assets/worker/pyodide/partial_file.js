/**
 * A file of which some parts are not there yet: reading them gets them. Nothing can tell the difference except by time.
 *
 * Emscripten: its own lazy files fetch a file as a whole, or need a server that answers requests for ranges. This replaces
 * `read` in the `stream_ops` of a node, and its `contents`, through which everything else reaches them. 0.27.7 to 315.
 * https://emscripten.org/docs/api_reference/Filesystem-API.html#FS.createLazyFile
 */
import { ignoreNextTruncation } from "./file_system.js";

/** @typedef {import("./file_system.js").FileSystem} FileSystem */

/** A part that is missing: where it begins and ends, and what gets it at once. @typedef {{ start: number, end: number, read(): Uint8Array }} MissingPart */

/** Emscripten's number of the error EIO. */
const INPUT_OUTPUT_ERROR = 29;

export class PartialFile {
  #content;
  /** @type {Set<MissingPart>} */
  #missing;

  /**
   * @param {Uint8Array} content with nothing where parts are missing
   * @param {MissingPart[]} missing
   */
  constructor(content, missing) {
    this.#content = content;
    this.#missing = new Set(missing);
  }

  /** Whether a part is not there yet. @param {MissingPart} part */
  lacks(part) {
    return this.#missing.has(part);
  }

  /** @param {MissingPart} part @param {Uint8Array} content @throws {Error} it has another length */
  add(part, content) {
    if (content.length !== part.end - part.start) throw new Error("a part of a file has another length");
    if (this.#missing.delete(part)) this.#content.set(content, part.start);
  }

  /**
   * Makes it the file at a path, also where one will be opened for writing once more, and left empty: Pyodide does that.
   * @param {FileSystem} FS
   * @param {string} path
   */
  place(FS, path) {
    if (!FS.analyzePath(path).exists) {
      FS.writeFile(path, "");
      ignoreNextTruncation(FS, path);
    }
    const { node } = FS.lookupPath(path, {});
    const usual = node.stream_ops;
    let isReplaced = false;
    const complete = (/** @type {number} */ start, /** @type {number} */ end) => {
      for (const part of this.#missing) {
        if (part.start >= end || part.end <= start) continue;
        try {
          this.add(part, part.read());
        } catch {
          throw new FS.ErrnoError(INPUT_OUTPUT_ERROR);
        }
      }
    };
    node.stream_ops = {
      ...usual,
      read: (
        /** @type {any} */ stream,
        /** @type {Int8Array} */ target,
        /** @type {number} */ offset,
        /** @type {number} */ length,
        /** @type {number} */ position,
      ) => {
        if (isReplaced) return usual.read(stream, target, offset, length, position);
        if (length <= 0 || position >= this.#content.length) return 0;
        complete(position, position + 1);
        // As much as is there: Python reads ahead, and gets the next part only if it asks for it.
        const starts = [...this.#missing].map(({ start }) => start).filter((start) => start > position);
        const end = Math.min(position + length, this.#content.length, ...starts);
        target.set(this.#content.subarray(position, end), offset);
        return end - position;
      },
    };
    // What maps, writes or cuts the file takes its contents, or sets others.
    Object.defineProperty(node, "contents", {
      get: () => {
        complete(0, this.#content.length);
        return this.#content;
      },
      set: (value) => {
        isReplaced = true;
        Object.defineProperty(node, "contents", { value, writable: true, enumerable: true });
      },
      configurable: true,
      enumerable: true,
    });
    node.usedBytes = this.#content.length;
  }
}
