/** Text with one style, the unit between the stages of output. */

/** @import { Chunk } from "../../../shared/protocol.js" */

/**
 * How a span of output looks, in addition to the style of its stream. Those with the same `key` look the same.
 * @typedef {{ key: string, classes: readonly string[], css: Readonly<Record<string, string>>, href: string | null }} Style
 */

/**
 * Output that looks the same from its beginning to its end.
 * @typedef {Chunk & { style?: Style | undefined }} StyledSpan
 */

/** @param {Omit<StyledSpan, "text"> | undefined} one @param {Omit<StyledSpan, "text">} other */
export function looksLike(one, other) {
  return one?.stream === other.stream && one.style?.key === other.style?.key;
}

/**
 * Appends a copy, merged into the last span if that looks the same.
 * @param {StyledSpan[]} spans
 * @param {StyledSpan} span
 */
export function append(spans, span) {
  const last = spans.at(-1);
  if (last && looksLike(last, span)) last.text += span.text;
  else spans.push({ ...span });
}

/** @param {readonly StyledSpan[]} spans @returns {StyledSpan[]} a copy, in which neighbours look different */
export function joined(spans) {
  /** @type {StyledSpan[]} */
  const found = [];
  for (const span of spans) append(found, span);
  return found;
}

/** @param {readonly StyledSpan[]} spans */
export const textOf = (spans) => spans.map(({ text }) => text).join("");
