import { cutBefore } from "../../../shared/limits.js";
import { nextTask } from "../../next_task.js";
import { TerminalScreen } from "./terminal_screen.js";

/** So much at once is some milliseconds of work. */
const PART_CHARACTERS = 50_000;

/**
 * What a terminal would show of a text in the end: lines that were written over are there once.
 * @param {string} written
 * @returns {Promise<string>} without colours
 */
export async function terminalText(written) {
  const screen = new TerminalScreen();
  const parts = [];
  for (let start = 0; start < written.length; ) {
    const end = cutBefore(written, start + PART_CHARACTERS);
    for (const { text } of screen.write({ stream: "stdout", text: written.slice(start, end) }))
      parts.push(text);
    start = end;
    await nextTask();
  }
  for (const { text } of screen.spans) parts.push(text);
  return parts.join("");
}
