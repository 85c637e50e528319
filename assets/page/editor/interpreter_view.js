/** The interpreter view: prompts before the lines, which are no part of the text. */
import { syntaxTree } from "@codemirror/language";
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";
import { outsideFolds } from "./folds.js";

/** @import { EditorState, Text } from "@codemirror/state" */
/** @import { Tree } from "@lezer/common" */
/** @import { DecorationSet } from "@codemirror/view" */

const FIRST = Decoration.line({ class: "pyrun-prompt" });
const MORE = Decoration.line({ class: "pyrun-prompt pyrun-prompt-more" });

/** Whether prompts are shown. @type {import("@codemirror/state").StateEffectType<boolean>} */
export const setPrompts = StateEffect.define();

/** @typedef {{ isShown: boolean, tree: Tree | null, lines: DecorationSet }} Prompts */

/** @type {StateField<Prompts>} */
export const interpreterView = StateField.define({
  create: () => /** @type {Prompts} */ ({ isShown: false, tree: null, lines: Decoration.none }),
  update(value, { effects, state }) {
    const isShown = effects.find((effect) => effect.is(setPrompts))?.value ?? value.isShown;
    const tree = isShown ? syntaxTree(state) : null;
    if (tree === value.tree) return value;
    return { isShown, tree, lines: tree === null ? Decoration.none : decorate(state, tree) };
  },
  provide: (field) => EditorView.decorations.of(({ state }) => outsideFolds(state, state.field(field).lines)),
});

/** @param {EditorState} state @param {Tree} tree */
function decorate({ doc }, tree) {
  return Decoration.set(
    promptsOf(doc, tree).map(({ line, isFirst }) => (isFirst ? FIRST : MORE).range(doc.line(line).from)),
  );
}

/**
 * Which prompt an interpreter shows before each line. Empty lines between statements have none.
 * @param {Text} doc
 * @param {Tree} tree
 * @returns {{ line: number, isFirst: boolean }[]} lines from 1, in order
 */
export function promptsOf(doc, tree) {
  const prompts = [];
  let done = 0;
  for (let node = tree.topNode.firstChild; node; node = node.nextSibling) {
    const { from } = node;
    const end = from + doc.sliceString(from, node.to).trimEnd().length;
    const first = doc.lineAt(from).number;
    const last = doc.lineAt(end).number;
    for (let line = Math.max(first, done + 1); line <= last; line++)
      prompts.push({ line, isFirst: line === first });
    done = Math.max(done, last);
  }
  return prompts;
}
