/**
 * The first stage of output: a terminal. In: chunks of text, as the run wrote them. Out: styled spans, apart those of
 * lines that the cursor has left for good, and those of lines that can still change. It knows nothing of the other
 * stages or of the DOM.
 */
import { ROW_CHARACTERS, SCREEN_CHARACTERS, SCREEN_LINES } from "../../../shared/limits.js";
import { EscapeParser } from "./escape_parser.js";
import { SgrState } from "./sgr_state.js";
import { TerminalLine } from "./terminal_line.js";

/** @import { Chunk, Stream } from "../../../shared/protocol.js" */
/** @import { Terminal } from "./escape_parser.js" */
/** @import { StyledSpan } from "./styled_spans.js" */

/** What the code writes to. Other streams are separate. @type {ReadonlySet<Stream>} */
const PRINTED = new Set(["stdout", "stderr"]);

/** The style of these does not depend on escape sequences of the code. @type {ReadonlySet<Stream>} */
const SPOKEN = new Set(["value", "notice"]);

/**
 * What a terminal's cursor can reach, and how it moves there. Lines that it has left for good are handed on: those
 * that are too far up, and all of them while a program only prints.
 * @implements {Terminal}
 */
export class TerminalScreen {
  #lines = [new TerminalLine()];
  #row = 0;
  #column = 0;
  #sgr = new SgrState();
  #parser = new EscapeParser(this);
  /** @type {Stream} */
  #stream = "stdout";
  /** @type {StyledSpan[]} */
  #ended = [];
  /** Lines that ended since the cursor was moved in another way. */
  #linesSinceMove = 0;
  /** Nothing moves the cursor: a line is final when it ends. */
  #calm = false;
  #columns;

  /** @param {number} columns that the cursor reaches where there is no text */
  constructor(columns) {
    this.#columns = columns;
  }

