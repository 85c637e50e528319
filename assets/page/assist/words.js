/** What can be completed without Python: words of the page's code, keywords, and Python's own names. */
import { pageCells } from "../cell/page_cells.js";
import { BUILTIN_NAMES } from "../editor/names.js";

/** @import { Completions, Option } from "../../shared/assist_messages.js" */

const KEYWORDS = `
  and as assert async await break case class continue def del elif else except finally for from global if import in
  is lambda match nonlocal not or pass raise return try type while with yield`;
const CONSTANTS = "False None True";

/** Strings and comments, whose words are not names. */
const TEXT = /("""|''')[\s\S]*?\1|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#.*/g;

const NAME = /(?<![\p{L}\p{N}_.])[\p{L}_][\p{L}\p{N}_]+/gu;

/** What ends at the cursor: a name, and the name of an object before it. */
const WRITTEN = /(?:([\p{L}_][\p{L}\p{N}_]*)\.)?((?:[\p{L}_][\p{L}\p{N}_]*)?)$/u;

/** Code that is looked through: about 3,000 lines. */
const MOST_CHARACTERS = 100_000;

/** @param {string} text @param {string} kind @returns {Option[]} */
const options = (text, kind) =>
  text
    .trim()
    .split(/\s+/)
    .map((label) => ({ label, kind }));

/** @type {Option[]} */
const LANGUAGE = [
  ...options(KEYWORDS, "keyword"),
  ...options(CONSTANTS, "constant"),
  ...[...BUILTIN_NAMES].map((label) => ({ label, kind: /^[A-Z]/.test(label) ? "class" : "function" })),
];

/**
 * The names in pieces of code, each once.
 * @param {string[]} codes
 * @returns {Set<string>}
 */
export function wordsOf(codes) {
  const text = withoutText(codes);
  return new Set(text.match(NAME) ?? []);
}

/** @param {string[]} codes */
const withoutText = (codes) => codes.join("\n").slice(0, MOST_CHARACTERS).replace(TEXT, " ");

/** @returns {string[]} the code of all examples of the page */
export const codeOfPage = () => pageCells().map((cell) => cell.sourceFile.code);

/**
 * Completions from words.
 * @param {string} line up to the cursor
 * @param {string[]} codes
 * @param {boolean} asked whether the reader wants to see them before typing
 * @returns {Completions | null}
 */
export function completeFromWords(line, codes, asked) {
  const [, owner, prefix = ""] = WRITTEN.exec(line) ?? [];
  if (
    /(?:^|[^\p{L}_])\p{N}[\p{L}\p{N}_.]*$/u.test(line) ||
    (owner === undefined && (line.endsWith(".") || !(prefix || asked)))
  )
    return null;
  if (/\b(?:def|class|as|for)\s+[\p{L}\p{N}_]*$/u.test(line)) return null;
  const found = owner === undefined ? namesOf(codes, prefix) : attributesOf(codes, owner, prefix);
  const shown = found.filter(({ label }) => prefix.startsWith("_") || !label.startsWith("_"));
  if (shown.length === 0) return null;
  return {
    what: owner === undefined ? "names" : "attributes",
    prefix,
    quote: "",
    options: shown,
    isWhole: true,
  };
}

/** @param {string[]} codes @param {string} prefix @returns {Option[]} */
function namesOf(codes, prefix) {
  const language = new Set(LANGUAGE.map(({ label }) => label));
  const words = [...wordsOf(codes)].filter((word) => word !== prefix && !language.has(word));
  return [...words.map((label) => ({ label, kind: "text" })), ...LANGUAGE];
}

/** @param {string[]} codes @param {string} owner @param {string} prefix @returns {Option[]} what the code takes from this object elsewhere */
function attributesOf(codes, owner, prefix) {
  const text = withoutText(codes);
  const taken = new RegExp(String.raw`(?<![\p{L}\p{N}_.])${owner}\.([\p{L}_][\p{L}\p{N}_]*)`, "gu");
  const names = new Set([...text.matchAll(taken)].map((match) => match[1] ?? ""));
  names.delete(prefix);
  return [...names].map((label) => ({ label, kind: "text" }));
}
