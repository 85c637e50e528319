/**
 * The messages by which an editor asks Python about the code in it, and the answers. Python answers only while nothing
 * runs, from the objects of the session, and calls none of their code: `pyrun_runtime/assist/`.
 */

/**
 * A question about code. `session` is that of a run; `before` is the code from the beginning of a statement to the cursor.
 *
 * - `complete`: what could be written at the cursor; `asked` says that the reader wants to see it before typing
 * - `signature`: the call that is written there
 * - `describe`: the name at `cursor`, a position in `before`, which here goes on to the end of that line
 * - `check`: whether all of the code is Python
 * - `format`: all of the code as black writes it, which a run has loaded
 * @typedef {{
 *   kind: "complete" | "signature" | "describe" | "check" | "format", session: string | null, before: string, code: string,
 *   cursor: number, asked: boolean, fileName: string,
 * }} AssistQuestion
 */

/** @typedef {AssistQuestion & { type: "assist", request: number }} AssistRequest */

/** Something to insert. `kind` is a type of completion that CodeMirror knows. @typedef {{ label: string, kind: string }} Option */

/**
 * Options that replace `prefix`, which ends at the cursor. `quote` encloses a key or a path; it is empty where the options
 * have their own quotes. `isWhole` says that no other options appear when the reader types on.
 * @typedef {{
 *   what: "names" | "attributes" | "keys" | "paths" | "modules" | "members", prefix: string, quote: string, options: Option[],
 *   isWhole: boolean,
 * }} Completions
 */

/**
 * A call: the name of the function, its parameters as they are between the commas, the position of the current one, and what it
 * returns. `text` is the beginning of the docstring. `names` are qualified names under which a documentation may have it.
 * @typedef {{
 *   name: string, pieces: string[], active: number | null, result: string, text: string, names: string[],
 * }} CallHelp
 */

/** What a name stands for. @typedef {{ title: string, text: string, names: string[] }} Description */

/** A mistake in the code, by lines from 1 and columns from 0. @typedef {{ message: string, line: number, column: number, endLine: number, endColumn: number }} Mistake */

/** @typedef {{ mistake: Mistake | null }} Checked */

/** The code, formatted if it has no mistake. @typedef {{ code: string, mistake: Mistake | null }} FormattedCode */

/** By the kind of the question. @typedef {{ complete: Completions, signature: CallHelp, describe: Description, check: Checked, format: FormattedCode }} AssistAnswers */

/**
 * The answer; `null` if there is none, or if code has begun to run meanwhile. `text` is JSON.
 * @typedef {{ type: "assisted", request: number, answer: string | null }} AssistAnswer
 */

export {};
