/** The documented outputs of an example, as they stand below their statements before a run. */
import { element } from "../dom.js";
import { PLACE_MESSAGES } from "../messages.js";

/** What doctest writes for an empty line of an output. */
const EMPTY_LINE = /^<BLANKLINE>$/gm;

/**
 * @param {string | undefined} expected JSON: the last line of each statement in the code, from 1, and its output
 * @returns {[line: number, element: HTMLElement][]}
 */
export function documentedOutputs(expected) {
  return readExpected(expected).map(([line, text]) => [line, documented(line, text)]);
}

/**
 * @param {string | undefined} expected
 * @returns {[line: number, text: string][]}
 */
export function readExpected(expected = "[]") {
  const written = /** @type {[number, string][]} */ (JSON.parse(expected));
  return written.map(([line, text]) => [line, text.replace(/\n$/, "").replace(EMPTY_LINE, "")]);
}

/** @param {number} line @param {string} text */
function documented(line, text) {
  // `go` is what Pygments calls the output of a session, so themes have a colour for it.
  const output = element("span", { className: "go" }, text);
  return element(
    "div",
    {
      className: "pyrun-place pyrun-documented",
      role: "group",
      "aria-label": PLACE_MESSAGES.documented({ line }),
    },
    output,
  );
}
