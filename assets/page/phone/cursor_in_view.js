/** Keeps the line with the cursor in sight when a soft keyboard comes. While the reader types, the editor does so. */

/** Some room, so that the line does not touch the edge. */
const GAP_PX = 8;

/**
 * Scrolls the page if the cursor is below what the keyboard leaves of the window.
 * @param {number} covered pixels at the lower edge that something of ours covers
 */
export function keepCursorInView(covered) {
  const view = visualViewport;
  const cursor = cursorRect();
  if (!view || !cursor) return;
  const lowest = view.offsetTop + view.height - covered - GAP_PX;
  if (cursor.bottom > lowest) scrollBy({ top: cursor.bottom - lowest });
}

/** @returns {DOMRect | null} where the cursor is; a selection in an empty line has no rectangle */
function cursorRect() {
  const selection = document.getSelection();
  if (!selection?.focusNode) return null;
  const { focusNode } = selection;
  const at = focusNode instanceof Element ? focusNode : focusNode.parentElement;
  return (at?.closest(".cm-line") ?? at)?.getBoundingClientRect() ?? null;
}
