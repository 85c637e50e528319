/** What a run does to what the reader sees. `CellView` implements it, and a run knows nothing else of its cell. */

/** @typedef {import("../../shared/protocol.js").Clues} Clues */
/** @typedef {import("../../shared/protocol.js").Ending} Ending */
/** @typedef {import("../../shared/protocol.js").Way} Way */
/** @typedef {import("../messages.js").ShownProgress} ShownProgress */
/** @typedef {import("../output/output.js").Output} Output */
/** @typedef {import("./pending_run.js").Cause} Cause */
/** @typedef {import("./run_result.js").RunResult} RunResult */

/** @typedef {"idle" | "loading" | "running" | "input" | "done" | "error" | "stopped"} State */

/**
 * How a run ended. `cause`: what ended it, if not its code. `clues`: what would mend it. `notice`: why it did not begin, if
 * another run kept it from that. `result`: what is left in the cell now. `epoch`: the Python in which it ran.
 * @typedef {{
 *   ending: Ending, cause: Cause | undefined, clues: Clues | null, notice: Node | null, result: RunResult | null,
 *   epoch: number,
 * }} RunEnd
 */

/**
 * @typedef {object} RunView
 * @property {State} state
 * @property {Output} output
 * @property {RunResult | null} result what the last run has left
 * @property {Element | null} focusedElement what has the focus in it
 * @property {() => void} flush shows what the begin of a run changes, which is kept back for some milliseconds
 * @property {(text: string) => void} say says something in the status line
 * @property {(progress: ShownProgress) => void} showProgress
 * @property {(way: Way) => void} beginRun the code runs now, and Python waits in that way
 * @property {(state: "running" | "input") => void} enter
 * @property {(line: number, code: string) => void} markLine marks a line (from 1) of the code that ran, unless it was edited since
 * @property {() => void} clear empties the output
 * @property {(end: RunEnd) => void} endRun the run is over; called once, and nothing after it
 * @property {(options?: FocusOptions) => void} focus puts the focus on Run
 */

export {};
