/** Which addresses in output become links. */

/** @import { StyledSpan } from "./styled_spans.js" */

/** Links to these open a page. Other schemes can run code or start programs. */
const PROTOCOLS = new Set(["http:", "https:"]);

/** An address in text: up to a space or a quotation mark, and no longer than browsers and servers take. */
const ADDRESS = /\bhttps?:\/\/[^\s\p{Cc}<>"'`“”]{1,2000}/giu;
/** Punctuation after an address, which rarely belongs to it. */
const AFTER = /[.,:;!?*…]+$/u;
const BRACKETS = { ")": "(", "]": "[", "}": "{" };

/** @param {string} address @returns {string | null} the normalised address if it leads to a web page */
export function safeUrl(address) {
  if (!URL.canParse(address)) return null;
  const { protocol, href } = new URL(address);
  return PROTOCOLS.has(protocol) ? href : null;
}

/**
 * Splits a span so that every address in it is a separate span.
 * @param {StyledSpan} span
 * @returns {{ span: StyledSpan, href: string | null }[]}
 */
export function splitAtLinks(span) {
  const { text, style } = span;
  if (style?.href || !text.includes("://")) return [{ span, href: style?.href ?? null }];
  const found = [];
  let from = 0;
  for (const { 0: match, index } of text.matchAll(ADDRESS)) {
    const address = withoutEnd(match);
    const href = safeUrl(address);
    if (href === null) continue;
    if (index > from) found.push({ span: { ...span, text: text.slice(from, index) }, href: null });
    found.push({ span: { ...span, text: address }, href });
    from = index + address.length;
  }
  if (from < text.length) found.push({ span: { ...span, text: text.slice(from) }, href: null });
  return found;
}

/** @param {string} match @returns {string} without the punctuation and the closing brackets of the sentence around it */
function withoutEnd(match) {
  const address = match.replace(AFTER, "");
  const last = address.at(-1) ?? "";
  const opening = last in BRACKETS ? BRACKETS[/** @type {keyof typeof BRACKETS} */ (last)] : "";
  if (opening === "" || address.split(opening).length >= address.split(last).length) return address;
  return withoutEnd(address.slice(0, -1));
}