  /** The content of the lines that can change. @returns {StyledSpan[]} */
  get spans() {
    let last = this.#lines.length - 1;
    while (last > this.#row && this.#lines[last]?.length === 0) last -= 1;
    return this.#lines
      .slice(0, last + 1)
      .flatMap((line, index) => (index < last ? line.withEnd : line.spans));
  }

  /**
   * Writes at the cursor.
   * @param {Chunk} chunk
   * @returns {StyledSpan[]} what can change no more: the lines that were left, with their line feeds
   */
  write({ stream, text }) {
    if (!PRINTED.has(stream)) this.#parser.reset();
    if (SPOKEN.has(stream) && stream !== this.#stream) {
      this.#sgr.reset();
      this.#goToEnd();
    }
    this.#stream = stream;
    this.#parser.write(text);
    const ended = this.#ended;
    this.#ended = [];
    return ended;
  }

  /** @param {string} text */
  text(text) {
    const plain = text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
    let from = 0;
    for (let end = plain.indexOf("\n"); end >= 0; end = plain.indexOf("\n", from)) {
      this.#put(plain.slice(from, end));
      this.#feed();
      from = end + 1;
      const last = this.#calm ? plain.lastIndexOf("\n") + 1 : 0;
      if (last > from) {
        this.#ended.push(this.#span(plain.slice(from, last)));
        from = last;
      }
    }
    this.#put(plain.slice(from));
  }

  /** @param {string} character */
  control(character) {
    if (character === "\r") this.#move(this.#row, 0);
    else if (character === "\b") this.#move(this.#row, this.#column - 1);
    else if (character === "\v" || character === "\f") this.#feed();
  }

  /** @param {string} marks @param {readonly number[]} numbers @param {string} name */
  sequence(marks, numbers, name) {
    // Modes of the terminal are ignored, but a program that hides the cursor is going to move it.
    if (marks !== "") return this.#move(this.#row, this.#column);
    if (name === "m") return this.#sgr.select(numbers);
    const [number = 0, second = 0] = numbers;
    const count = Math.max(number, 1);
    if (name === "A") this.#move(this.#row - count, this.#column);
    else if (name === "B") this.#move(this.#row + count, this.#column);
    else if (name === "C") this.#move(this.#row, this.#column + count);
    else if (name === "D") this.#move(this.#row, this.#column - count);
    else if (name === "E") this.#move(this.#row + count, 0);
    else if (name === "F") this.#move(this.#row - count, 0);
    else if (name === "G") this.#move(this.#row, count - 1);
    else if (name === "H" || name === "f") this.#goTo(count - 1, Math.max(second, 1) - 1);
    else if (name === "J") this.#eraseScreen(number);
    else if (name === "K") this.#eraseLine(number);
  }

  /** @param {string} marks @param {string} name */
  escape(marks, name) {
    if (marks === "" && name === "M") this.#move(this.#row - 1, this.#column);
    if (marks !== "" || name !== "c") return;
    this.#sgr.reset();
    this.#eraseScreen(2);
    this.#goTo(0, 0);
  }

  /** @param {string} text */
  string(text) {
    const link = text.match(/^8;[^;]*;(.*)$/);
    if (link) this.#sgr.link(link[1] ?? "");
  }

  get #line() {
    return /** @type {TerminalLine} */ (this.#lines[this.#row]);
  }

  /** @param {string} text @returns {StyledSpan} */
  #span(text) {
    const style = this.#stream === "echo" ? undefined : this.#sgr.style;
    return style ? { stream: this.#stream, text, style } : { stream: this.#stream, text };
  }

  /** @param {string} text without control characters */
  #put(text) {
    if (text === "") return;
    const line = this.#line;
    if (text.length > ROW_CHARACTERS && line === this.#lines.at(-1) && this.#column === line.length) {
      this.#leaveAll();
      this.#ended.push(this.#span(text));
      return;
    }
    this.#column = line.write(this.#column, this.#span(text));
    if (line.weight > ROW_CHARACTERS || (!this.#calm && this.#weight > 2 * SCREEN_CHARACTERS))
      this.#leaveAll();
  }

  /** Goes to the next line; behind the last one, makes one. */
  #feed() {
    this.#column = 0;
    this.#row += 1;
    if (this.#row < this.#lines.length) return;
    const line = /** @type {TerminalLine} */ (this.#lines.at(-1));
    line.endedBy = this.#stream;
    this.#lines.push(new TerminalLine());
    this.#linesSinceMove += 1;
    if (this.#linesSinceMove > SCREEN_LINES) this.#calm = true;
    if (this.#calm) return this.#leave(this.#lines.length - 1);
    const lines = Math.max(0, this.#lines.length - SCREEN_LINES);
    this.#leave(lines);
    while (this.#row > 0 && this.#weight > SCREEN_CHARACTERS) this.#leave(1);
  }

  /** @param {number} count of lines that do not come back, all of them above the cursor */
  #leave(count) {
    if (count === 0) return;
    for (const line of this.#lines.splice(0, count)) this.#ended.push(...line.withEnd);
    this.#row -= count;
  }

  /** Starts over behind all lines. */
  #leaveAll() {
    this.#row = this.#lines.length - 1;
    this.#leave(this.#row);
    this.#ended.push(...this.#line.spans);
    this.#lines = [new TerminalLine()];
    this.#row = 0;
    this.#column = 0;
  }

  get #weight() {
    return this.#lines.reduce((sum, { weight }) => sum + weight, 0);
  }

  /** @param {number} row @param {number} column clamped to what exists */
  #move(row, column) {
    this.#calm = false;
    this.#linesSinceMove = 0;
    this.#row = Math.min(Math.max(row, 0), this.#lines.length - 1);
    const last = Math.max(this.#line.length, this.#column, this.#columns - 1);
    this.#column = Math.min(Math.max(column, 0), last);
  }

  /** @param {number} row @param {number} column from the upper left corner; missing lines are created */
  #goTo(row, column) {
    while (this.#lines.length <= Math.min(row, SCREEN_LINES - 1)) this.#lines.push(new TerminalLine());
    this.#move(row, column);
  }

  /** Other streams than the code's never overwrite anything. */
  #goToEnd() {
    const last = this.#lines.length - 1;
    const { length } = /** @type {TerminalLine} */ (this.#lines[last]);
    if (this.#row === last && this.#column >= length) return;
    this.#row = last;
    this.#column = length;
    if (length > 0) this.#feed();
  }

  /** @param {number} part 0: after the cursor, 1: before it, 2 and 3: all */
  #eraseScreen(part) {
    this.#move(this.#row, this.#column);
    const blank = part === 0 ? 0 : this.#row;
    for (let row = 0; row < blank; row += 1) this.#lines[row] = new TerminalLine();
    if (part !== 1) this.#lines.splice(this.#row + 1);
    this.#eraseLine(part);
  }

  /** @param {number} part as above */
  #eraseLine(part) {
    this.#move(this.#row, this.#column);
    if (part === 0) this.#line.eraseFrom(this.#column);
    else if (part === 1) this.#line.eraseTo(this.#column + 1, this.#stream);
    else if (part === 2 || part === 3) this.#line.eraseFrom(0);
  }
}
