/**
 * The second stage of output: the buffer, which decides what is kept. In: the styled spans that can change no more, and
 * (output_blob.js) all text as it was written. Out: the spans of the beginning and of the end, which are shown, and a
 * file of the whole. It knows the terminal's spans, and nothing of the DOM.
 */
import { cutBefore } from "../../../shared/cut_text.js";
import { CUT_MOVES_CHARACTERS, SPAN_CHARACTERS, TAIL_CHARACTERS } from "../../../shared/limits.js";
import { append, looksLike } from "../terminal/styled_spans.js";

/** @import { StyledSpan } from "../terminal/styled_spans.js" */

/**
 * What of the text is shown: its beginning and its end. It holds no more than that, however much is written.
 */
export class HeadTailBuffer {
  #head = new SpanList();
  #headRoom;
  #tail = new SpanList();
  #skipped = 0;

  /** @param {number} headRoom how many characters of the beginning are shown */
  constructor(headRoom) {
    this.#headRoom = headRoom;
  }

  /** @param {StyledSpan} span that can change no more */
  add(span) {
    const { text } = span;
    if (this.#headRoom === 0) return this.#addToTail(span);
    const fits = text.length <= this.#headRoom;
    const cut = fits ? text.length : lineEndBefore(text, this.#headRoom);
    const used = this.#head.add({ ...span, text: text.slice(0, cut) });
    this.#headRoom = fits ? Math.max(0, this.#headRoom - used) : 0;
    if (!fits) this.#addToTail({ ...span, text: text.slice(cut) });
  }

  /** Whether all of the beginning has been taken. */
  get headIsTaken() {
    return this.#head.size === 0;
  }

  /**
   * Takes the next part of the beginning, up to the end of a line if there is one.
   * @param {number} most characters, roughly
   */
  takeHead(most) {
    return this.#head.take(most);
  }

  /**
   * The end of the output, where the beginning does not reach it.
   * @param {number} most characters
   * @returns {{ tail: readonly StyledSpan[], skipped: number }} with the number of characters between beginning and end
   */
  end(most) {
    const end = this.#tail.copy();
    const skipped = this.#skipped + end.dropAllBut(most);
    return { tail: end.all, skipped };
  }

  /** @param {StyledSpan} span */
  #addToTail(span) {
    this.#tail.add(span);
    if (this.#tail.size > 2 * TAIL_CHARACTERS) this.#skipped += this.#tail.dropAllBut(TAIL_CHARACTERS);
  }
}

/** Spans in order, with their size. */
class SpanList {
  /** @type {StyledSpan[]} */
  all = [];
  /** In characters, including the cost of the spans. */
  size = 0;

  copy() {
    const copied = new SpanList();
    for (const span of this.all) copied.add(span);
    return copied;
  }

  /** @param {StyledSpan} span @returns {number} by how much it has grown */
  add(span) {
    const growth = span.text.length + (looksLike(this.all.at(-1), span) ? 0 : SPAN_CHARACTERS);
    append(this.all, span);
    this.size += growth;
    return growth;
  }

  /**
   * Removes from the beginning, up to the end of a line if there is one.
   * @param {number} most
   * @returns {StyledSpan[]}
   */
  take(most) {
    let count = 0;
    let room = most;
    for (const { text } of this.all) {
      if (room < text.length + SPAN_CHARACTERS) break;
      room -= text.length + SPAN_CHARACTERS;
      count += 1;
    }
    const taken = this.all.splice(0, count);
    const [next] = this.all;
    if (next) {
      const left = taken.length > 0 ? room - SPAN_CHARACTERS : most;
      const end = left > 0 ? next.text.lastIndexOf("\n", left - 1) + 1 : 0;
      const cut = end || (taken.length > 0 ? 0 : cutBefore(next.text, most));
      if (cut > 0) {
        taken.push({ ...next, text: next.text.slice(0, cut) });
        next.text = next.text.slice(cut);
        if (next.text === "") this.all.shift();
      } else this.all.unshift(...afterLastLine(taken));
    }
    this.#measure();
    return taken;
  }

  /**
   * Drops spans from the beginning until no more than `most` is left.
   * @param {number} most
   * @returns {number} characters that were dropped
   */
  dropAllBut(most) {
    let excess = this.size - most;
    if (excess <= 0) return 0;
    let dropped = 0;
    let count = 0;
    for (const span of this.all) {
      if (excess < span.text.length + SPAN_CHARACTERS) {
        const cut = lineStartAfter(span.text, excess);
        dropped += cut;
        span.text = span.text.slice(cut);
        break;
      }
      excess -= span.text.length + SPAN_CHARACTERS;
      dropped += span.text.length;
      count += 1;
    }
    this.all.splice(0, count);
    if (this.all[0]?.text === "") this.all.shift();
    this.#measure();
    return dropped;
  }

  #measure() {
    this.size = this.all.reduce((sum, { text }) => sum + text.length + SPAN_CHARACTERS, 0);
  }
}

/** @param {StyledSpan[]} spans loses everything after its last line end @returns {StyledSpan[]} what was removed; nothing if there is no line end */
function afterLastLine(spans) {
  const last = spans.findLastIndex(({ text }) => text.includes("\n"));
  const span = spans[last];
  if (!span) return [];
  const rest = spans.splice(last + 1);
  const end = span.text.lastIndexOf("\n") + 1;
  if (end < span.text.length) rest.unshift({ ...span, text: span.text.slice(end) });
  span.text = span.text.slice(0, end);
  return rest;
}

/** @param {string} text @param {number} index @returns {number} the nearest line end at or before the index, if it is close */
function lineEndBefore(text, index) {
  const end = text.lastIndexOf("\n", index - 1) + 1;
  return end > index - CUT_MOVES_CHARACTERS ? end : cutBefore(text, index);
}

/** @param {string} text @param {number} index @returns {number} the nearest line start at or after the index, if it is close */
function lineStartAfter(text, index) {
  const start = text.indexOf("\n", index - 1) + 1;
  return start > 0 && start < index + CUT_MOVES_CHARACTERS ? start : cutBefore(text, index);
}
