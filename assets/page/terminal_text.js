import { cutBefore } from "../output_limit.js";
import { TerminalLine } from "./terminal_line.js";

/** So much at once is some milliseconds of work. */
const PART_CHARACTERS = 50_000;

/**
 * Escape sequences of terminals: ECMA-48, sections 5.4 (those that begin with `[`) and 5.6 (strings, as in links), and
 * the short ones.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for are control characters
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])/g;

/**
 * What a terminal would show of a text in the end: lines that were written over are there once.
 * @param {string} written
 * @returns {Promise<string>} without colours
 */
export async function terminalText(written) {
  const line = new TerminalLine();
  const parts = [];
  for (let start = 0; start < written.length; ) {
    const end = cutBefore(written, start + PART_CHARACTERS);
    for (const { text } of line.write({ stream: "stdout", text: written.slice(start, end) }))
      parts.push(text);
    start = end;
    await new Promise((resolve) => setTimeout(resolve)); // the page must not stand still meanwhile
  }
  for (const { text } of line.pieces) parts.push(text);
  return parts.join("").replace(ESCAPES, "");
}
