import { append, looksLike, PIECE_CHARACTERS } from "./styled_spans.js";

/** @typedef {import("../../../shared/protocol.js").Stream} Stream */
/** @typedef {import("./styled_spans.js").Piece} Piece */

/** The two units of a character that JavaScript counts as two, where one has lost the other. */
const HALVES = /^[\udc00-\udfff]|[\ud800-\udbff]$/g;

/**
 * A line of a terminal. Text replaces what is there. Columns count as JavaScript does, from 0: that is not how wide
 * characters are counted, but in lines that are written again from their start it comes to the same.
 */
export class TerminalLine {
  /** @type {Piece[]} */
  #pieces = [];
  length = 0;
  /** Who ended it, where nobody has written in it. @type {Stream} */
  endedBy = "stdout";

  /** What stands on the line. @returns {readonly Piece[]} */
  get pieces() {
    return this.#pieces;
  }

  /** In characters, with what the pieces themselves cost. */
  get weight() {
    return this.length + PIECE_CHARACTERS * this.#pieces.length;
  }

  /** @returns {Piece[]} what stands on the line, and a line feed */
  get withEnd() {
    const pieces = this.#pieces.map((piece) => ({ ...piece }));
    const last = pieces.at(-1);
    if (last) last.text += "\n";
    else pieces.push({ stream: this.endedBy, text: "\n" });
    return pieces;
  }

  /**
   * @param {number} column
   * @param {Piece} piece without control characters
   * @returns {number} the column after it
   */
  write(column, piece) {
    const end = column + piece.text.length;
    if (column > this.length)
      append(this.#pieces, { stream: piece.stream, text: " ".repeat(column - this.length) });
    if (column >= this.length) append(this.#pieces, piece);
    else {
      const first = this.#cutAt(column);
      this.#pieces.splice(first, this.#cutAt(end) - first, piece);
      this.#join(first + 1);
      this.#join(first);
    }
    this.length = Math.max(this.length, end);
    return end;
  }

  /** Erases what stands from here on. @param {number} column */
  eraseFrom(column) {
    if (column >= this.length) return;
    this.#pieces.splice(this.#cutAt(column));
    this.length = column;
  }

  /** Erases what stands before this. @param {number} column @param {Stream} stream */
  eraseTo(column, stream) {
    if (column > 0) this.write(0, { stream, text: " ".repeat(Math.min(column, this.length)) });
  }

  /** @param {number} column @returns {number} where the character before it begins */
  before(column) {
    let start = 0;
    for (const { text } of this.#pieces) {
      const at = column - start;
      if (at <= text.length) return column - ([...text.slice(Math.max(0, at - 2), at)].at(-1) ?? "").length;
      start += text.length;
    }
    return Math.max(0, column - 1);
  }

  /** @param {number} index of a piece that may look like the one before it */
  #join(index) {
    const [left, right] = [this.#pieces[index - 1], this.#pieces[index]];
    if (!left || !right || !looksLike(left, right)) return;
    left.text += right.text;
    this.#pieces.splice(index, 1);
  }

  /** @param {number} column @returns {number} the number of pieces before it; one that it falls into is cut */
  #cutAt(column) {
    let index = 0;
    let room = column;
    // Not an iterator: this is what takes time where each character has a style of its own.
    for (; room > 0 && index < this.#pieces.length; index += 1) room -= this.#pieces[index]?.text.length ?? 0;
    const piece = this.#pieces[index - 1];
    if (room >= 0 || !piece) return index;
    const [left, right] = [piece.text.slice(0, room), piece.text.slice(room)];
    piece.text = left.replace(HALVES, " ");
    this.#pieces.splice(index, 0, { ...piece, text: right.replace(HALVES, " ") });
    return index;
  }
}
