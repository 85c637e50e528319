/** Finds the small changes between code and the same code formatted, so that cursors and folds keep their places. */
import { diffArrays } from "diff";

/** @typedef {{ from: number, to: number, insert: string }} Change */

/** A word or another character, and the space before it. Formatters change the space; most words stay in their order. */
const PIECE = /(\s*)([\p{L}\p{N}_]+|\S|$)/gu;

/** A comparison that takes longer would be felt. */
const LONGEST_MS = 200;

/**
 * @param {string} before
 * @param {string} after
 * @returns {Change[]} of `before`, in order, which make `after` of it
 */
export function changesBetween(before, after) {
  if (before === after) return [];
  const old = piecesOf(before);
  const made = piecesOf(after);
  const words = (/** @type {Piece[]} */ pieces) => pieces.map(({ word }) => word);
  const parts = diffArrays(words(old), words(made), { timeout: LONGEST_MS });
  if (!parts) return [{ from: 0, to: before.length, insert: after }];
  /** @type {Change[]} */
  const changes = [];
  let at = 0;
  let i = 0;
  let j = 0;
  for (const { count, added, removed } of parts) {
    const gone = added ? [] : old.slice(i, i + count);
    const come = removed ? [] : made.slice(j, j + count);
    if (added || removed) {
      changes.push({ from: at, to: at + textOf(gone).length, insert: textOf(come) });
    } else {
      let start = at;
      for (const [index, { space, word }] of gone.entries()) {
        changes.push(...changeOfSpace(start, space, come[index]?.space ?? ""));
        start += space.length + word.length;
      }
    }
    at += textOf(gone).length;
    i += gone.length;
    j += come.length;
  }
  return changes;
}

/** @typedef {{ space: string, word: string }} Piece */

/** @param {string} text @returns {Piece[]} */
const piecesOf = (text) => [...text.matchAll(PIECE)].map(([, space = "", word = ""]) => ({ space, word }));

/** @param {Piece[]} pieces */
const textOf = (pieces) => pieces.map(({ space, word }) => space + word).join("");

/** Line breaks that stay are in no change, so that lines stay whole. @param {number} start @param {string} old @param {string} made @returns {Change[]} */
function changeOfSpace(start, old, made) {
  if (old === made) return [];
  const shorter = Math.min(old.length, made.length);
  let same = 0;
  while (same < shorter && old[same] === made[same]) same++;
  return [{ from: start + same, to: start + old.length, insert: made.slice(same) }];
}
