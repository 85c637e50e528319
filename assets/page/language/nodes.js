/** Sentences with elements in them. */

/** Characters that stand for elements while a sentence is put together; no text has them. */
const FIRST_MARK = 0xe000;
const MARKS = /[\u2068]?([\ue000-\ue0ff])[\u2069]?/;

/**
 * A sentence in which elements are in the places of its values.
 * @template {string} Name
 * @param {(values: Record<Name, string>) => string} message
 * @param {Record<Name, Node>} nodes
 * @returns {(Node | string)[]}
 */
export function withNodes(message, nodes) {
  const entries = /** @type {[Name, Node][]} */ (Object.entries(nodes));
  const marked = entries.map(([name], index) => [name, String.fromCharCode(FIRST_MARK + index)]);
  const sentence = message(/** @type {Record<Name, string>} */ (Object.fromEntries(marked)));
  return sentence
    .split(MARKS)
    .map((part, index) => (index % 2 ? (entries[part.charCodeAt(0) - FIRST_MARK]?.[1] ?? "") : part))
    .filter((part) => part !== "");
}
