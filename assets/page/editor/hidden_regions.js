/** The stretches of lines that the author hides, as they move with the edits of a reader. */
import { StateField } from "@codemirror/state";

/** @import { ChangeDesc, Extension, Text } from "@codemirror/state" */

/** From the start of a line to the end of a line, which may be the same one. @typedef {{ from: number, to: number }} Region */

/** @type {StateField<readonly Region[]>} */
const field = StateField.define({
  create: () => /** @type {readonly Region[]} */ ([]),
  update: (regions, { changes, docChanged }) => (docChanged ? moved(regions, changes) : regions),
});

/**
 * @param {string} hidden the lines, as the attribute has them: numbers from 1 with spaces between them
 * @param {Text} original the author's code
 * @returns {Extension} for an editor, whose code may have been edited already
 */
export const hiddenRegions = (hidden, original) => field.init(({ doc }) => regionsIn(doc, hidden, original));

/** @param {import("@codemirror/state").EditorState} state @returns {readonly Region[]} in order */
export const regionsOf = (state) => state.field(field);

/**
 * Where the author's stretches are in a text. Those that have been edited are not in it.
 * @param {Text} doc
 * @param {string} hidden
 * @param {Text} original
 * @returns {Region[]}
 */
export function regionsIn(doc, hidden, original) {
  const lines = hidden
    .split(" ")
    .map(Number)
    .filter((line) => line >= 1 && line <= original.lines);
  /** @type {{ first: number, last: number }[]} */
  const stretches = [];
  for (const line of lines) {
    const open = stretches.at(-1);
    if (open?.last === line - 1) open.last = line;
    else stretches.push({ first: line, last: line });
  }
  const { start, added } = difference(original, doc);
  return stretches.flatMap(({ first, last }) => {
    if (last <= start) return [between(doc, first, last)];
    return first > start + added.old
      ? [between(doc, first - added.old + added.new, last - added.old + added.new)]
      : [];
  });
}

/** @param {Text} doc @param {number} first @param {number} last @returns {Region} */
const between = (doc, first, last) => ({ from: doc.line(first).from, to: doc.line(last).to });

/**
 * The one stretch of lines in which two texts differ.
 * @param {Text} old
 * @param {Text} doc
 * @returns {{ start: number, added: { old: number, new: number } }} the lines before it, and how long it is in each
 */
function difference(old, doc) {
  const most = Math.min(old.lines, doc.lines);
  let start = 0;
  while (start < most && old.line(start + 1).text === doc.line(start + 1).text) start++;
  let end = 0;
  while (end < most - start && old.line(old.lines - end).text === doc.line(doc.lines - end).text) end++;
  return { start, added: { old: old.lines - start - end, new: doc.lines - start - end } };
}

/** What is typed at their edges belongs to them, so that they stay whole lines. @param {readonly Region[]} regions @param {ChangeDesc} changes @returns {readonly Region[]} */
function moved(regions, changes) {
  return regions
    .map(({ from, to }) => ({ from: changes.mapPos(from, -1), to: changes.mapPos(to, 1) }))
    .filter(({ from, to }) => from < to);
}
