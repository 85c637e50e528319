/** Lines folded away: those that the author hides, and blocks of code that a reader folds from the edge. */
import {
  codeFolding,
  foldEffect,
  foldedRanges,
  foldGutter,
  foldService,
  unfoldEffect,
} from "@codemirror/language";
import { EditorState, Text } from "@codemirror/state";
import { linesOf } from "../code_lines.js";
import { button, element } from "../dom.js";
import { FOLD_MESSAGES } from "../messages.js";
import { hiddenRegions, regionsOf } from "./hidden_regions.js";

/** @import { Extension, StateEffect, Transaction } from "@codemirror/state" */
/** @import { DecorationSet, EditorView, ViewUpdate } from "@codemirror/view" */
/** @import { Region } from "./hidden_regions.js" */

/** What the page shows before there is an editor (`pyrun_core/examples/folded_block.py`). */
const STATIC_FOLD = "details.pyrun-fold";

/** With more lines that are all drawn, looking for the blocks of each would take longer than a key may. */
const MOST_DRAWN_LINES = 500;

/**
 * @param {string} hidden the lines that the author hides (`hiddenRegions`)
 * @param {string} original the author's code
 * @param {boolean} isWhole all lines are drawn
 * @returns {Extension}
 */
export function folds(hidden, original, isWhole) {
  const text = Text.of(linesOf(original));
  return [
    hiddenRegions(hidden, text),
    EditorState.phrases.of({
      "Folded lines": FOLD_MESSAGES.folded,
      "Unfolded lines": FOLD_MESSAGES.unfolded,
      to: FOLD_MESSAGES.to,
    }),
    codeFolding({
      preparePlaceholder: (state, range) => ({
        lines: state.doc.lineAt(range.to).number - state.doc.lineAt(range.from).number,
        isWhole: isWholeLines(state, range),
      }),
      placeholderDOM: control,
    }),
    foldService.of((state, from) => regionsOf(state).find((region) => region.from === from) ?? null),
    openWhatIsEdited,
    isWhole && text.lines > MOST_DRAWN_LINES ? [] : foldGutter({ markerDOM: marker }),
  ];
}

/** @param {boolean} isOpen */
const marker = (isOpen) =>
  element("span", { className: isOpen ? "pyrun-fold-marker" : "pyrun-fold-marker pyrun-folded" });

/**
 * What stands in the place of folded lines.
 * @param {EditorView} view
 * @param {(event: Event) => void} open
 * @param {{ lines: number, isWhole: boolean }} folded
 */
function control(view, open, { lines, isWhole }) {
  const label = FOLD_MESSAGES.show({ count: isWhole ? lines + 1 : lines });
  const className = isWhole ? "pyrun-show" : "pyrun-show pyrun-fold-inline";
  const made = button("", { className, part: "", "aria-label": label, title: isWhole ? "" : label }, null);
  made.onclick = (event) => {
    const hadFocus = made.matches(":focus");
    open(event);
    if (hadFocus) view.focus(); // it would be lost with the button
  };
  return made;
}

/** @param {EditorState} state @param {Region} range */
function isWholeLines({ doc }, { from, to }) {
  return doc.lineAt(from).from === from && doc.lineAt(to).to === to;
}

/**
 * The stretches of whole lines that are folded away now.
 * @param {EditorState} state
 * @returns {Region[]}
 */
export function foldedLines(state) {
  /** @type {Region[]} */
  const found = [];
  foldedRanges(state).between(0, state.doc.length, (from, to) => {
    if (isWholeLines(state, { from, to })) found.push({ from, to });
  });
  return found;
}

/**
 * What decorates whole lines, without those that are folded away: it would decorate what stands in their place.
 * @param {EditorState} state
 * @param {DecorationSet} lines
 */
export function outsideFolds(state, lines) {
  const folded = lines.size > 0 ? foldedLines(state) : [];
  if (folded.length === 0) return lines;
  return lines.update({ filter: (at) => !folded.some(({ from, to }) => from <= at && at <= to) });
}

/** @param {ViewUpdate | Transaction} update @returns {boolean} whether something was folded or unfolded */
export const hasFolded = ({ startState, state }) => foldedRanges(startState) !== foldedRanges(state);

/** Folds the author's lines away. @param {EditorState} state @returns {StateEffect<Region>[]} */
export const foldHidden = (state) => regionsOf(state).map((region) => foldEffect.of(region));

/**
 * Unfolds what the reader has opened before there was an editor.
 * @param {EditorState} state
 * @param {HTMLElement} cell with its highlighted block
 * @returns {StateEffect<Region>[]}
 */
export function unfoldOpened(state, cell) {
  const shown = [...cell.querySelectorAll(STATIC_FOLD)].map((fold) => fold.hasAttribute("open"));
  const regions = regionsOf(state);
  if (regions.length !== shown.length) return [];
  return regions.filter((_, index) => shown[index]).map((region) => unfoldEffect.of(region));
}

/**
 * Unfolds a line.
 * @param {EditorState} state
 * @param {number | null} line from 1
 * @returns {StateEffect<Region>[]}
 */
export function unfoldLine(state, line) {
  if (line === null || line > state.doc.lines) return [];
  const { from, to } = state.doc.line(line);
  return unfold(state, from, to);
}

/** @param {EditorState} state @param {number} start @param {number} end @returns {StateEffect<Region>[]} */
function unfold(state, start, end) {
  /** @type {StateEffect<Region>[]} */
  const effects = [];
  foldedRanges(state).between(start, end, (from, to) => {
    effects.push(unfoldEffect.of({ from, to }));
  });
  return effects;
}

/** Who types at the edge of lines that are folded away sees what happens to them. A formatter changes only how they look. */
const openWhatIsEdited = EditorState.transactionExtender.of((transaction) => {
  const { startState, changes, docChanged } = transaction;
  if (!docChanged || foldedRanges(startState).size === 0 || transaction.isUserEvent("format")) return null;
  /** @type {StateEffect<Region>[]} */
  const effects = [];
  changes.iterChangedRanges((fromA, toA) => {
    foldedRanges(startState).between(fromA, toA, (from, to) => {
      if (isWholeLines(startState, { from, to }))
        effects.push(unfoldEffect.of({ from: changes.mapPos(from, 1), to: changes.mapPos(to, -1) }));
    });
  });
  return { effects };
});

/**
 * The code as the reader sees it: without lines that are folded away.
 * @param {EditorState} state
 * @returns {string}
 */
export function visibleCode(state) {
  let text = "";
  let done = 0;
  for (const { from, to } of foldedLines(state)) {
    text += state.sliceDoc(done, from);
    done = Math.min(to + 1, state.doc.length);
  }
  return (text + state.sliceDoc(done)).replace(/\n$/, "");
}

/** A summary in the page that has the focus, which would be lost with it. @param {HTMLElement} cell @returns {number} its index or -1 */
export const focusedFold = (cell) =>
  [...cell.querySelectorAll(STATIC_FOLD)].findIndex((fold) =>
    fold.querySelector("summary")?.matches(":focus"),
  );

/** Moves the focus to what has taken the place of a summary. @param {EditorView} view @param {number} index */
export function focusFold(view, index) {
  const region = regionsOf(view.state)[index];
  const controls = /** @type {HTMLElement[]} */ ([...view.dom.querySelectorAll(".pyrun-show")]);
  const folded = foldedLines(view.state);
  const at = folded.findIndex(({ from }) => from === region?.from);
  const target = controls.filter((each) => !each.matches(".pyrun-fold-inline"))[at];
  if (target) return target.focus();
  if (region) view.dispatch({ selection: { anchor: region.from } });
  view.focus();
}
