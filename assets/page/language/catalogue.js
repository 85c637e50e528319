/** The sentences that readers see, each in the page's language when it is shown. */
import { spoken } from "./current.js";
import { format } from "./format.js";

/** @import { Text } from "./current.js" */
/** @import { Value } from "./format.js" */

/**
 * The names of the placeholders in a text.
 * @template {string} S
 * @typedef {S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never} Names
 */

/**
 * What a text of the catalogue is for the code that shows it: a string, or a function of its values.
 * @template {Text} T
 * @typedef {T extends { other: infer S } ? Sentence<S> : Sentence<T>} Message
 */

/**
 * @template S
 * @typedef {S extends string ? [Names<S>] extends [never] ? string : (values: Record<Names<S>, Value>) => string : never} Sentence
 */

/**
 * @template {Record<string, Text>} T
 * @typedef {{ readonly [Key in keyof T]: Message<T[Key]> }} Messages
 */

/**
 * A group of messages. Read a message when it is shown: the page's language is known only on intent.
 * @template {Record<string, Text>} const T
 * @param {string} group the beginning of their keys in the catalogue
 * @param {T} english
 * @returns {Messages<T>}
 */

export const messages = (group, english) =>
  /** @type {Messages<T>} */ (
    /** @type {unknown} */ (
      new Proxy(english, {
        get(_, key) {
          const original = /** @type {Text | undefined} */ (Reflect.get(english, key));
          const translated = spoken.texts[`${group}.${String(key)}`];
          if (original === undefined || !hasValues(original)) return translated ?? original;
          return (/** @type {Record<string, Value>} */ values) =>
            translated === undefined
              ? format(original, values, "")
              : format(translated, values, spoken.language);
        },
      })
    )
  );

/** @param {Text} text */
const hasValues = (text) => typeof text !== "string" || text.includes("{");
