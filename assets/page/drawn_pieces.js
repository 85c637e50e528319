import { element } from "./dom.js";

/** @typedef {import("../protocol.js").Chunk} Chunk */
/** @typedef {Chunk & { span: HTMLElement }} Drawn */

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
    const merged = joined(pieces);
    for (const [index, { stream, text }] of merged.entries()) {
      const drawn = this.#drawn[index];
      if (drawn?.stream === stream) rewrite(drawn, text);
      else {
        this.#leaveOnly(index);
        const span = element("span", { className: stream }, text);
        this.#insert(span);
        this.#drawn.push({ stream, text, span });
      }
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
