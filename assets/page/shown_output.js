import { cutBefore } from "../output_limit.js";
import { TerminalLine } from "./terminal_line.js";

/** @typedef {import("../protocol.js").Chunk} Chunk */

/** What the page shows from the beginning of the output, and from its end. */
export const HEAD_CHARACTERS = 100_000;
export const TAIL_CHARACTERS = 10_000;

/** A change of the stream costs the page an element: as much as this many characters. */
const PIECE_CHARACTERS = 20;

/** How far a cut moves for the sake of whole lines. */
const LINE_CHARACTERS = 1000;

/**
 * Which part of a run's output is shown: the beginning, the end, and the line that the cursor is on. It holds no more
 * than that, however much is written.
 */
export class ShownOutput {
  #line = new TerminalLine();
  #head = new Pieces();
  #headRoom;
  #tail = new Pieces();
  #skipped = 0;

  /** @param {number} headRoom how many characters of the beginning are shown */
  constructor(headRoom) {
    this.#headRoom = headRoom;
  }

  /** @param {Chunk} chunk */
  write(chunk) {
    for (const ended of this.#line.write(chunk)) this.#settle(ended);
  }

  /** Whether all of the beginning has been taken. */
  get headIsTaken() {
    return this.#head.size === 0;
  }

  /** Takes the next piece of the beginning, up to the end of a line if there is one. @param {number} most characters, roughly */
  takeHead(most) {
    return this.#head.take(most);
  }

  /**
   * The end of the output, where the beginning does not reach it.
   * @param {number} most characters
   * @returns {{ tail: readonly Chunk[], skipped: number }} with the number of characters between beginning and end
   */
  end(most) {
    const end = this.#tail.copy();
    const skipped = this.#skipped + end.dropAllBut(most);
    return { tail: end.all, skipped };
  }

  /** The line that is not finished. @returns {readonly Chunk[]} */
  get line() {
    return this.#line.pieces;
  }

  /** @param {Chunk} chunk */
  #settle(chunk) {
    const { stream, text } = chunk;
    if (this.#headRoom === 0) return this.#addToTail(chunk);
    const fits = text.length <= this.#headRoom;
    const cut = fits ? text.length : lineEndBefore(text, this.#headRoom);
    const used = this.#head.add({ stream, text: text.slice(0, cut) });
    this.#headRoom = fits ? Math.max(0, this.#headRoom - used) : 0;
    if (!fits) this.#addToTail({ stream, text: text.slice(cut) });
  }

  /** @param {Chunk} chunk */
  #addToTail(chunk) {
    this.#tail.add(chunk);
    if (this.#tail.size > 2 * TAIL_CHARACTERS) this.#skipped += this.#tail.dropAllBut(TAIL_CHARACTERS);
  }
}

/** Text of several streams, in order. */
class Pieces {
  /** @type {Chunk[]} */
  all = [];
  /** In characters, with what the pieces themselves cost. */
  size = 0;

  copy() {
    const copied = new Pieces();
    for (const chunk of this.all) copied.add(chunk);
    return copied;
  }

  /** @param {Chunk} chunk @returns {number} how much larger this is now */
  add({ stream, text }) {
    const last = this.all.at(-1);
    const more = text.length + (last?.stream === stream ? 0 : PIECE_CHARACTERS);
    if (last?.stream === stream) last.text += text;
    else this.all.push({ stream, text });
    this.size += more;
    return more;
  }

  /** Removes from the beginning. @param {number} most @returns {Chunk[]} */
  take(most) {
    let count = 0;
    let room = most;
    for (const { text } of this.all) {
      if (room < text.length + PIECE_CHARACTERS) break;
      room -= text.length + PIECE_CHARACTERS;
      count += 1;
    }
    const taken = this.all.splice(0, count);
    const [next] = this.all;
    if (next && taken.length === 0) {
      const cut = next.text.lastIndexOf("\n", most - 1) + 1 || cutBefore(next.text, most);
      taken.push({ stream: next.stream, text: next.text.slice(0, cut) });
      next.text = next.text.slice(cut);
      if (next.text === "") this.all.shift();
    }
    this.#measure();
    return taken;
  }

  /** Drops from the beginning what is too much. @param {number} most @returns {number} characters that were dropped */
  dropAllBut(most) {
    let excess = this.size - most;
    if (excess <= 0) return 0;
    let dropped = 0;
    let count = 0;
    for (const piece of this.all) {
      if (excess < piece.text.length + PIECE_CHARACTERS) {
        const cut = lineStartAfter(piece.text, excess);
        dropped += cut;
        piece.text = piece.text.slice(cut);
        break;
      }
      excess -= piece.text.length + PIECE_CHARACTERS;
      dropped += piece.text.length;
      count += 1;
    }
    this.all.splice(0, count);
    if (this.all[0]?.text === "") this.all.shift();
    this.#measure();
    return dropped;
  }

  #measure() {
    this.size = this.all.reduce((sum, { text }) => sum + text.length + PIECE_CHARACTERS, 0);
  }
}

/** @param {string} text @param {number} index @returns {number} where a line ends, at the index or not far before it */
function lineEndBefore(text, index) {
  const end = text.lastIndexOf("\n", index - 1) + 1;
  return end > index - LINE_CHARACTERS ? end : cutBefore(text, index);
}

/** @param {string} text @param {number} index @returns {number} where a line starts, at the index or not far after it */
function lineStartAfter(text, index) {
  const start = text.indexOf("\n", index - 1) + 1;
  return start > 0 && start < index + LINE_CHARACTERS ? start : cutBefore(text, index);
}
