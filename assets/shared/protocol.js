/**
 * What the page and its worker say to each other. Written once: both sides take their types from here, and end
 * their `switch` in `assertNever`. JSON values only, but for the memory that `boot` shares, what the page keeps of one
 * worker for the next, and the bytes of snapshots, files and pictures, which are transferred.
 *
 * A worker is told to `boot` once, and runs one example at a time. Everything it says about a run carries the run's
 * number, and each run ends in exactly one `done`, `error` or `stopped`.
 */

/** Part of the handshake: a page that outlived an update of the site must not talk to a newer worker. */
export const PROTOCOL_VERSION = 8;

/**
 * Where a piece of output comes from. `echo` is what was answered to `input()`, `value` the value of the last
 * expression, `notice` a sentence of pyrun's own.
 * @typedef {"stdout" | "stderr" | "echo" | "value" | "notice"} Stream
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
 * A wheel that the site's lock file lists. `url` is absolute, `integrity` as `fetch` takes it.
 * @typedef {{ url: string, bytes: number, integrity: string }} Wheel
 */

/**
 * A file that code reads: at `path`, relative to the working directory unless it begins with a slash. `url` is absolute.
 * @typedef {{ path: string, url: string, integrity: string }} ExampleFile
 */

/**
 * What Python starts with. `pyodideUrl` is absolute and ends in a slash; `packages` are loaded while it starts. `lockUrl`
 * is the site's lock file, absolute; `null` for Pyodide's own. `wheels` are fetched at once, in this order. `imports`
 * are the modules that examples of the page import; `null` where no snapshots are wanted, in which they are.
 * @typedef {{
 *   version: number, pyodideUrl: string, lockUrl: string | null, wheels: Wheel[], packages: string[],
 *   imports: string[] | null, waiting: Waiting, key: string | null,
 * }} Start
 */

/** WebAssembly that is compiled: Pyodide's own by its name, libraries by their paths. @typedef {Map<string, WebAssembly.Module>} Modules */

/**
 * A snapshot that the page keeps for its next worker where the browser stores none: in blobs, which a browser may put
 * on the disk.
 * @typedef {{ key: string, entry: Blob, heap: Blob, files: Blob }} KeptSnapshot
 */

/** Start Python. `modules` are of an earlier worker. @typedef {Start & { type: "boot", modules: Modules }} BootRequest */

/**
 * What the snapshot for the `key` of `boot` is (worker/snapshot/entry.js), and `null` if there is none. It follows
 * `boot`.
 * @typedef {{ type: "snapshot-entry", entry: Uint8Array<ArrayBuffer> | null }} SnapshotEntry
 */

/**
 * What the snapshot holds: `null` if it could not be read, or if not even what it is could be.
 * @typedef {{
 *   type: "snapshot-content",
 *   content: { heap: Uint8Array<ArrayBuffer>, files: Uint8Array<ArrayBuffer> } | null,
 * }} SnapshotContent
 */

/**
 * Make a snapshot of a Python that has started so, in a worker that does nothing else.
 * @typedef {Start & { type: "save", modules: Modules }} SaveRequest
 */

/**
 * Run an example in a session. `session` is `null` for names that nobody else sees. Parts of `setup` that have not
 * run in this session run first. `packages` and `files` are there before any of it runs. `options` are what the author
 * set for the example, as far as the worker needs it: pyrun_core/options/declare.py says what each means. `lock` is the name of a Web Lock that the worker
 * holds until the end of the run.
 * @typedef {{
 *   type: "run", run: number, session: string | null, source: SourceFile, setup: SourceFile[], packages: string[],
 *   files: ExampleFile[], options: import("./options.js").WorkerOptions, lock: string,
 * }} RunRequest
 */

/** @typedef {{ type: "stop", run: number }} StopRequest */

/**
 * What the reader typed at a prompt, without the last line break; `null` is the end of the input. Further lines are
 * answers to the prompts that follow. Of files it is JSON, `[name, base64][]`, because a Python that blocks hears text
 * alone; `null` if the reader chose none.
 * @typedef {{ type: "answer", run: number, prompt: number, text: string | null }} Answer
 */

/**
 * Ask for a file that code has written, by its path below the working directory. It can be asked for at any time; a
 * Python that is busy answers when it can.
 * @typedef {{ type: "read", request: number, path: string }} ReadRequest
 */

/**
 * Write files of the reader's into the working directory, by name. Those that are there are replaced.
 * @typedef {{ type: "give", files: { name: string, content: Uint8Array<ArrayBuffer> }[] }} GiveRequest
 */

/** What must reach a Python that is busy or waits: where it blocks, these come as letters too. @typedef {StopRequest | Answer} Urgent */

/** @typedef {BootRequest | SnapshotEntry | SnapshotContent | SaveRequest | RunRequest | ReadRequest | GiveRequest | Urgent} ToWorker */

