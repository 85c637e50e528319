/** Cuts text without breaking a character in two. */

const HIGH_SURROGATES = /[\ud800-\udbff]/;

/**
 * An index at which text can be cut: a character that JavaScript counts as two stays whole.
 * @param {string} text
 * @param {number} index
 * @returns {number} the index or the one before
 */
export function cutBefore(text, index) {
  if (index <= 0) return 0;
  if (index >= text.length) return text.length;
  return HIGH_SURROGATES.test(text.charAt(index - 1)) ? index - 1 : index;
}
