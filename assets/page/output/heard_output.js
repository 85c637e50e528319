/** What a screen reader says of the output of a run: short output as it is, long output as its length and its end. */
import { OUTPUT_MESSAGES } from "../messages.js";
import { EscapeStripper } from "./terminal/escape_parser.js";

/** Output that is longer is summarised. A voice needs about ten seconds for so much. */
const MOST_CHARACTERS = 300;
const MOST_LINES = 8;

/** The last line of longer output. */
const MOST_OF_LAST_LINE = 150;

/** How much of the output is kept, with its escape sequences. */
const KEPT_CHARACTERS = 4000;

/** Collects the output of a run until it is said. It costs next to nothing, however much is written. */
export class HeardOutput {
  #text = "";
  #lineBreaks = 0;

  /** @param {string} text as the code has written it */
  add(text) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#lineBreaks += 1;
    this.#text = (this.#text + text.slice(-KEPT_CHARACTERS)).slice(-KEPT_CHARACTERS);
  }

  /** @param {string} name of something else that is shown, such as a picture */
  addThing(name) {
    this.add(`${this.#text === "" || this.#text.endsWith("\n") ? "" : "\n"}${name}\n`);
  }

  /** Forgets what has not been said. */
  clear() {
    this.#text = "";
    this.#lineBreaks = 0;
  }

  /** @param {string} [known] what is said otherwise, if the output ends with it @returns {string} what is said; from then on, only what comes later */
  take(known = "") {
    const lines = new EscapeStripper().strip(this.#text).split("\n").map(visible);
    const count = this.#lineBreaks + (lines.at(-1) === "" ? 0 : 1);
    this.clear();
    const end = lines.findLastIndex((line) => line !== "");
    const shown = lines.slice(0, end + 1);
    if (known !== "" && shown.at(-1) === known) shown.pop();
    const text = shown.filter(Boolean).join("\n");
    const isWhole = lines.length > count - 1 && count <= MOST_LINES;
    if (isWhole && text.length <= MOST_CHARACTERS) return text;
    const last = cut(shown.at(-1) ?? "");
    return count === 1 ? last : OUTPUT_MESSAGES.summary({ count, last });
  }
}

/** What is left of a line that a carriage return has sent back to its start, as a progress bar is. @param {string} line */
const visible = (line) => (line.split("\r").findLast((part) => part.trim() !== "") ?? "").trim();

/** @param {string} line */
const cut = (line) => (line.length > MOST_OF_LAST_LINE ? `${line.slice(0, MOST_OF_LAST_LINE)} …` : line);
