/** Colours the part of the code that is on the screen. */
import { syntaxTree } from "@codemirror/language";
import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, ViewPlugin } from "@codemirror/view";
import { CLASSES } from "./token_classes.js";
import { eachToken } from "./tokens.js";

/** @import { DecorationSet, EditorView, ViewUpdate } from "@codemirror/view" */
/** @import { Role } from "./token_classes.js" */

const MARKS = /** @type {Record<Role, Decoration>} */ (
  Object.fromEntries(Object.entries(CLASSES).map(([role, name]) => [role, Decoration.mark({ class: name })]))
);

class Highlighting {
  /** @param {EditorView} view */
  constructor(view) {
    this.tree = syntaxTree(view.state);
    this.decorations = decorate(view);
    this.decoratedTo = view.viewport.to;
  }

  /** @param {ViewUpdate} update */
  update(update) {
    const tree = syntaxTree(update.state);
    const { viewport } = update.view;
    const stillDecoratedTo = update.changes.mapPos(this.decoratedTo, 1);
    if (tree.length < viewport.to && stillDecoratedTo >= viewport.to) {
      // The parser has not reached this part yet. The old colours, moved along, flicker less than no colours.
      this.decorations = this.decorations.map(update.changes);
      this.decoratedTo = stillDecoratedTo;
    } else if (tree !== this.tree || update.viewportChanged) {
      this.tree = tree;
      this.decorations = decorate(update.view);
      this.decoratedTo = viewport.to;
    }
  }
}

/** @param {EditorView} view @returns {DecorationSet} */
function decorate(view) {
  const { state, visibleRanges } = view;
  const builder = new RangeSetBuilder();
  let done = 0;
  for (const range of visibleRanges) {
    eachToken(syntaxTree(state), state.doc, range.from, range.to, (from, to, role) => {
      // A token can reach into two visible ranges.
      if (from >= done) builder.add(from, to, MARKS[role]);
      done = Math.max(done, to);
    });
  }
  return /** @type {DecorationSet} */ (builder.finish());
}

/** The editor extension. */
export const highlighting = ViewPlugin.fromClass(Highlighting, {
  decorations: (plugin) => plugin.decorations,
});
