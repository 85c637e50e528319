/** The statements of an example that fail on purpose: the author has documented their exceptions. */
import { sourceOf } from "../cell/source.js";
import { linesOf } from "../code_lines.js";

/** @import { ExampleCode } from "../cell/example_data.js" */

/** The exception below the frames of a documented traceback: doctest has the same rule. IPython has it above them. */
const EXCEPTION =
  /^Traceback \((?:most recent call|innermost) last\):\s*$[\s\S]*?^(?:\w+\.)*(\w+)|^(\w+) +Traceback \(most recent call last\)/m;

/**
 * Where the code still has these statements, after edits too.
 * @param {ExampleCode} cell
 * @returns {[line: number, exception: string][]} the last line of each, from 1, and the name of the exception
 */
export function documentedErrors(cell) {
  const { expected } = cell.dataset;
  if (!expected?.includes("Traceback")) return [];
  const written = linesOf(sourceOf(cell));
  /** @type {Map<string, string>} */
  const exceptions = new Map();
  for (const [line, output] of /** @type {[number, string][]} */ (JSON.parse(expected))) {
    const [, below, above] = EXCEPTION.exec(output) ?? [];
    const name = below ?? above;
    if (name) exceptions.set(written[line - 1] ?? "", name);
  }
  return linesOf(cell.sourceFile.code).flatMap((text, index) => {
    const name = exceptions.get(text);
    return name ? [/** @type {[number, string]} */ ([index + 1, name])] : [];
  });
}
