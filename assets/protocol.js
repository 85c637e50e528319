/**
 * What the page and its worker say to each other. Written once: both sides take their types from here, and end
 * their `switch` in `assertNever`. JSON values only, but for the memory that `boot` shares.
 *
 * A worker is told to `boot` once, and runs one example at a time. Everything it says about a run carries the run's
 * number, and each run ends in exactly one `done`, `error` or `stopped`.
 */

/** Part of the handshake: a page that outlived an update of the site must not talk to a newer worker. */
export const PROTOCOL_VERSION = 2;

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
 * How Python waits: for an answer, for time to pass, and for Stop while it is busy. The page chooses, once.
 *
 * - `jspi`: JavaScript Promise Integration sets Python's stack aside, and messages come in as ever
 * - `shared`: Python blocks on memory that it shares with the page (`mailbox`)
 * - `service-worker`: Python blocks in a request, which the service worker answers; `mailbox` is the name under which
 *   it keeps the worker's letters
 * - `none`: it cannot wait. `because` completes "input() cannot wait for an answer here: …"
 * @typedef {{ way: "jspi" }
 *   | { way: "shared", mailbox: SharedArrayBuffer }
 *   | { way: "service-worker", mailbox: string }
 *   | { way: "none", because: string }} Waiting
 */

/** @typedef {Waiting["way"]} Way */

/**
 * Start Python. `pyodideUrl` is absolute and ends in a slash; `packages` are loaded while it starts.
 * @typedef {{
 *   type: "boot", version: number, pyodideUrl: string, packages: string[], waiting: Waiting,
 * }} BootRequest
 */

/**
 * Run an example in a session. `session` is `null` for names that nobody else sees. Parts of `setup` that have not
 * run in this session run first. `answers` are lines for `input()`, used before the reader is asked. `outputLimit` is
 * how many characters of output are sent whole; `null` for the default. `lock` is the name of a Web Lock that the worker
 * holds until the end of the run.
 * @typedef {{
 *   type: "run", run: number, session: string | null, source: SourceFile, setup: SourceFile[], packages: string[],
 *   answers: string[], outputLimit: number | null, lock: string,
 * }} RunRequest
 */

/** @typedef {{ type: "stop", run: number }} StopRequest */

/**
 * What the reader typed at a prompt, without the last line break; `null` is the end of the input. Further lines are
 * answers to the prompts that follow.
 * @typedef {{ type: "answer", run: number, prompt: number, text: string | null }} Answer
 */

/** What must reach a Python that is busy or waits: where it blocks, these come as letters too. @typedef {StopRequest | Answer} Urgent */

/** @typedef {BootRequest | RunRequest | Urgent} ToWorker */

/**
 * Python is ready. `way` is how it really waits: `none` where it was told to suspend and cannot.
 * @typedef {{ type: "ready", version: number, pyodide: string, python: string, way: Way }} Ready
 */

/**
 * A letter of the mailbox, or a piece of one, has been taken out: the next may be put in.
 * @typedef {{ type: "received", letter: number }} Received
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
 * The code waits for a line. `text` is the prompt: what stands on the unfinished last line of the output. `kind` says
 * who reads: `input()`, `getpass()`, or `sys.stdin`, which often reads until the end of the input.
 * @typedef {{
 *   type: "input", run: number, prompt: number, text: string, kind: "line" | "secret" | "stream",
 * }} Prompt
 */

/** @typedef {"done" | "error" | "stopped"} Ending */

/**
 * The one end of a run. `problem` is why the code could not even begin: a package could not be loaded.
 * @typedef {{ type: Ending, run: number, problem: string | null }} Ended
 */

/** @typedef {Ready | Received | Progress | Failed | Running | Output | Prompt | Ended} FromWorker */

/**
 * The end of a `switch` over all members of a union: the type checker refuses it while one is missing.
 * @param {never} value
 * @returns {never}
 */
export function assertNever(value) {
  throw new Error(`unexpected message: ${JSON.stringify(value)}`);
}
