/** What a run of an example wants, by the attributes of all examples of its page. */
import { forWorker, optionsOf } from "../cell/cell_options.js";
import { sessionOf } from "../cell/example_data.js";
import { documentedErrors } from "./documented_errors.js";
import { namespaceOf } from "./namespace.js";

/** @import { SourceFile, TerminalSize } from "../../shared/protocol.js" */
/** @import { ExampleCode, ExampleData } from "../cell/example_data.js" */
/** @import { Wanted } from "./pending_run.js" */

/** The name that tracebacks show for code that runs once in each session, before its first example. */
const PREAMBLE = "preamble.py";

/**
 * What only the page knows: its path, the packages that the reader has added, the room for output, and the sentences of the
 * worker in its language.
 * @typedef {{ path: string, packages: string[], terminal: TerminalSize, texts: Record<string, string> }} Around
 */

/**
 * @template {ExampleCode} Example
 * @param {Example} cell
 * @param {readonly Example[]} setup code that runs before it, unless it has run
 * @param {Around} around
 * @returns {Wanted}
 */
export function wantedBy(cell, setup, { path, packages, terminal, texts }) {
  const options = optionsOf(cell);
  return {
    session: namespaceOf(cell, path),
    console: false,
    folder: null,
    chosen: [],
    source: cell.sourceFile,
    content: cell.sourceFile.code,
    setup: withPreambles([...setup, cell]).slice(0, -1),
    page: cell.dataset.page,
    requirements: [...setup, cell].map(({ dataset }) => dataset.requirements),
    packages,
    options: forWorker(options),
    raises: documentedErrors(cell),
    terminal,
    texts,
    timeoutMs: options.timeout && options.timeout * 1000,
  };
}

/**
 * The set-up code of the session of an example, from top to bottom, without the example itself.
 * @template {ExampleData} Example
 * @param {Example} cell
 * @param {readonly Example[]} cells all of the page
 */
export const setupOf = (cell, cells) =>
  cells.filter((other) => other !== cell && optionsOf(other).setup && sessionOf(other) === sessionOf(cell));

/**
 * The examples of the same source file that `data-needs` names, from top to bottom, without set-up code of the same
 * session, which always runs first.
 * @template {ExampleData} Example
 * @param {Example} cell
 * @param {readonly Example[]} cells all of the page
 */
export function neededBy(cell, cells) {
  const names = new Set(optionsOf(cell).needs);
  if (names.size === 0) return []; // the options of all others are many attributes
  return cells.filter((other) => {
    const { name, setup } = optionsOf(other);
    return (
      other !== cell &&
      other.dataset.page === cell.dataset.page &&
      name !== "" &&
      names.has(name) &&
      !(setup && sessionOf(other) === sessionOf(cell))
    );
  });
}

/**
 * Everything that an example needs to run in a Python where nothing has run, in this order, without the example itself.
 * @template {ExampleData} Example
 * @param {Example} cell
 * @param {readonly Example[]} cells all of the page
 * @returns {Example[]}
 */
export function allBefore(cell, cells) {
  /** @type {Set<Example>} */
  const seen = new Set();
  /** @type {Example[]} */
  const before = [];
  const visit = (/** @type {Example} */ one) => {
    if (seen.has(one)) return;
    seen.add(one);
    const setup = optionsOf(one).setup ? [] : setupOf(one, cells);
    for (const needed of [...setup, ...neededBy(one, cells)]) visit(needed);
    if (one !== cell) before.push(one);
  };
  visit(cell);
  return before;
}

/** @param {readonly ExampleCode[]} cells of one session @returns {SourceFile[]} their code, each after its preamble, which comes once */
function withPreambles(cells) {
  const seen = new Set();
  return cells.flatMap(({ dataset, sourceFile }) => {
    const code = dataset.preamble;
    if (!code || seen.has(code)) return [sourceFile];
    seen.add(code);
    return [{ fileName: PREAMBLE, code }, sourceFile];
  });
}
