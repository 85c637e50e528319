/** A live example, as the other parts of the page know it. `PyrunCell` of cell.js implements it. */

/** @import { Ending, SourceFile } from "../../shared/protocol.js" */
/** @import { Questions } from "../interpreter/questions.js" */
/** @import { RunListener, Wanted } from "../run/pending_run.js" */
/** @import { RunResult } from "../run/run_result.js" */
/** @import { Settlement } from "../settlement/settlement.js" */
/** @import { State } from "../run/run_view.js" */

/**
 * A run in the queue; `cancel` ends it because an earlier run failed or was stopped.
 * @typedef {{ cancel(ending: Ending, notice: Node): void }} QueuedRun
 */

/**
 * What a cell's menu and its files need of the page's interpreter.
 * @typedef {{
 *   readonly epoch: number,
 *   readonly isForeign: boolean,
 *   warm(page: string | undefined): void,
 *   restart(): void,
 *   readonly site: { readonly current: { readonly namesUrl: string | null } | null, fresh(): Promise<Settlement> },
 *   questions: Questions,
 *   run(wanted: Wanted, listener: RunListener): unknown,
 *   files: { add(files: { name: string, content: Uint8Array<ArrayBuffer> }[]): void },
 * }} CellInterpreter
 */

/**
 * - `state`: what it is doing, in `data-state`; `enter` changes it
 * - `result`: the result of its last run
 * - `sourceFile`: the code under the name that tracebacks show: cells are counted from the top of the page
 * - `content`: the code, and what else the reader has changed in a playground, in one text (playground/content.js)
 * - `writeCode`: replaces the content, as a change that can be undone; loads the editor, and does nothing without it
 * - `run`: runs the code, and first what it needs; a run that goes on is not disturbed
 * - `enqueue`: adds a run to the queue; `null` if it has one there already, or is switched off
 * - `reset`: restores the author's code, and clears the output; does nothing while a run goes on
 * - `isForeign`: whether its code is that of a stranger, so that it runs isolated from the site. Set it before the cell
 *   gets such code. It is `false` while the code is the author's
 * - `interpreter`: the Python in which it would run now, once the code of runs is loaded
 * - `say`: shows text in the status line; `notice`: shows a sentence under the output
 * - `showLine`: brings the reader to a line of the code (from 1), and marks it
 * - `showResult`: shows which run the output is from, and whether it is stale; `clear` empties the output
 * - `explain`: shows why Python, or a part of the page, is missing, and may offer to retry
 * - `switchOff`: lets nothing run any more, and shows this message
 *
 * @typedef {HTMLElement & {
 *   readonly state: State,
 *   result: RunResult | null,
 *   readonly sourceFile: SourceFile,
 *   readonly content: string,
 *   writeCode(content: string): Promise<void>,
 *   isForeign: boolean,
 *   run(): Promise<void>,
 *   enqueue(): QueuedRun | null,
 *   reset(): void,
 *   enter(state: State): void,
 *   readonly interpreter: CellInterpreter,
 *   say(text: string): void,
 *   notice(message: string): void,
 *   showLine(line: number): Promise<void>,
 *   showResult(): void,
 *   clear(): void,
 *   explain(message: string, detail: string, canRetry: boolean): void,
 *   switchOff(message: string): void,
 * }} LiveCell
 */

export {};
