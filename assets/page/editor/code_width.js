/** Keeps the block as wide as its longest line, though only the lines near the screen are drawn. */
import { EditorView } from "@codemirror/view";

/** @import { Text } from "@codemirror/state" */
/** @import { CodeBox } from "./code_box.js" */

/** CodeMirror draws at least as many lines as this around the screen. */
const ALWAYS_DRAWN_LINES = 50;

/**
 * @param {CodeBox} box
 * @param {string} source
 */
export function codeWidth({ overflowWidthEm, wraps }, source) {
  if (wraps || !overflowWidthEm || source.split("\n").length <= ALWAYS_DRAWN_LINES) return [];
  /** @type {number} */
  let originalColumns;
  return EditorView.editorAttributes.compute(["doc"], ({ doc }) => {
    const columns = longestLine(doc);
    originalColumns ??= columns;
    return {
      style: `--pyrun-code-width: ${(overflowWidthEm * Math.min(columns / originalColumns, 1)).toFixed(3)}em`,
    };
  });
}

/** @param {Text} doc @returns {number} its length in columns */
function longestLine(doc) {
  let longest = 1;
  for (const line of doc.iterLines()) longest = Math.max(longest, line.length);
  return longest;
}
