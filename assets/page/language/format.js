/** Puts values into texts: numbers, lists and plurals as the language has them. */
import { languageAttributes, textLanguage } from "./current.js";

/** @import { Text } from "./current.js" */

/** Numbers are grouped, and lists get their "and". @typedef {string | number | readonly string[]} Value */

/** @typedef {{ plural(count: number): Intl.LDMLPluralRule, number(value: number, decimals: number): string, list(names: readonly string[]): string }} Rules */

/** English by hand: the first use of `Intl` blocks a page for 50 ms, while Python starts. @type {Rules} */
const ENGLISH = {
  plural: (count) => (count === 1 ? "one" : "other"),
  number(value, decimals) {
    const [whole = "", part] = (decimals ? value.toFixed(decimals) : String(value)).split(".");
    return [whole.replace(/\B(?=(\d{3})+$)/g, ","), part].filter(Boolean).join(".");
  },
  list: (names) => [names.slice(0, -1).join(", "), ...names.slice(-1)].filter(Boolean).join(" and "),
};

/** @type {Map<string, Rules>} */
const known = new Map([["", ENGLISH]]);

/** @param {string} language @returns {Rules} */
function rulesOf(language) {
  const rules = known.get(language) ?? byIntl(language);
  known.set(language, rules);
  return rules;
}

/** @param {string} language @returns {Rules} */
function byIntl(language) {
  const plurals = new Intl.PluralRules(language);
  const lists = new Intl.ListFormat(language);
  return {
    plural: (count) => plurals.select(count),
    number: (value, decimals) =>
      value.toLocaleString(
        language,
        decimals ? { minimumFractionDigits: decimals, maximumFractionDigits: decimals } : {},
      ),
    list: (names) => lists.format(names),
  };
}

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

/**
 * @param {Text} text
 * @param {Record<string, Value>} values by the names of the placeholders
 * @param {string} language of the text
 * @returns {string}
 */
export function format(text, values, language) {
  const rules = rulesOf(language);
  const form = typeof text === "string" ? text : (text[rules.plural(Number(values.count))] ?? text.other);
  // A name from left to right would reorder a sentence from right to left.
  const isolates = languageAttributes(language).dir === "rtl";
  return form.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name] ?? "";
    if (typeof value === "number") return rules.number(value, 0);
    const shown = typeof value === "string" ? value : rules.list(value);
    return isolates ? `${FIRST_STRONG_ISOLATE}${shown}${POP_ISOLATE}` : shown;
  });
}

/** A number with one decimal. @param {number} value */
export const oneDecimal = (value) => rulesOf(textLanguage()).number(value, 1);
