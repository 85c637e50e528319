/** Parts of text that are drawn in another way than the rest: sentences from right to left, code with marks, tables. */
import { element } from "../../dom.js";
import { charactersOf, columnsOf } from "../terminal/columns.js";
import { isRightToLeft, SENTENCE } from "./right_to_left.js";

/**
 * A part of text, and how its element differs from others (run.css).
 * @typedef {object} Piece
 * @property {string} text
 * @property {string} className
 * @property {string} width in CSS, empty for that of the text
 * @property {Piece[]} parts that it is drawn of, inside of one element because a line can be broken between elements
 */

/** A line of code, and below it the marks of a traceback. They would stand below other code if the line were broken. */
const MARKED = /^.*\n[ \t|]*[~^][~^ ]*$/gm;

/** Where wide characters are, halves of emoji included. */
const WIDE = "[\\u1100-\\u115f\\u231a-\\u23f3\\u25fd-\\u27bf\\u2b1b-\\u2b55\\u2e80-\\uffe6]";
const HAS_WIDE = new RegExp(WIDE);

/** A line with wide characters in which places have a meaning: it has bars, or gaps between words. */
const TABLE_ROW = new RegExp(`^(?=.*${WIDE}).*(?:[|\\u2500-\\u259f]|\\S {2}.*\\S).*$`, "gm");

/** Wide characters that get one box. A line can be broken between boxes. */
const BOXED = 8;

/** @param {string} text @returns {Piece[]} */
export function pieces(text) {
  if (!/[~^]/.test(text)) return inLine(text);
  return split([piece(text)], MARKED, (code) => {
    const parts = inLine(code);
    return [{ ...piece(code, "marked"), parts: parts.length > 1 ? parts : [] }];
  }).flatMap((part) => (part.className ? [part] : inLine(part.text)));
}

/** @param {Piece} piece @returns {string | Node} */
export function drawPiece({ text, className, width, parts }) {
  if (className === "") return text;
  const drawn = element("span", { className }, ...contentOf({ text, parts }));
  drawn.style.width = width;
  return drawn;
}

/** @param {Pick<Piece, "text" | "parts">} piece @returns {(string | Node)[]} what is in its element */
export const contentOf = ({ text, parts }) => (parts.length > 0 ? parts.map(drawPiece) : [text]);

/** @param {Piece} one @param {Piece} other @returns {boolean} whether the element of one can become that of the other */
export const isLike = (one, other) =>
  one.className === other.className &&
  one.width === other.width &&
  (one.text === other.text || one.parts.length + other.parts.length === 0);

/** @param {string} text */
function inLine(text) {
  let found = [piece(text)];
  if (isRightToLeft(text)) found = split(found, SENTENCE, (part) => [piece(part, "rtl")]);
  if (HAS_WIDE.test(text)) found = split(found, TABLE_ROW, boxes);
  return found;
}

/** @param {string} text @param {string} [className] @param {string} [width] @returns {Piece} */
const piece = (text, className = "", width = "") => ({ text, className, width, parts: [] });

/**
 * @param {Piece[]} whole
 * @param {RegExp} pattern
 * @param {(match: string) => Piece[]} draw how a match is drawn, in a piece that is like others so far
 */
function split(whole, pattern, draw) {
  return whole.flatMap((part) => {
    const found = [];
    let from = 0;
    for (const { 0: match, index } of part.text.matchAll(pattern)) {
      if (index > from) found.push({ ...part, text: part.text.slice(from, index) });
      for (const drawn of draw(match))
        found.push({ ...drawn, className: `${part.className} ${drawn.className}`.trim() });
      from = index + match.length;
    }
    if (from < part.text.length) found.push({ ...part, text: part.text.slice(from) });
    return found;
  });
}

/**
 * Fonts have wide characters of any width, in a row of a table they have two columns.
 * @param {string} row
 */
function boxes(row) {
  /** @type {Piece[]} */
  const found = [];
  let [text, count] = ["", 0];
  const end = () => {
    if (text) found.push(count > 0 ? piece(text, "wide", `${2 * count}ch`) : piece(text));
    [text, count] = ["", 0];
  };
  for (const character of charactersOf(row)) {
    const isWide = columnsOf(character, 0) === 2 && character !== "\t";
    if (isWide !== count > 0 || count === BOXED) end();
    text += character;
    count += Number(isWide);
  }
  end();
  return found;
}
