/**
 * How many columns characters take in a terminal. The table of wide characters is that of Unicode, from the package
 * get-east-asian-width; what belongs to one character is what browsers say (`Intl.Segmenter`).
 */
import { eastAsianWidth } from "get-east-asian-width";
import { clustersOf } from "../../../shared/clusters.js";

/** Where tabs stop, as in terminals and in cell.css. */
const TAB_COLUMNS = 8;

/** What can belong to the character before it, or make the next one belong to it (UAX 29). Other code points stand alone. */
const JOINING =
  /[\p{M}\p{Cf}\p{Cs}\p{Emoji_Modifier}\p{Regional_Indicator}\u0e33\u0eb3\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb\uff9e\uff9f]/u;

/**
 * What has columns, also within a character: not accents, joiners, marks of direction, and the parts of Hangul that are
 * drawn into the first one.
 */
const VISIBLE = /[^\p{Default_Ignorable_Code_Point}\p{Cc}\p{Mn}\p{Me}\u1160-\u11ff\ud7b0-\ud7ff]/gu;

/** Drawn as a picture: by default, because the selector U+FE0F asks for it, or as a part of a sequence. */
const EMOJI =
  /^\p{RGI_Emoji}$|^\p{Regional_Indicator}|.\ufe0f|\p{Extended_Pictographic}.*\u200d\p{Extended_Pictographic}/v;

/** Columns of characters that were measured before, because that takes microseconds. @type {Map<string, number>} */
const measured = new Map();
const MOST_MEASURED = 10_000;

/** @param {string} text @returns {boolean} whether some of it may not stand alone */
export const joins = (text) => JOINING.test(text);

/** @param {string} text @returns {Iterable<string>} what a terminal counts as characters: letters with their accents, whole emoji */
export const charactersOf = (text) => (joins(text) ? clustersOf(text) : text);

/**
 * @param {string} character one of `charactersOf`
 * @param {number} column where it is written, from 0
 * @returns {number} the columns that it takes: 0 if it belongs to the character before it
 */
export function columnsOf(character, column) {
  if (character === "\t") return TAB_COLUMNS - (column % TAB_COLUMNS);
  if (character.length === 1 && character <= "~") return 1;
  let columns = measured.get(character);
  if (columns === undefined) {
    columns = measure(character);
    if (measured.size === MOST_MEASURED) measured.clear();
    measured.set(character, columns);
  }
  return columns;
}

/** @param {string} character */
function measure(character) {
  if (EMOJI.test(character)) return 2;
  const visible = character.match(VISIBLE) ?? [];
  return visible.reduce((sum, base) => sum + eastAsianWidth(/** @type {number} */ (base.codePointAt(0))), 0);
}
