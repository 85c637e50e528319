/** What a run does to what the reader sees. `CellView` implements it, and a run knows nothing else of its cell. */

/** @import { Clues, Ending, WaitStrategy } from "../../shared/protocol.js" */
/** @import { ShownProgress } from "../descriptions.js" */
/** @import { Output } from "../output/output.js" */
/** @import { Cause } from "./pending_run.js" */
/** @import { RunResult } from "./run_result.js" */

/** @typedef {"idle" | "loading" | "running" | "input" | "done" | "error" | "stopped"} State */

/**
 * How a run ended. `cause`: what ended it, if not its code. `clues`: what would fix it. `notice`: why it did not start,
 * if another run kept it from that. `result`: the cell's result from now on. `epoch`: the Python in which it ran.
 * @typedef {{
 *   ending: Ending, cause: Cause | undefined, clues: Clues | null, notice: Node | null, result: RunResult | null,
 *   epoch: number,
 * }} RunEnd
 */

/**
 * @typedef {object} RunView
 * @property {State} state
 * @property {ParentNode} root of the cell's shadow tree
 * @property {Output} output
 * @property {{ expand(): void, setCanClear(can: boolean): void }} controls of the output
 * @property {RunResult | null} result the result of the last run
 * @property {Element | null} focusedElement the focused element in the cell
 * @property {() => void} flush applies the deferred updates of a run that begins
 * @property {(text: string) => void} say shows text in the status line
 * @property {(progress: ShownProgress) => void} showProgress
 * @property {(strategy: WaitStrategy) => void} beginRun the code runs now, with this wait strategy
 * @property {(state: "running" | "input") => void} enter
 * @property {(line: number, code: string) => void} markLine marks a line (from 1) of the code, unless it has been edited since
 * @property {(file: string) => ((line: number) => void) | null} linesOf what shows a line of a file that a traceback names; `null` if the page has no such file
 * @property {(epoch: number) => boolean} losesNames whether the code may use names of that Python
 * @property {() => void} clear empties the output
 * @property {() => void} left the code has ended its console
 * @property {(end: RunEnd) => void} endRun the run is over; called once, and nothing after it
 * @property {(options?: FocusOptions) => void} focus focuses the button Run
 */

export {};
