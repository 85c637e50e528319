/** Finds text that runs from right to left. */

/**
 * Letters of scripts that run from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko, Adlam and older ones. The mark
 * U+200F counts as one: it ends a sentence whose last word runs from left to right.
 */
const LETTER =
  "[\\u200f\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}]";

/**
 * What stands between such letters in one sentence. Quotation marks, brackets and wider gaps separate values, unless they
 * are isolated.
 */
const BETWEEN = `\\u2066[^\\u2069\\n]*\\u2069|[\\p{L}\\p{N}\\p{M}\\u05be\\u05f3\\u05f4\\u200d-\\u200f.,:;!?%،؛؟…-]| (?! )|(?<=${LETTER})['"](?=${LETTER})`;

/** A word or a sentence from right to left, with the punctuation after it. */
export const SENTENCE = new RegExp(`${LETTER}(?:(?:${BETWEEN})*${LETTER})?[.!?؟…]*`, "gu");

const HAS_LETTER = new RegExp(LETTER, "u");

/** @param {string} text @returns {boolean} whether some of it runs from right to left */
export const isRightToLeft = (text) => HAS_LETTER.test(text);
