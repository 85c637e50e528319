/** What was entered in a console, and what it has shown, as text. */

/** An entry that Python has taken. @typedef {{ readonly entered: string, readonly output: import("../output/output.js").Output }} Entry */

/** By their elements in the transcript, because a reader empties that. @type {WeakMap<Element, Entry>} */
const entries = new WeakMap();

/** @param {Element} shown in the transcript @param {Entry} entry */
export const noteEntry = (shown, entry) => void entries.set(shown, entry);

/** @param {Element} transcript @returns {Entry[]} in order */
const entriesOf = (transcript) => [...transcript.children].flatMap((shown) => entries.get(shown) ?? []);

/** @param {Element} transcript @returns {string} the code alone */
export const enteredCode = (transcript) =>
  entriesOf(transcript)
    .map(({ entered }) => `${entered.trimEnd()}\n`)
    .join("");

/** @param {Element} transcript @returns {Promise<string>} code with the prompts of an interpreter, and outputs, without pictures */
export async function transcriptText(transcript) {
  const texts = entriesOf(transcript).map(async ({ entered, output }) => {
    const shown = (await output.shown?.file.text()) ?? "";
    return withPrompts(entered.trimEnd()) + shown + (shown && !shown.endsWith("\n") ? "\n" : "");
  });
  return (await Promise.all(texts)).join("");
}

/** @param {string} code @returns {string} as doctest reads it */
export const withPrompts = (code) =>
  code
    .split("\n")
    .map((line, index) => `${`${index === 0 ? ">>>" : "..."} ${line}`.trimEnd()}\n`)
    .join("");
