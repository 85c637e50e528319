/** The language in which pyrun speaks to the readers of this page. */

/**
 * A text of the catalogue: with placeholders such as `{name}`, or by the plural category of `{count}`
 * (https://cldr.unicode.org/index/cldr-spec/plural-rules).
 * @typedef {string | { zero?: string, one?: string, two?: string, few?: string, many?: string, other: string }} Text
 */

/**
 * The language, empty for English, and its texts: first the words that came with the page, then all.
 * @typedef {{ language: string, isComplete: boolean, texts: Record<string, Text> }} Spoken
 */

const KEY = Symbol.for("pyrun.language");

const all = /** @type {Record<symbol, Spoken>} */ (/** @type {unknown} */ (globalThis));

/** All bundles of the page share it. */
all[KEY] ??= { language: "", isComplete: false, texts: {} };
export const spoken = /** @type {Spoken} */ (all[KEY]);

/**
 * Speaks the language of a cell, with the words that its page has of it.
 * @param {Partial<Record<string, string>>} dataset
 */
export function speak({ language = "", words = "{}" }) {
  if (spoken.language !== language)
    Object.assign(spoken, { language, isComplete: false, texts: JSON.parse(words) });
}

/**
 * Texts without placeholders, each in the page's language when it is read.
 * @template {Record<string, string>} T
 * @param {string} group the beginning of their keys in the catalogue
 * @param {T} english
 * @returns {T}
 */
export const earlyMessages = (group, english) =>
  new Proxy(english, {
    get: (_, key) => spoken.texts[`${group}.${String(key)}`] ?? Reflect.get(english, key),
  });

/**
 * The attributes of an element with sentences of pyrun: the page, or what code shows, may be in another language.
 * @param {string} [language] empty for English
 */
export const languageAttributes = (language = textLanguage()) => ({
  lang: language || "en",
  dir: /^(ar|he)/.test(language) ? "rtl" : "ltr",
});

/**
 * The same for a row of controls, which follows the page unless its language is one that runs from the right.
 * @param {string} [language] empty for English
 */
export function rowAttributes(language = textLanguage()) {
  const { lang, dir } = languageAttributes(language);
  return { lang, dir: dir === "rtl" ? dir : "" };
}

/** The language of the texts that are loaded, empty for English. */
export const textLanguage = () => (spoken.isComplete ? spoken.language : "");
