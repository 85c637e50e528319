/**
 * What the page and its worker say to each other. Written once: both sides take their types from here, and end
 * their `switch` in `assertNever`. JSON values only.
 *
 * A worker is told to `boot` once, and runs one example at a time. Everything it says about a run carries the run's
 * number, and each run ends in exactly one `done`, `error` or `stopped`.
 */

/** Part of the handshake: a page that outlived an update of the site must not talk to a newer worker. */
export const PROTOCOL_VERSION = 1;

/**
 * Where a piece of output comes from. `echo` is what was answered to `input()`, `value` the value of the last
 * expression, `notice` a sentence of pyrun's own.
 * @typedef {"stdout" | "stderr" | "echo" | "value" | "traceback" | "notice"} Stream
 */

/** @typedef {{ stream: Stream, text: string }} Chunk */

/**
 * Code under the name that tracebacks show for it.
 * @typedef {{ fileName: string, code: string }} SourceFile
 */

/**
 * Start Python. `pyodideUrl` is absolute and ends in a slash; `packages` are loaded while it starts.
 * @typedef {{ type: "boot", version: number, pyodideUrl: string, packages: string[] }} BootRequest
 */

/**
 * Run an example in a session. `session` is `null` for names that nobody else sees. Parts of `setup` that have not
 * run in this session run first. `answers` are lines for `input()`, used before the reader is asked. `outputLimit` is
 * how many characters of output are sent whole; `null` for the default.
 * @typedef {{
 *   type: "run", run: number, session: string | null, source: SourceFile, setup: SourceFile[], packages: string[],
 *   answers: string[], outputLimit: number | null,
 * }} RunRequest
 */

/** @typedef {{ type: "stop", run: number }} StopRequest */

/**
 * What the reader typed at a prompt, without the line break; `null` is the end of the input.
 * @typedef {{ type: "answer", run: number, prompt: number, text: string | null }} Answer
 */

/** @typedef {BootRequest | RunRequest | StopRequest | Answer} ToWorker */

/**
 * Python is ready. `input` says how `input()` waits for the reader: `jspi` suspends Python, `none` cannot.
 * @typedef {{ type: "ready", version: number, pyodide: string, python: string, input: "jspi" | "none" }} Ready
 */

/**
 * What is being waited for. `loadedBytes` are bytes fetched so far, uncompressed, since the activity began.
 * @typedef {{ type: "progress", activity: "core", loadedBytes: number }
 *   | { type: "progress", activity: "start" }
 *   | { type: "progress", activity: "packages", packages: string[], loadedBytes: number }} Progress
 */

/**
 * Python cannot be used any more, in this worker. `reason` tells the page which sentence to show, `detail` is what
 * the browser or Pyodide said.
 * @typedef {{ type: "failed", reason: "download" | "policy" | "version" | "crash", detail: string }} Failed
 */

/** @typedef {{ type: "running", run: number }} Running */

/**
 * What the code wrote. `dropped` are the characters after it that the limit of the run kept back.
 * @typedef {{ type: "output", run: number, chunks: Chunk[], dropped: number }} Output
 */

/**
 * The code waits for a line. `text` is the prompt: what stands on the unfinished last line of the output.
 * @typedef {{ type: "input", run: number, prompt: number, text: string }} Prompt
 */

/** @typedef {"done" | "error" | "stopped"} Ending */
/** @typedef {{ type: Ending, run: number }} Ended */

/** @typedef {Ready | Progress | Failed | Running | Output | Prompt | Ended} FromWorker */

/**
 * The end of a `switch` over all members of a union: the type checker refuses it while one is missing.
 * @param {never} value
 * @returns {never}
 */
export function assertNever(value) {
  throw new Error(`unexpected message: ${JSON.stringify(value)}`);
}
