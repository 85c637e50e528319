/** Parses escape sequences of terminals (ECMA-48) in output that arrives in chunks. */
import { MOST_SEQUENCE_NUMBERS, MOST_STRING_CHARACTERS } from "../../../shared/limits.js";
import { withoutOverwritten } from "./overwritten.js";

/**
 * What receives parsed output. `text` has no control characters except tabs and line ends; `control` receives one of
 * the others. `sequence` is a control sequence ("CSI"), `escape` a shorter one; `marks` are the characters that tell
 * sequences of the same name apart. `string` is an operating system command ("OSC"), such as a link.
 * @typedef {{
 *   text(text: string): void, control(character: string): void,
 *   sequence(marks: string, numbers: readonly number[], name: string): void,
 *   escape(marks: string, name: string): void, string(text: string): void,
 * }} Terminal
 */

/** All control characters that are not part of plain text. */
const CONTROL = /[^\P{Cc}\t\n\r]|\r(?!\n)/gu;

const ESCAPE = "\x1b";

// The kinds of sequences in ECMA-48, 5.3 to 5.6: an introducer of 7 or 8 bits, a body, and what ends it. The end is
// empty where the text stops too early, and where something follows that cannot belong to the sequence.
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: sequences consist of control characters

/** Private marks, numbers, intermediate marks; then what may stand there and means nothing. */
const SEQUENCE = /(?:\x1b\[|\x9b)([<-?]*)([\d;]*)([ -/]*)([ -?]*)([@-~]|)/y;

/** Commands, and other strings such as pictures. */
const STRING =
  /(?:\x1b([\]PX^_])|([\x90\x98\x9d-\x9f]))((?:[^\r\n\x07\x18\x1a\x1b\x9c]|\r(?!\n))*)(\x07|\x9c|\x1b\\?|)/y;

const SHORT = /\x1b([ -/]*)([0-~]|)/y;

// biome-ignore-end lint/suspicious/noControlCharactersInRegex: sequences consist of control characters

/**
 * Takes escape sequences out of output, wherever that is cut into chunks. A sequence ends with its line at the latest:
 * in a terminal, one that is never closed hides everything after it. A control character ends a sequence too. No
 * library on npm parses output in chunks and bounds what it keeps of a sequence without end.
 */
export class EscapeParser {
  #terminal;
  /** The beginning of a sequence whose end has not come yet. */
  #open = "";

  /** @param {Terminal} terminal */
  constructor(terminal) {
    this.#terminal = terminal;
  }

  /** @param {string} chunk */
  write(chunk) {
    const text = this.#open === "" ? withoutOverwritten(chunk) : this.#open + chunk;
    this.#open = "";
    for (let from = 0; from < text.length; ) {
      CONTROL.lastIndex = from;
      const control = CONTROL.exec(text)?.index ?? text.length;
      if (control > from) this.#terminal.text(text.slice(from, control));
      from = control < text.length ? this.#take(text, control) : control;
    }
  }

  /** Forgets a sequence that has begun. */
  reset() {
    this.#open = "";
  }

  /** @param {string} text @param {number} start where a control character stands @returns {number} where text goes on */
  #take(text, start) {
    const end =
      this.#takeSequence(text, start) ?? this.#takeString(text, start) ?? this.#takeShort(text, start);
    if (end !== null) return end;
    this.#terminal.control(text.charAt(start));
    return start + 1;
  }

  /** @param {string} text @param {number} start @returns {number | null} where it ends, if it is one */
  #takeSequence(text, start) {
    const found = matchAt(SEQUENCE, text, start);
    if (!found) return null;
    const [whole, before = "", list = "", after = "", meaningless, name = ""] = found;
    const end = start + whole.length;
    if (name === "") this.#keepOpen(text, start, end);
    else if (meaningless === "") {
      const numbers = list.split(";").slice(0, MOST_SEQUENCE_NUMBERS).map(Number);
      this.#terminal.sequence(before + after, numbers, name);
    }
    return end;
  }

  /** @param {string} text @param {number} start @returns {number | null} where it ends, if it is one */
  #takeString(text, start) {
    const found = matchAt(STRING, text, start);
    if (!found) return null;
    const [whole, short, long, body = "", terminator] = found;
    const end = start + whole.length;
    if (end === text.length && (terminator === "" || terminator === ESCAPE)) {
      this.#keepOpen(text, start, end);
      return end;
    }
    const isCommand = short === "]" || long === "\x9d";
    if (isCommand && terminator !== "" && body.length <= MOST_STRING_CHARACTERS) this.#terminal.string(body);
    return terminator === ESCAPE ? end - 1 : end; // another sequence begins there
  }

  /** @param {string} text @param {number} start @returns {number | null} where it ends, if it is one */
  #takeShort(text, start) {
    const found = matchAt(SHORT, text, start);
    if (!found) return null;
    const [whole, marks = "", name = ""] = found;
    const end = start + whole.length;
    if (name === "") this.#keepOpen(text, start, end);
    else this.#terminal.escape(marks, name);
    return end;
  }

  /**
   * Keeps the beginning of a sequence if it reaches to the end of the text, and no more than shows that it is too long.
   * @param {string} text
   * @param {number} start
   * @param {number} end
   */
  #keepOpen(text, start, end) {
    if (end < text.length) return;
    const open = text.slice(start);
    const most = 2 * MOST_STRING_CHARACTERS;
    this.#open = open.length > most ? `${open.slice(0, most)}${open.at(-1)}` : open;
  }
}

/** @param {RegExp} pattern sticky @param {string} text @param {number} start */
function matchAt(pattern, text, start) {
  pattern.lastIndex = start;
  return pattern.exec(text);
}

/** Output without its escape sequences; other control characters stay. It may be cut into chunks anywhere. */
export class EscapeStripper {
  #plain = "";
  #parser = new EscapeParser({
    text: (text) => {
      this.#plain += text;
    },
    control: (character) => {
      this.#plain += character;
    },
    sequence() {},
    escape() {},
    string() {},
  });

  /** @param {string} chunk @returns {string} */
  strip(chunk) {
    this.#plain = "";
    this.#parser.write(chunk);
    return this.#plain;
  }
}
