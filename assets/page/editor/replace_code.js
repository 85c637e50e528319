/** Replaces the code of an editor as one change that the reader can undo. */
import { isolateHistory } from "@codemirror/commands";

/** @import { EditorView } from "@codemirror/view" */

/**
 * Changes only the stretch that differs, so that the cursor and the marked lines around it stay.
 * @param {EditorView} view
 * @param {string} code
 */
export function replaceCode(view, code) {
  const present = view.state.doc.toString();
  const next = code.replace(/\r\n?/g, "\n");
  if (next === present) return;
  const shorter = Math.min(present.length, next.length);
  let from = 0;
  while (from < shorter && present[from] === next[from]) from++;
  let kept = 0;
  while (kept < shorter - from && present.at(-1 - kept) === next.at(-1 - kept)) kept++;
  view.dispatch({
    changes: { from, to: present.length - kept, insert: next.slice(from, next.length - kept) },
    annotations: isolateHistory.of("full"),
  });
}
