/** Leaves out what a progress bar overwrites in the same breath: a terminal at full speed shows none of it. */
import { ROW_CHARACTERS } from "../../../shared/limits.js";

/** Carriage returns with plain text after each, which has one column a character. */
const OVERWRITTEN = new RegExp(`(?:\\r[ -~]{0,${ROW_CHARACTERS / 10}}){2,}`, "g");

// biome-ignore lint/suspicious/noControlCharactersInRegex: sequences begin with them
const SEQUENCES = /[\x1b\x80-\x9f]/;

/**
 * Text with the same effect on a line, whatever is there: a bar that is drawn ten thousand times costs as much as one.
 * @param {string} text
 * @returns {string} as it is if it has escape sequences, because these have their own meaning of what follows
 */
export function withoutOverwritten(text) {
  if (!text.includes("\r") || SEQUENCES.test(text)) return text;
  return text.replace(OVERWRITTEN, (run) => {
    const drawn = run.slice(1).split("\r");
    const last = drawn.at(-1) ?? "";
    let shown = last;
    for (let index = drawn.length - 2; index >= 0; index -= 1) shown += drawn[index]?.slice(shown.length);
    return shown === last ? `\r${last}` : `\r${shown}\r${last}`;
  });
}
