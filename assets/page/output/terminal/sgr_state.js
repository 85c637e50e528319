/** The style that escape sequences have set (SGR, Select Graphic Rendition). */
import { anyColour, indexedColour, styleOfColours, styleOfInverse } from "./ansi_colours.js";
import { safeUrl } from "./links.js";

/** @import { Colour } from "./ansi_colours.js" */
/** @import { Style } from "./styled_spans.js" */

/** The numbers of ECMA-48 that switch a feature on, and those that switch it off. */
const FEATURES = new Map([
  [1, "bold"],
  [2, "faint"],
  [3, "italic"],
  [4, "underline"],
  [7, "inverse"],
  [9, "strike"],
  [21, "underline"],
]);
/** @type {ReadonlyMap<number, readonly string[]>} */
const OFF = new Map([
  [22, ["bold", "faint"]],
  [23, ["italic"]],
  [24, ["underline"]],
  [27, ["inverse"]],
  [29, ["strike"]],
]);

/** Where the numbers of text and background colours begin, and those of the bright ones. */
const [TEXT, BACKGROUND, BRIGHT_TEXT, BRIGHT_BACKGROUND] = [30, 40, 90, 100];
/** Offsets from there: the colour follows in more numbers; the default colour. */
const [EXTENDED, USUAL] = [8, 9];
/** How a colour follows: an index, or red, green and blue. */
const [INDEXED, ANY] = [5, 2];

/** The colours and features of text, until the next sequence changes them. */
export class SgrState {
  /** @type {Set<string>} */
  #features = new Set();
  /** @type {Colour | null} */
  #text = null;
  /** @type {Colour | null} */
  #background = null;
  /** @type {string | null} */
  #href = null;
  /**
   * Computed only when text is written, because programs change styles more often than they use them.
   * @type {Style | undefined | null}
   */
  #style;

  /** `undefined` for the default. @returns {Style | undefined} */
  get style() {
    if (this.#style === null) this.#style = this.#made();
    return this.#style;
  }

  reset() {
    this.#clear();
    this.#href = null;
  }

  /** Makes the text that follows a link, unless the address is not one of a web page. @param {string} url */
  link(url) {
    this.#href = safeUrl(url);
    this.#style = null;
  }

  /** Select graphic rendition ("SGR"). @param {readonly number[]} numbers */
  select(numbers) {
    this.#style = null;
    for (let at = 0; at < numbers.length; at += 1) {
      const number = numbers[at] ?? 0;
      const feature = FEATURES.get(number);
      const off = OFF.get(number);
      if (number === 0) this.#clear();
      else if (feature) this.#features.add(feature);
      else if (off) for (const name of off) this.#features.delete(name);
      else if (number === TEXT + EXTENDED || number === BACKGROUND + EXTENDED) {
        const [colour, used] = extended(numbers, at + 1);
        this.#paint(number < BACKGROUND, colour);
        at += used;
      } else if (number >= TEXT && number <= BACKGROUND + USUAL) this.#paintNamed(number, TEXT, 0);
      else if (number >= BRIGHT_TEXT && number < BRIGHT_BACKGROUND + EXTENDED)
        this.#paintNamed(number, BRIGHT_TEXT, EXTENDED);
    }
  }

  /** @param {number} number @param {number} first @param {number} bright */
  #paintNamed(number, first, bright) {
    const colour = (number - first) % 10;
    if (colour < EXTENDED) this.#paint(number < first + 10, colour + bright);
    else if (colour === USUAL && bright === 0) this.#paint(number < first + 10, null);
  }

  /** @param {boolean} isText @param {Colour | null | undefined} colour unchanged if it is undefined */
  #paint(isText, colour) {
    if (colour === undefined) return;
    if (isText) this.#text = colour;
    else this.#background = colour;
  }

  #clear() {
    this.#features.clear();
    this.#text = null;
    this.#background = null;
    this.#style = null;
  }

  /** @returns {Style | undefined} */
  #made() {
    const inverse = this.#features.has("inverse");
    const classes = [...this.#features].filter((name) => name !== "inverse").sort();
    const css = (inverse ? styleOfInverse : styleOfColours)(this.#text, this.#background);
    const key = [...classes, ...Object.values(css), this.#href ?? ""].join(" ");
    return key === "" ? undefined : { key, classes, css, href: this.#href };
  }
}

/**
 * @param {readonly number[]} numbers
 * @param {number} at index of the kind of the colour
 * @returns {[colour: Colour | undefined, used: number]}
 */
function extended(numbers, at) {
  const [kind, first = 0, second = 0, third = 0] = numbers
    .slice(at, at + 4)
    .map((number) => Math.max(number, 0));
  if (kind === INDEXED) return [indexedColour(Math.min(first, 255)), 2];
  if (kind === ANY) return [anyColour(first, second, third), 4];
  return [undefined, numbers.length];
}
