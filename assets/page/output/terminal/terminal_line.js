/** One line of the terminal, which later output can change. */
import { clustersOf } from "../../../shared/clusters.js";
import { SPAN_CHARACTERS } from "../../../shared/limits.js";
import { charactersOf, columnsOf, joins } from "./columns.js";
import { looksLike } from "./styled_spans.js";

/** @import { Stream } from "../../../shared/protocol.js" */
/** @import { StyledSpan } from "./styled_spans.js" */

/** How a character looks. @typedef {Omit<StyledSpan, "text">} Look */

/**
 * A line of a terminal: characters in columns, which count from 0. Text replaces what is there. As in a terminal, a
 * wide character that is overwritten in part leaves spaces, and a tab moves over what is there.
 */
export class TerminalLine {
  /** What stands in each column; `null` where the character before reaches further. @type {(string | null)[]} */
  #characters = [];
  /** @type {Look[]} */
  #looks = [];
  /** Text without columns in front of the first character, such as a byte order mark. */
  #before = "";
  /** The size of all this in code units, and how many spans it has. */
  #units = 0;
  #spanCount = 0;
  /** The stream that ended it, if the line is empty. @type {Stream} */
  endedBy = "stdout";

  /** In columns. */
  get length() {
    return this.#characters.length;
  }

  /** The content of the line. @returns {StyledSpan[]} */
  get spans() {
    const spans = [];
    for (let from = 0; from < this.length; ) {
      let to = from + 1;
      while (to < this.length && this.#continues(to)) to += 1;
      spans.push({ ...this.#look(from), text: this.#characters.slice(from, to).join("") });
      from = to;
    }
    const [first] = spans;
    if (first) first.text = this.#before + first.text;
    else if (this.#before) spans.push({ stream: this.endedBy, text: this.#before });
    return spans;
  }

  /** In characters, including the cost of the spans. */
  get weight() {
    return this.#units + SPAN_CHARACTERS * this.#spanCount;
  }

  /** @returns {StyledSpan[]} the content of the line, and a line feed */
  get withEnd() {
    const { spans } = this;
    const last = spans.at(-1);
    if (last) last.text += "\n";
    else spans.push({ stream: this.endedBy, text: "\n" });
    return spans;
  }

  /**
   * @param {number} column
   * @param {StyledSpan} span without control characters except tabs
   * @returns {number} the column after it
   */
  write(column, { text, ...look }) {
    let at = column;
    let [whole, firstLook] = [text, look];
    const last = this.#continuedBy(column, text);
    if (last !== null) {
      whole = this.#characters[last] + text;
      firstLook = this.#look(last);
      at = last;
    }
    for (const character of charactersOf(whole)) {
      const columns = columnsOf(character, at);
      if (columns === 0) this.#attach(character, at, look);
      // Over what is there, a tab only moves.
      else if (character !== "\t" || at >= this.length) this.#put(character, at, columns, firstLook);
      firstLook = look;
      at += columns;
    }
    return at;
  }

  /** Erases from a column to the end. @param {number} column */
  eraseFrom(column) {
    if (column === 0) {
      this.#units -= this.#before.length;
      this.#before = "";
    }
    if (column >= this.length) return;
    this.#split(column);
    this.#drop(column);
  }

  /** Erases everything before a column. @param {number} column @param {Stream} stream */
  eraseTo(column, stream) {
    if (column > 0) this.write(0, { stream, text: " ".repeat(Math.min(column, this.length)) });
  }

  /** @param {number} column @returns {Look} */
  #look(column) {
    return /** @type {Look} */ (this.#looks[column]);
  }

  /** @param {number} column in the line, but the first @returns {boolean} whether it looks like the one before */
  #continues(column) {
    const [before, after] = [this.#look(column - 1), this.#look(column)];
    return before === after || looksLike(before, after);
  }

  /**
   * Output arrives in pieces, and a piece can begin in the middle of a character: with the second half of an emoji, or
   * with an accent.
   * @param {number} column where the piece is written
   * @param {string} text
   * @returns {number | null} where the character begins that it continues
   */
  #continuedBy(column, text) {
    if (column === 0 || column > this.length || this.#characters[column] === null) return null;
    const start = this.#start(column - 1);
    const last = /** @type {string} */ (this.#characters[start]);
    const next = String.fromCodePoint(text.codePointAt(0) ?? 0);
    if (!joins(last) && !joins(next)) return null;
    const [first = ""] = clustersOf(last + next);
    return first.length > last.length ? start : null;
  }

  /** @param {number} column in the line @returns {number} where the character in it begins */
  #start(column) {
    let start = column;
    while (this.#characters[start] === null) start -= 1;
    return start;
  }

  /** @param {string} character @param {number} column @param {number} columns that it takes @param {Look} look */
  #put(character, column, columns, look) {
    this.#fill(column, look);
    this.#split(column);
    this.#split(column + columns);
    this.#set(column, character, look);
    for (let more = 1; more < columns; more += 1) this.#set(column + more, null, look);
  }

  /** Adds what has no columns to the character before. @param {string} text @param {number} column @param {Look} look */
  #attach(text, column, look) {
    if (column === 0) {
      this.#before += text;
      this.#units += text.length;
      return;
    }
    this.#fill(column, look);
    const start = this.#start(column - 1);
    this.#set(start, this.#characters[start] + text, this.#look(start));
  }

  /** Fills the line with spaces up to a column. @param {number} column @param {Look} look */
  #fill(column, { stream }) {
    while (this.length < column) this.#set(this.length, " ", { stream });
  }

  /** Turns a character into spaces if a column falls into it. @param {number} column */
  #split(column) {
    if (this.#characters[column] !== null) return;
    let at = this.#start(column);
    do {
      this.#set(at, " ", this.#look(at));
      at += 1;
    } while (this.#characters[at] === null);
  }

  /** @param {number} column in the line or behind it @param {string | null} character @param {Look} look */
  #set(column, character, look) {
    this.#spanCount -= this.#beginsSpan(column) + this.#beginsSpan(column + 1);
    this.#units += (character?.length ?? 0) - (this.#characters[column]?.length ?? 0);
    this.#characters[column] = character;
    this.#looks[column] = look;
    this.#spanCount += this.#beginsSpan(column) + this.#beginsSpan(column + 1);
  }

  /** Shortens the line. @param {number} length */
  #drop(length) {
    for (let column = length; column < this.length; column += 1) {
      this.#spanCount -= this.#beginsSpan(column);
      this.#units -= this.#characters[column]?.length ?? 0;
    }
    this.#characters.length = length;
    this.#looks.length = length;
  }

  /** @param {number} column @returns {number} 1 if it does */
  #beginsSpan(column) {
    return Number(column < this.length && (column === 0 || !this.#continues(column)));
  }
}
