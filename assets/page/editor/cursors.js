/** Several cursors: the browser shows only the first selection, so the others are drawn. */
import { EditorState } from "@codemirror/state";
import { Decoration, EditorView, WidgetType } from "@codemirror/view";

/** @import { Extension } from "@codemirror/state" */
/** @import { DecorationSet } from "@codemirror/view" */

class Cursor extends WidgetType {
  /** @override */
  eq() {
    return true;
  }

  /** @override */
  toDOM() {
    const drawn = document.createElement("span");
    drawn.className = "pyrun-cursor";
    return drawn;
  }
}

const SELECTED = Decoration.mark({ class: "pyrun-selected" });
const CURSOR = Decoration.widget({ widget: new Cursor(), side: 1 });

/** @param {EditorView} view @returns {DecorationSet} */
function others({ state: { selection } }) {
  if (selection.ranges.length === 1) return Decoration.none;
  return Decoration.set(
    selection.ranges
      .filter((range) => range !== selection.main)
      .map((range) => (range.empty ? CURSOR.range(range.head) : SELECTED.range(range.from, range.to))),
  );
}

/** @type {Extension} */
export const cursors = [EditorState.allowMultipleSelections.of(true), EditorView.decorations.of(others)];
