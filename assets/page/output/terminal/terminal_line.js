/** One line of the terminal, which later output can change. */
import { SPAN_CHARACTERS } from "../../../shared/limits.js";
import { append, looksLike } from "./styled_spans.js";

/** @import { Stream } from "../../../shared/protocol.js" */
/** @import { StyledSpan } from "./styled_spans.js" */

/** The two units of a character that JavaScript counts as two, where one has lost the other. */
const HALVES = /^[\udc00-\udfff]|[\ud800-\udbff]$/g;

/**
 * A line of a terminal. Text replaces what is there. Columns count as JavaScript does, from 0: that is not how wide
 * characters are counted, but in lines that are written again from their start it comes to the same.
 */
export class TerminalLine {
  /** @type {StyledSpan[]} */
  #spans = [];
  length = 0;
  /** The stream that ended it, if the line is empty. @type {Stream} */
  endedBy = "stdout";

  /** The content of the line. @returns {readonly StyledSpan[]} */
  get spans() {
    return this.#spans;
  }

  /** In characters, including the cost of the spans. */
  get weight() {
    return this.length + SPAN_CHARACTERS * this.#spans.length;
  }

  /** @returns {StyledSpan[]} the content of the line, and a line feed */
  get withEnd() {
    const spans = this.#spans.map((span) => ({ ...span }));
    const last = spans.at(-1);
    if (last) last.text += "\n";
    else spans.push({ stream: this.endedBy, text: "\n" });
    return spans;
  }

  /**
   * @param {number} column
   * @param {StyledSpan} span without control characters
   * @returns {number} the column after it
   */
  write(column, span) {
    const end = column + span.text.length;
    if (column > this.length)
      append(this.#spans, { stream: span.stream, text: " ".repeat(column - this.length) });
    if (column >= this.length) append(this.#spans, span);
    else {
      const first = this.#cutAt(column);
      this.#spans.splice(first, this.#cutAt(end) - first, span);
      this.#join(first + 1);
      this.#join(first);
    }
    this.length = Math.max(this.length, end);
    return end;
  }

  /** Erases from a column to the end. @param {number} column */
  eraseFrom(column) {
    if (column >= this.length) return;
    this.#spans.splice(this.#cutAt(column));
    this.length = column;
  }

  /** Erases everything before a column. @param {number} column @param {Stream} stream */
  eraseTo(column, stream) {
    if (column > 0) this.write(0, { stream, text: " ".repeat(Math.min(column, this.length)) });
  }

  /** @param {number} column @returns {number} where the character before it begins */
  before(column) {
    let start = 0;
    for (const { text } of this.#spans) {
      const at = column - start;
      if (at <= text.length) return column - ([...text.slice(Math.max(0, at - 2), at)].at(-1) ?? "").length;
      start += text.length;
    }
    return Math.max(0, column - 1);
  }

  /** @param {number} index of a span that may look like the one before it */
  #join(index) {
    const [left, right] = [this.#spans[index - 1], this.#spans[index]];
    if (!left || !right || !looksLike(left, right)) return;
    left.text += right.text;
    this.#spans.splice(index, 1);
  }

  /** @param {number} column @returns {number} the number of spans before it; one that it falls into is cut */
  #cutAt(column) {
    let index = 0;
    let room = column;
    // Not an iterator: this loop dominates where each character has its own style.
    for (; room > 0 && index < this.#spans.length; index += 1) room -= this.#spans[index]?.text.length ?? 0;
    const span = this.#spans[index - 1];
    if (room >= 0 || !span) return index;
    const [left, right] = [span.text.slice(0, room), span.text.slice(room)];
    span.text = left.replace(HALVES, " ");
    this.#spans.splice(index, 0, { ...span, text: right.replace(HALVES, " ") });
    return index;
  }
}
