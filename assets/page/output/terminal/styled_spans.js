/** @typedef {import("../../../shared/protocol.js").Chunk} Chunk */
/** @typedef {import("./sgr_state.js").Style} Style */

/** Output that looks the same from its beginning to its end. @typedef {Chunk & { style?: Style | undefined }} Piece */

/** A change of the look costs the page an element: as much as this many characters. */
export const PIECE_CHARACTERS = 20;

/** @param {Piece | undefined} one @param {Piece} other */
export function looksLike(one, other) {
  return one?.stream === other.stream && one.style?.key === other.style?.key;
}

/** Adds a copy, to the last piece where that looks the same. @param {Piece[]} pieces @param {Piece} piece */
export function append(pieces, piece) {
  const last = pieces.at(-1);
  if (last && looksLike(last, piece)) last.text += piece.text;
  else pieces.push({ ...piece });
}

/** @param {readonly Piece[]} pieces @returns {Piece[]} a copy, in which neighbours look different */
export function joined(pieces) {
  /** @type {Piece[]} */
  const found = [];
  for (const piece of pieces) append(found, piece);
  return found;
}
