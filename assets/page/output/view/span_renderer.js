/** Draws styled spans as elements. */
import { cutBefore } from "../../../shared/cut_text.js";
import { BOX_CHARACTERS } from "../../../shared/limits.js";
import { element } from "../../dom.js";
import { splitAtLinks } from "../terminal/links.js";
import { joined, looksLike } from "../terminal/styled_spans.js";
import ansiCss from "./ansi.css";
import { contentOf, isLike, pieces } from "./pieces.js";

/** @import { StyledSpan } from "../terminal/styled_spans.js" */
/** @import { Piece } from "./pieces.js" */
/** @typedef {{ span: StyledSpan, href: string | null, piece: Piece }} Wanted */
/** @typedef {Wanted & { element: HTMLElement }} Drawn */

/** One style sheet for all shadow trees in which something has a style, or is a link. */
const styles = new CSSStyleSheet();
styles.replaceSync(ansiCss);

/**
 * Text in the page, an element for each change of the look. Unchanged text keeps its node, so it is not laid
 * out or announced again, and a selection in it stays.
 */
export class SpanRenderer {
  /** @type {Drawn[]} */
  #drawn = [];
  #insert;

  /** @param {(element: HTMLElement) => void} insert inserts an element after the earlier ones */
  constructor(insert) {
    this.#insert = insert;
  }

  /** Replaces what is shown. @param {readonly StyledSpan[]} spans */
  show(spans) {
    const wanted = joined(spans).flatMap(boxes).flatMap(parts);
    for (const [index, { span, href, piece }] of wanted.entries()) {
      let drawn = this.#drawn[index];
      if (
        drawn &&
        looksLike(drawn.span, span) &&
        isLink(drawn.href) === isLink(href) &&
        isLike(drawn.piece, piece)
      )
        rewrite(drawn, span.text);
      else {
        this.#leaveOnly(index);
        drawn = { span: { ...span }, href, piece, element: drawnElement({ span, href, piece }) };
        this.#insert(drawn.element);
        this.#drawn.push(drawn);
        if (span.style || isLink(href)) adoptStyles(drawn.element);
      }
      lead(drawn, href);
      const isBox = span.text.length >= BOX_CHARACTERS && !span.text.includes("\n");
      drawn.element.classList.toggle("box", isBox);
    }
    this.#leaveOnly(wanted.length);
  }

  /** @param {number} count */
  #leaveOnly(count) {
    for (const drawn of this.#drawn.splice(count)) drawn.element.remove();
  }
}

/** @param {string | null} href */
const isLink = (href) => href !== null;

/** @param {StyledSpan} span @returns {Wanted[]} an element for each */
const parts = (span) =>
  pieces(span.text).flatMap((piece) => {
    const part = { ...span, text: piece.text };
    const linked = piece.parts.length > 0 ? [{ span: part, href: null }] : splitAtLinks(part);
    return linked.map((wanted) => ({ ...wanted, piece }));
  });

/** @param {Wanted} wanted */
function drawnElement({ span: { stream, text, style }, href, piece: { className, width, parts: inner } }) {
  const made = isLink(href)
    ? element("a", { target: "_blank", rel: "noopener noreferrer" }, text)
    : element("span", {}, ...contentOf({ text, parts: inner }));
  made.className = [stream, ...(style?.classes ?? []), className].join(" ").trim();
  Object.assign(made.style, style?.css, width && { width });
  return made;
}

/** @param {Drawn} drawn @param {string | null} href */
function lead(drawn, href) {
  if (!(drawn.element instanceof HTMLAnchorElement) || href === null) return;
  if (drawn.element.href !== href) drawn.element.href = href;
  // The text of the link may differ from its address.
  if (drawn.span.style?.href) drawn.element.title = href;
}

/** @param {Element} drawn */
function adoptStyles(drawn) {
  const root = drawn.getRootNode();
  if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(styles))
    root.adoptedStyleSheets.push(styles);
}

/**
 * Splits a span that contains a very long line, between characters.
 * @param {StyledSpan} span
 * @returns {StyledSpan[]}
 */
function boxes(span) {
  const { text } = span;
  if (!text.split("\n").some((line) => line.length > BOX_CHARACTERS)) return [span];
  const found = [];
  for (let start = 0; start < text.length; ) {
    const end = cutBefore(text, start + BOX_CHARACTERS);
    found.push({ ...span, text: text.slice(start, end) });
    start = end;
  }
  return found;
}

/** @param {Drawn} drawn @param {string} text */
function rewrite({ span, element: shown }, text) {
  const before = span.text;
  span.text = text;
  if (text === before) return;
  const end = shown.lastChild;
  const less = before.length - text.length;
  if (text.startsWith(before)) shown.append(text.slice(before.length));
  else if (before.startsWith(text) && end instanceof Text && end.length >= less)
    end.deleteData(end.length - less, less);
  else shown.textContent = text;
}
