import { element } from "./dom.js";

/** @typedef {import("../protocol.js").Chunk} Chunk */
/** @typedef {Chunk & { span: HTMLElement }} Drawn */

/** WebKit lays a line out in a time that grows with the square of its length: longer ones come in boxes. */
const BOX_CHARACTERS = 4000;

/**
 * Text in the page, an element for each change of the stream. What stays as it is stays the same node: it is neither
 * laid out nor announced again, and keeps the selection.
 */
export class DrawnPieces {
  /** @type {Drawn[]} */
  #drawn = [];
  #insert;

  /** @param {(span: HTMLElement) => void} insert puts an element after those before it */
  constructor(insert) {
    this.#insert = insert;
  }

  /** Shows this instead of what is shown. @param {readonly Chunk[]} pieces */
  show(pieces) {
    const merged = joined(pieces).flatMap(boxes);
    for (const [index, { stream, text }] of merged.entries()) {
      const drawn = this.#drawn[index];
      if (drawn?.stream === stream) rewrite(drawn, text);
      else {
        this.#leaveOnly(index);
        const span = element("span", { className: stream }, text);
        this.#insert(span);
        this.#drawn.push({ stream, text, span });
      }
      this.#drawn[index]?.span.classList.toggle("box", text.length >= BOX_CHARACTERS && !text.includes("\n"));
    }
    this.#leaveOnly(merged.length);
  }

  /** @param {number} count */
  #leaveOnly(count) {
    for (const { span } of this.#drawn.splice(count)) span.remove();
  }
}

/** @param {readonly Chunk[]} pieces @returns {Chunk[]} a copy, in which neighbours have different streams */
function joined(pieces) {
  /** @type {Chunk[]} */
  const found = [];
  for (const { stream, text } of pieces) {
    const last = found.at(-1);
    if (last?.stream === stream) last.text += text;
    else found.push({ stream, text });
  }
  return found;
}

/**
 * Cuts a piece with a very long line in it, between characters.
 * @param {Chunk} piece
 * @returns {Chunk[]}
 */
function boxes({ stream, text }) {
  if (!text.split("\n").some((line) => line.length > BOX_CHARACTERS)) return [{ stream, text }];
  const found = [];
  for (let start = 0; start < text.length; ) {
    const end = start + BOX_CHARACTERS;
    const splitsPair = /[\uD800-\uDBFF]/.test(text[end - 1] ?? "");
    found.push({ stream, text: text.slice(start, end + Number(splitsPair)) });
    start = end + Number(splitsPair);
  }
  return found;
}

/** @param {Drawn} drawn @param {string} text */
function rewrite(drawn, text) {
  const before = drawn.text;
  drawn.text = text;
  if (text === before) return;
  const end = drawn.span.lastChild;
  const less = before.length - text.length;
  if (text.startsWith(before)) drawn.span.append(text.slice(before.length));
  else if (before.startsWith(text) && end instanceof Text && end.length >= less)
    end.deleteData(end.length - less, less);
  else drawn.span.textContent = text;
}
