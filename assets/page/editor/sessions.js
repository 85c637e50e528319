/** The code in sessions of an interpreter: `pyrun_syntax/prompts.py` for what a reader pastes. */

const PYTHON = /^[ \t]*>>>(?:[ \t](?<code>.*))?$/;
const PYTHON_MORE = /^[ \t]*\.\.\.(?: (?<code>.*))?$/;
const IPYTHON = /^[ \t]*In ?\[[\d ]*\]:(?: (?<code>.*))?$/;
const IPYTHON_MORE = /^[ \t]*\.{3,}:(?: (?<code>.*))?$/;
const IPYTHON_OUTPUT = /^[ \t]*Out ?\[[\d ]*\]:/;

/** The characters for which Python has no use at the beginning of a line: U+00A0 and other spaces. */
const INDENTATION = /^[^\S\n]+/gm;

/** The text with spaces in place of others that indent its lines. @param {string} text */
export const withSpaces = (text) => text.replace(INDENTATION, (white) => white.replace(/[^\t\f ]/g, " "));

/** @param {string} text */
export const hasPrompts = (text) =>
  text.split("\n").some((line) => PYTHON.test(line.trimEnd()) || IPYTHON.test(line.trimEnd()));

/**
 * The code of a session, without prompts and output. Empty lines between statements stay.
 * @param {string} text
 * @returns {string | null} `null` if the text does not begin with a prompt
 */
export function codeOfSession(text) {
  const lines = text.split("\n").map((line) => line.trimEnd());
  const first = lines.find((line) => line !== "") ?? "";
  if (!PYTHON.test(first) && !IPYTHON.test(first)) return null;
  /** @type {string[]} */
  const code = [];
  /** What a line begins with that continues the statement. @type {RegExp | null} */
  let more = null;
  let isBelowPrompt = false; // as in a notebook
  for (const line of lines) {
    const begun = PYTHON.exec(line) ?? IPYTHON.exec(line);
    if (begun) {
      more = PYTHON.test(line) ? PYTHON_MORE : IPYTHON_MORE;
      isBelowPrompt = more === IPYTHON_MORE && !begun.groups?.code;
      if (!isBelowPrompt) code.push(begun.groups?.code ?? "");
      continue;
    }
    const continued = more?.exec(line);
    if (continued) code.push(continued.groups?.code ?? "");
    else if (isBelowPrompt && !IPYTHON_OUTPUT.test(line)) code.push(line);
    else {
      if (line === "") code.push("");
      more = null;
      isBelowPrompt = false;
    }
  }
  return code
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/**
 * Where the code of each block begins in the code of the cell.
 * @param {string} source
 * @param {string[]} blocks the texts of all blocks, with prompts and outputs
 * @returns {number[]} lines from 1; 0 for a block that is no code, such as a documented output
 */
export function firstLines(source, blocks) {
  let from = 0;
  return blocks.map((text) => {
    const code = codeOfSession(text) ?? text.trim();
    const at = code === "" ? -1 : source.indexOf(code, from);
    if (at < 0) return 0;
    from = at + code.length;
    return source.slice(0, at).split("\n").length;
  });
}
