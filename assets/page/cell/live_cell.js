/** A live example, as the other parts of the page know it. `PyrunCell` of cell.js implements it. */

/** @typedef {import("../../shared/protocol.js").Ending} Ending */
/** @typedef {import("../../shared/protocol.js").SourceFile} SourceFile */
/** @typedef {import("../messages.js").FailureReason} FailureReason */
/** @typedef {import("../run/run_result.js").RunResult} RunResult */
/** @typedef {import("../run/run_view.js").State} State */

/** A run that waits for its turn; `cancel` ends it because of what happened to one before it. @typedef {{ cancel(ending: Ending, notice: Node): void }} QueuedRun */

/**
 * - `state`: what the reader sees it do; `enter` changes it
 * - `result`: what its last run has left
 * - `sourceFile`: the code under the name that tracebacks show: cells are counted from the top of the page
 * - `session`: whose names the code sees; `isIsolated`: whether every run begins with no names, and leaves none
 * - `run`: runs the code, and first what it needs; a run that goes on is not disturbed
 * - `enqueue`: takes a place in the queue; nothing if it has one already
 * - `restartPython`: ends all runs of the page, and the Python that has their names
 * - `addFiles`: lets the code open files of the reader's
 * - `showLine`: brings the reader to a line of the code (from 1), and marks it
 * - `showResult`: says which run the output is from, and whether it still holds; `clear` empties the output
 * - `explain`: says why Python, or a part of the page, is not there
 *
 * @typedef {HTMLElement & {
 *   readonly state: State,
 *   result: RunResult | null,
 *   readonly sourceFile: SourceFile,
 *   readonly session: string,
 *   readonly isIsolated: boolean,
 *   run(): Promise<void>,
 *   enqueue(): QueuedRun | null,
 *   enter(state: State): void,
 *   restartPython(): void,
 *   addFiles(files: Iterable<File>): Promise<void>,
 *   showLine(line: number): Promise<void>,
 *   showResult(): void,
 *   clear(): void,
 *   explain(reason: FailureReason, detail: string): void,
 * }} LiveCell
 */

export {};
