/** All that a run has shown, as the parts of a file outside of the heap. */
import { BLOB_PART_CHARACTERS } from "../../../shared/limits.js";

/** The end of text that is half a character: the other half is still to come. */
const HALF = /[\ud800-\udbff]$/;

/**
 * The text of a run as a terminal shows it in the end, no matter how much of it the page draws: the lines that the
 * cursor has left for good, and those that can still change.
 */
export class OutputBlob {
  /** @type {Blob[]} */
  #parts = [];
  /** @type {string[]} */
  #texts = [];
  #characters = 0;
  #isInLine = false;
  /** Returns the lines that can still change. @type {() => string} */
  #open = () => "";

  /** @param {string} text that can change no more */
  add(text) {
    if (text === "") return;
    this.#texts.push(text);
    this.#characters += text.length;
    this.#isInLine = !text.endsWith("\n");
    if (this.#characters >= BLOB_PART_CHARACTERS && !HALF.test(text)) this.#fold();
  }

  /** Adds something that begins a line: what was open before can change no more. @param {string} text */
  addBelow(text) {
    this.settle();
    this.add(this.#isInLine ? `\n${text}` : text);
  }

  /** @param {() => string} open returns the lines that can still change, until `settle` */
  follow(open) {
    this.#open = open;
  }

  /** The lines that could change no longer do. */
  settle() {
    this.add(this.#open());
    this.#open = () => "";
  }

  clear() {
    this.#parts = [];
    this.#texts = [];
    this.#characters = 0;
    this.#isInLine = false;
    this.#open = () => "";
  }

  /** @returns {Blob} what can change no more */
  get settled() {
    this.#fold();
    return new Blob(this.#parts);
  }

  /** @returns {string} what can still change */
  get open() {
    return this.#open();
  }

  /** Whether the text ends within a line. */
  get isInLine() {
    const open = this.#open();
    return open ? !open.endsWith("\n") : this.#isInLine;
  }

  /** @returns {Blob} a text file */
  get file() {
    return new Blob([this.settled, this.open], { type: "text/plain;charset=utf-8" });
  }

  #fold() {
    // Joined first: a blob would replace both halves of a surrogate pair that two texts share.
    this.#parts.push(new Blob([this.#texts.join("")]));
    this.#texts = [];
    this.#characters = 0;
  }
}
