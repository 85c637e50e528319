/** All that a run has written, as the parts of a file outside of the heap. */
import { BLOB_PART_CHARACTERS } from "../../../shared/limits.js";
import { EscapeStripper } from "../terminal/escape_parser.js";

/** Everything that a run has written, without escape sequences, no matter how much of it the page shows. */
export class OutputBlob {
  /** @type {Blob[]} */
  #parts = [];
  /** @type {string[]} */
  #texts = [];
  #characters = 0;
  #stripper = new EscapeStripper();

  /** @param {string} text */
  add(text) {
    this.#texts.push(this.#stripper.strip(text));
    this.#characters += text.length;
    if (this.#characters >= BLOB_PART_CHARACTERS) this.#fold();
  }

  /** @returns {Blob} a text file */
  get file() {
    this.#fold();
    return new Blob(this.#parts, { type: "text/plain;charset=utf-8" });
  }

  #fold() {
    // Joined first: a blob would replace both halves of a surrogate pair that two texts share.
    this.#parts.push(new Blob([this.#texts.join("")]));
    this.#texts = [];
    this.#characters = 0;
  }
}
