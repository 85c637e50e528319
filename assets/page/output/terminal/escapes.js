import AnsiParser from "node-ansiparser";

/**
 * What becomes of output. `text` has no control characters but tabs and line ends, `control` gets one of the others.
 * `sequence` is a control sequence ("CSI"), `escape` a shorter one; `marks` stand before what tells them apart.
 * `string` is a command of the operating system ("OSC"), such as a link.
 * @typedef {{
 *   text(text: string): void, control(character: string): void,
 *   sequence(marks: string, numbers: readonly number[], name: string): void,
 *   escape(marks: string, name: string): void, string(text: string): void,
 * }} Terminal
 */

/** All control characters that are not part of plain text. */
const CONTROL = /[^\P{Cc}\t\n\r]|\r(?!\n)/gu;
const LINE_END = /\r?\n/g;

/** The parser's state outside of sequences. */
const GROUND = 0;

/** What programs mean is far shorter: a sequence without end must not fill the memory. */
const MOST_NUMBERS = 32;
const MOST_MARKS = 4;
export const MOST_STRING_CHARACTERS = 8192;

/**
 * Takes escape sequences out of output, wherever that is cut into chunks. A sequence ends with its line at the latest:
 * in a terminal one that is never closed hides all that comes after it.
 */
export class Escapes {
  #terminal;
  #parser;

  /** @param {Terminal} terminal */
  constructor(terminal) {
    this.#terminal = terminal;
    this.#parser = new AnsiParser({
      inst_p: (text) => terminal.text(text),
      inst_x: (character) => terminal.control(character),
      inst_c: (marks, numbers, name) => terminal.sequence(marks, numbers, name),
      inst_e: (marks, name) => terminal.escape(marks, name),
      inst_o: (text) => terminal.string(text),
      // Not an error of ours: what cannot belong to a sequence ends it, and is text.
      inst_E: ({ state, character }) => {
        if (state !== GROUND && character > "\x9f") terminal.text(character);
      },
    });
  }

  /** @param {string} text */
  write(text) {
    for (let from = 0; from < text.length; ) {
      const control = this.#isOpen ? from : indexOf(CONTROL, text, from);
      if (control > from) this.#terminal.text(text.slice(from, control));
      if (control === text.length) return;
      from = indexOf(LINE_END, text, control);
      this.#parser.parse(text.slice(control, from));
      if (from < text.length) this.reset();
      else this.#bound();
    }
  }

  /** Forgets a sequence that has begun. */
  reset() {
    if (this.#isOpen) this.#parser.reset();
  }

  get #isOpen() {
    return this.#parser.current_state !== GROUND;
  }

  #bound() {
    const parser = this.#parser;
    if (parser.osc.length > MOST_STRING_CHARACTERS) parser.osc = parser.osc.slice(0, MOST_STRING_CHARACTERS);
    if (parser.params.length > MOST_NUMBERS) parser.params = parser.params.slice(0, MOST_NUMBERS);
    if (parser.collected.length > MOST_MARKS) parser.collected = parser.collected.slice(0, MOST_MARKS);
  }
}

/** Output without its escape sequences; other control characters stay. It may be cut anywhere. */
export class PlainText {
  #found = "";
  #escapes = new Escapes({
    text: (text) => {
      this.#found += text;
    },
    control: (character) => {
      this.#found += character;
    },
    sequence() {},
    escape() {},
    string() {},
  });

  /** @param {string} text @returns {string} */
  of(text) {
    this.#found = "";
    this.#escapes.write(text);
    return this.#found;
  }
}

/** @param {RegExp} pattern global @param {string} text @param {number} from @returns {number} its end if there is none */
function indexOf(pattern, text, from) {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}