/**
 * Python is ready. `way` is how it really waits: `none` where it was told to suspend and cannot. `snapshot` says
 * whether it comes from one, or whether one can be made.
 * @typedef {{
 *   type: "ready", version: number, pyodide: string, python: string, way: Way, snapshot: "used" | "wanted" | "none",
 * }} Ready
 */

/**
 * The end of `save`. `problem` says why no snapshot is stored; then `memory` is what the page may keep of it.
 * @typedef {{ type: "saved", problem: string | null, memory: KeptSnapshot | null }} Saved
 */

/** All that has been compiled, for a worker that comes after this one. @typedef {{ type: "compiled", modules: Modules }} Compiled */

/**
 * A letter of the mailbox, or a piece of one, has been taken out: the next may be put in.
 * @typedef {{ type: "received", letter: number }} Received
 */

/**
 * What is being waited for. `loadedBytes` are bytes fetched so far, uncompressed, since the activity began. `core` names
 * the packages whose wheels come with it, and how large those are; `start` those that are unpacked meanwhile. `files`
 * names them by their paths.
 * @typedef {{ type: "progress", activity: "core", packages: string[], wheelBytes: number, loadedBytes: number }
 *   | { type: "progress", activity: "start", packages: string[] }
 *   | { type: "progress", activity: "packages", packages: string[], loadedBytes: number }
 *   | { type: "progress", activity: "files", files: string[], loadedBytes: number }} Progress
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
 * What the code shows, in every form that the page may want, by MIME type. Pictures and sounds are bytes, all else is
 * text. `text/plain` is always there.
 * @typedef {Record<string, string | Uint8Array<ArrayBuffer>>} Bundle
 */

/**
 * Show something. `alt` says in words what is to be seen; `width` and `height` are in CSS pixels. With an `id` it can be
 * replaced, by a later one of the same id with `replaces`.
 * @typedef {{
 *   type: "display", run: number, bundle: Bundle, alt: string, width: number | null, height: number | null,
 *   id: string | null, replaces: boolean,
 * }} Display
 */

/**
 * A script from a package, which draws the figures of that; once, before the first of them. The name has its version in
 * it.
 * @typedef {{ type: "library", name: string, bytes: Uint8Array<ArrayBuffer> }} Library
 */

/**
 * Empty the output; if it `waits`, only when there is something else to show.
 * @typedef {{ type: "clear", run: number, waits: boolean }} Clear
 */

/**
 * A line of a traceback that names a line of the page's code. `row` counts the lines of the text from 0, `line` those of
 * the code from 1.
 * @typedef {{ row: number, file: string, line: number }} Place
 */

/**
 * How the code failed: `text` has the reader's frames only, `whole` those of libraries too, `null` if there are none.
 * Both are cut in the middle where they would be too long.
 * @typedef {{ type: "traceback", run: number, text: string, whole: string | null, places: Place[] }} Traceback
 */

/**
 * The code waits for a line. `text` is the prompt: what stands on the unfinished last line of the output. `kind` says
 * who reads: `input()`, `getpass()`, or `sys.stdin`, which often reads until the end of the input; or that a file is
 * wanted, or several. `accept` is what files, as in HTML.
 * @typedef {{
 *   type: "input", run: number, prompt: number, text: string, accept: string,
 *   kind: "line" | "secret" | "stream" | "file" | "files",
 * }} Prompt
 */

/**
 * A file, by its path below the working directory.
 * @typedef {{ path: string, bytes: number }} WrittenFile
 */

/**
 * What the code has made or changed below the working directory. `more` is how many there are besides. It comes before
 * the end of the run.
 * @typedef {{ type: "written", run: number, files: WrittenFile[], more: number }} Written
 */

/**
 * The answer to a `read`; `null` if there is no such file any more.
 * @typedef {{ type: "file", request: number, content: Uint8Array<ArrayBuffer> | null }} FileContent
 */

/** @typedef {"done" | "error" | "stopped"} Ending */

/**
 * Why the code could not even begin: a package or a file could not be loaded.
 * @typedef {{ reason: "package" | "file", detail: string }} Problem
 */

/**
 * A module that the code wants to import, and the package that has it: the lock file lists it, and it is not loaded.
 * @typedef {{ module: string, package: string }} Missing
 */

/**
 * What would mend code that failed. `missing`: a package; `undefinedName`: what defines that name.
 * @typedef {{ missing: Missing | null, undefinedName: string | null }} Clues
 */

/**
 * The one end of a run.
 * @typedef {{ type: Ending, run: number, problem: Problem | null, clues: Clues | null }} Ended
 */

/**
 * @typedef {Ready | Compiled | Received | Progress | Failed | Running | Output | Traceback | Display | Library | Clear | Prompt
 *   | Written | FileContent | Ended} FromWorker
 */

/**
 * The end of a `switch` over all members of a union: the type checker refuses it while one is missing.
 * @param {never} value
 * @returns {never}
 */
export function assertNever(value) {
  throw new Error(`unexpected message: ${JSON.stringify(value)}`);
}
