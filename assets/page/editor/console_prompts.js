/** The prompts before the lines of a console's field, which are no part of the text. */
import { syntaxTree } from "@codemirror/language";
import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, ViewPlugin } from "@codemirror/view";
import { promptsOf } from "./interpreter_view.js";

/** @import { EditorState } from "@codemirror/state" */
/** @import { DecorationSet, EditorView, ViewUpdate } from "@codemirror/view" */

const FIRST = Decoration.line({ class: "pyrun-prompt" });
const MORE = Decoration.line({ class: "pyrun-prompt pyrun-prompt-more" });

/** The prompts of the interpreter: a statement begins with one, and all other lines have the other one. */
export const prompts = ViewPlugin.define((view) => new Prompts(view), {
  decorations: (plugin) => plugin.lines,
});

class Prompts {
  /** @param {EditorView} view */
  constructor({ state }) {
    this.tree = syntaxTree(state);
    this.lines = decorate(state);
  }

  /** @param {ViewUpdate} update */
  update({ state, docChanged }) {
    if (!docChanged && syntaxTree(state) === this.tree) return;
    this.tree = syntaxTree(state);
    this.lines = decorate(state);
  }
}

/** @param {EditorState} state @returns {DecorationSet} */
function decorate(state) {
  const { doc } = state;
  const first = new Set(
    promptsOf(doc, syntaxTree(state)).flatMap(({ line, isFirst }) => (isFirst ? [line] : [])),
  );
  const builder = new RangeSetBuilder();
  for (let line = 1; line <= doc.lines; line++) {
    const { from } = doc.line(line);
    builder.add(from, from, line === 1 || first.has(line) ? FIRST : MORE);
  }
  return /** @type {DecorationSet} */ (builder.finish());
}
