/** Lines that look different: those the author emphasised, and the one where the last run failed. */
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";
import { outsideFolds } from "./folds.js";

/** @import { EditorState, Extension, Text } from "@codemirror/state" */
/** @import { DecorationSet } from "@codemirror/view" */

/** Class of an emphasised line in Pygments' output: the theme colours it. */
const EMPHASIZED = Decoration.line({ class: "hll" });
const MARKED = Decoration.line({ class: "pyrun-marked-line" });

/** Marks one line (from 1), or none. @type {import("@codemirror/state").StateEffectType<number | null>} */
export const setMarkedLine = StateEffect.define();

/** The marked line. An edit removes the mark, because the new code may not fail there. */
export const markedLine = StateField.define({
  create: () => Decoration.none,
  update(marked, transaction) {
    let current = transaction.docChanged ? Decoration.none : marked;
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
 * @type {StateField<{ original: Text, numbers: readonly number[], lines: DecorationSet }>}
 */
const emphasized = StateField.define({
  create: ({ doc }) => ({ original: doc, numbers: [], lines: Decoration.none }),
  update(value, { changes, docChanged, newDoc }) {
    if (!docChanged) return value;
    const { original, numbers, lines } = value;
    const isOriginal = newDoc.eq(original);
    return {
      ...value,
      lines: isOriginal ? decorateLines(EMPHASIZED, numbers, newDoc) : lines.map(changes),
    };
  },
  provide: (field) => EditorView.decorations.of(({ state }) => outsideFolds(state, state.field(field).lines)),
});

/**
 * @param {readonly number[]} numbers counted from 1
 * @returns {Extension}
 */
export function emphasis(numbers) {
  return emphasized.init(({ doc }) => ({
    original: doc,
    numbers,
    lines: decorateLines(EMPHASIZED, numbers, doc),
  }));
}

/**
 * Where the emphasised lines are now.
 * @param {EditorState} state
 * @returns {Set<number>} counted from 1
 */
export function emphasizedLines(state) {
  /** @type {Set<number>} */
  const numbers = new Set();
  for (const cursor = state.field(emphasized).lines.iter(); cursor.value; cursor.next()) {
    numbers.add(state.doc.lineAt(cursor.from).number);
  }
  return numbers;
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
