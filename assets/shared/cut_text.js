/** Cuts text without breaking a character in two. */
import { clusterStart } from "./clusters.js";

/** Before these, text can be cut without looking: none of them continues a character. */
const STARTS = /[\n -~\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]/;

/**
 * An index at which text can be cut: what readers see as one character stays whole.
 * @param {string} text
 * @param {number} index
 * @returns {number} the index or one before
 */
export function cutBefore(text, index) {
  if (index <= 0) return 0;
  if (index >= text.length) return text.length;
  if (STARTS.test(text.charAt(index))) return index;
  return clusterStart(text, index);
}
