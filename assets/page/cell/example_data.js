/** An example as its attributes describe it. Everything here works without a page: a proof runs examples in Node. */

/** @import { SourceFile } from "../../shared/protocol.js" */

/** What has the attributes `data-*` of an example: its element, or what stands for that. @typedef {{ readonly dataset: DOMStringMap }} ExampleData */

/** The same with the code that runs, which a reader may have edited. @typedef {ExampleData & { readonly sourceFile: SourceFile }} ExampleCode */

const ISOLATED_SESSION = "isolated";
const PAGE_SESSION = "page";

/** Whether readers type statements into it, and not its code. @param {ExampleData} example */
export const isConsole = ({ dataset }) => "console" in dataset;

/** Whether each run gets an empty namespace and keeps nothing. @param {ExampleData} example */
export const isIsolated = ({ dataset }) => dataset.session === ISOLATED_SESSION;

/** Whether the code is one of several files. @param {ExampleData} example */
export const isPlayground = ({ dataset }) => dataset.playground !== undefined;

/**
 * The namespace of the code. Examples of two source files don't share one, even in the same page.
 * @param {ExampleData} example
 */
export const sessionOf = ({ dataset: { page, session = PAGE_SESSION } }) => JSON.stringify([page, session]);

/** Whether two examples have the same namespace. @param {ExampleData} one @param {ExampleData} other */
export const shareNames = (one, other) => sessionOf(one) === sessionOf(other);

/**
 * The name of the code in tracebacks: examples are counted from the top of the page.
 * @param {number} index from 0
 * @param {ExampleData} [example] a playground has files with names
 */
export const fileNameAt = (index, example) =>
  example && isPlayground(example) ? "main.py" : `cell${index + 1}.py`;
