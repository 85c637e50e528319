/** Shows sentences from right to left in code, such as Hebrew strings, without changing the order of what is around them. */
import { Prec } from "@codemirror/state";
import { Decoration, Direction, EditorView, MatchDecorator, ViewPlugin } from "@codemirror/view";
import { SENTENCE } from "../output/view/right_to_left.js";

/** @import { ViewUpdate } from "@codemirror/view" */

const sentences = new MatchDecorator({
  regexp: SENTENCE,
  decoration: Decoration.mark({ class: "pyrun-rtl", bidiIsolate: Direction.RTL }),
});

export const rightToLeft = ViewPlugin.define(
  (view) => ({
    isolates: sentences.createDeco(view),
    /** @param {ViewUpdate} update */
    update(update) {
      this.isolates = sentences.updateDeco(update, this.isolates);
    },
  }),
  {
    provide(plugin) {
      const isolates = (/** @type {EditorView} */ view) => view.plugin(plugin)?.isolates ?? Decoration.none;
      // The lowest precedence makes the outer elements: colours inside of a sentence do not cut it.
      return Prec.lowest([EditorView.decorations.of(isolates), EditorView.bidiIsolatedRanges.of(isolates)]);
    },
  },
);
