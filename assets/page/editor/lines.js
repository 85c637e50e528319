/** Lines that look different: those the author emphasised, and the one where the last run failed. */
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

/** @import { Extension, Text } from "@codemirror/state" */
/** @import { DecorationSet } from "@codemirror/view" */

/** Class of an emphasised line in Pygments' output: the theme colours it. */
const EMPHASIZED = Decoration.line({ class: "hll" });
const MARKED = Decoration.line({ class: "pyrun-marked-line" });

/** Marks one line (from 1), or none. @type {import("@codemirror/state").StateEffectType<number | null>} */
export const setMarkedLine = StateEffect.define();

/** The line last marked; the mark stays with the line while the reader edits others. */
export const markedLine = StateField.define({
  create: () => Decoration.none,
  update(marked, transaction) {
    let current = marked.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setMarkedLine)) {
        current = decorateLines(MARKED, effect.value === null ? [] : [effect.value], transaction.newDoc);
      }
    }
    return current;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * The author's emphasised lines. They follow edits, and are all there again with the original code.
 * @param {readonly number[]} numbers counted from 1
 * @returns {Extension}
 */
export function emphasis(numbers) {
  if (!numbers.length) return [];
  /** @type {Text} */
  let original;
  return StateField.define({
    create(state) {
      original = state.doc;
      return decorateLines(EMPHASIZED, numbers, state.doc);
    },
    update(lines, { changes, docChanged, newDoc }) {
      if (docChanged && newDoc.eq(original)) return decorateLines(EMPHASIZED, numbers, newDoc);
      return lines.map(changes);
    },
    provide: (field) => EditorView.decorations.from(field),
  });
}

/**
 * @param {Decoration} decoration
 * @param {readonly number[]} numbers those beyond the end are left out
 * @param {Text} doc
 * @returns {DecorationSet}
 */
function decorateLines(decoration, numbers, doc) {
  const present = numbers.filter((number) => number >= 1 && number <= doc.lines);
  return Decoration.set(
    present.map((number) => decoration.range(doc.line(number).from)),
    true,
  );
}
