/** @typedef {import("../protocol.js").Chunk} Chunk */
/** @typedef {import("../protocol.js").Stream} Stream */

/**
 * A line that is longer is broken up: what has gone by stays as it is. A terminal does so at the width of its window,
 * and a carriage return goes to the start of the last row there, too.
 */
const ROW_CHARACTERS = 10_000;

/** Line feed, carriage return, backspace. */
const CONTROLS = /[\n\r\b]/g;

/** The two units of a character that JavaScript counts as two, where one has lost the other. */
const HALVES = /^[\udc00-\udfff]|[\ud800-\udbff]$/g;

/**
 * The line that a terminal's cursor is on. Text is written at the cursor and replaces what is there: that is how
 * progress bars move. A carriage return puts the cursor at the start of the line, a backspace one character back.
 */
export class TerminalLine {
  /** @type {Chunk[]} */
  #pieces = [];
  #length = 0;
  #column = 0;

  /** What stands on the line. @returns {readonly Chunk[]} */
  get pieces() {
    return this.#pieces;
  }

  /**
   * Writes at the cursor.
   * @param {Chunk} chunk
   * @returns {Chunk[]} what can change no more: the lines that ended, with their line feeds
   */
  write({ stream, text }) {
    /** @type {Chunk[]} */
    const ended = [];
    let from = 0;
    if (text.includes("\r") || text.includes("\b")) {
      for (const { 0: control, index } of text.matchAll(CONTROLS)) {
        this.#put(stream, text.slice(from, index), ended);
        from = index + 1;
        if (control === "\n") this.#end(stream, ended);
        else this.#column = control === "\r" ? 0 : this.#before();
      }
    } else if (text.includes("\n")) {
      const first = text.indexOf("\n");
      from = text.lastIndexOf("\n") + 1;
      this.#put(stream, text.slice(0, first), ended);
      this.#end(stream, ended);
      if (from > first + 1) ended.push({ stream, text: text.slice(first + 1, from) });
    }
    this.#put(stream, text.slice(from), ended);
    return ended;
  }

  /** @param {Stream} stream @param {string} text without controls @param {Chunk[]} ended */
  #put(stream, text, ended) {
    if (text === "") return;
    const end = this.#column + text.length;
    if (this.#column === this.#length) append(this.#pieces, { stream, text });
    else {
      const rest = part(this.#pieces, end, this.#length);
      this.#pieces = part(this.#pieces, 0, this.#column);
      for (const piece of [{ stream, text }, ...rest]) append(this.#pieces, piece);
    }
    this.#column = end;
    this.#length = Math.max(this.#length, end);
    if (this.#column === this.#length && this.#length > ROW_CHARACTERS) this.#leave(ended);
  }

  /** @param {Stream} stream @param {Chunk[]} ended */
  #end(stream, ended) {
    append(this.#pieces, { stream, text: "\n" });
    this.#leave(ended);
  }

  /** @param {Chunk[]} ended */
  #leave(ended) {
    ended.push(...this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    this.#column = 0;
  }

  /** @returns {number} where the character before the cursor begins */
  #before() {
    const left = part(this.#pieces, Math.max(0, this.#column - 2), this.#column);
    const last = [...left.map(({ text }) => text).join("")].at(-1) ?? "";
    return this.#column - last.length;
  }
}

/** @param {Chunk[]} pieces @param {Chunk} chunk */
function append(pieces, { stream, text }) {
  const last = pieces.at(-1);
  if (last?.stream === stream) last.text += text;
  else pieces.push({ stream, text });
}

/** @param {readonly Chunk[]} pieces @param {number} from @param {number} to @returns {Chunk[]} a copy */
function part(pieces, from, to) {
  const found = [];
  let start = 0;
  for (const { stream, text } of pieces) {
    const cut = text.slice(Math.max(0, from - start), Math.max(0, to - start));
    if (cut !== "") found.push({ stream, text: cut.replace(HALVES, " ") });
    start += text.length;
  }
  return found;
}
