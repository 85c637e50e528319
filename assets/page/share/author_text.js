/** Writes an example as its author would: a directive of reStructuredText or MyST, or a fence of Markdown. */
import { BLOCK_OPTIONS, OPTIONS } from "../../shared/options.js";

/** What the pages of a site are written in. @typedef {"rst" | "myst" | "markdown"} Markup */

/** @returns {Markup} by the host that has made the page, and the name of its source file @param {DOMStringMap} dataset */
export function markupOf({ page = "" }) {
  const isSphinx = document.querySelector('script[src*="documentation_options.js"]') !== null;
  if (!isSphinx) return "markdown";
  return /\.(md|markdown|ipynb)$/.test(page) ? "myst" : "rst";
}

/**
 * @param {DOMStringMap} dataset of the cell
 * @param {string} code
 * @param {Markup} markup
 * @returns {string}
 */
export function authorText(dataset, code, markup) {
  const options = optionsOf(dataset);
  const lines = options.map(([name, value]) => `:${name}: ${value ?? ""}`.trimEnd());
  if (markup === "rst") {
    return [".. pyrun::", ...indent(lines), "", ...indent(code.split("\n")), ""].join("\n");
  }
  const longest = Math.max(2, ...(code.match(/^ *`{3,}/gm) ?? []).map((marks) => marks.trim().length));
  const fence = "`".repeat(longest + 1);
  if (markup === "myst") {
    return [`${fence}{pyrun}`, ...lines, ...(lines.length > 0 ? [""] : []), code, fence, ""].join("\n");
  }
  const attributes = options.map(([name, value]) =>
    value === null ? ` ${name}` : ` ${name}=${quote(value)}`,
  );
  return [`${fence}pyrun${attributes.join("")}`, code, fence, ""].join("\n");
}

/**
 * The options that an author sets in the block, where they differ from their defaults.
 * @param {DOMStringMap} dataset
 * @returns {[name: string, value: string | null][]} `null` for one without a value
 */
function optionsOf(dataset) {
  /** @type {[string, string | null][]} */
  const found = [];
  for (const name of /** @type {const} */ (["packages", "files"])) {
    const entries = /** @type {string[]} */ (JSON.parse(dataset[name] ?? "[]"));
    if (entries.length > 0) found.push([name, entries.map(word).join(" ")]);
  }
  for (const key of BLOCK_OPTIONS) {
    const { attribute, form, default: unset } = OPTIONS[key];
    const text = dataset[attribute];
    if (text === undefined) continue;
    const name = key.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
    found.push([name, form === "flag" ? (unset ? "false" : null) : text.replaceAll("\n", "\\n")]);
  }
  return found;
}

/** @param {string} entry of a list @returns {string} in quotes, if it has spaces */
const word = (entry) => (/\s/.test(entry) ? `'${entry}'` : entry);

/** @param {string} value of an attribute */
const quote = (value) => (value.includes('"') ? `'${value.replaceAll("'", "’")}'` : `"${value}"`);

/** @param {string[]} lines */
const indent = (lines) => lines.map((line) => (line.trim() ? `   ${line}` : ""));
