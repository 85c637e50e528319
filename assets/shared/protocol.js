/**
 * The messages between the page and its worker. Both sides take their types from here, and end their `switch` in
 * `assertNever`. Messages are JSON, except for the memory that `boot` shares, what the page keeps of one worker for the
 * next, and the bytes of snapshots, files and pictures, which are transferred.
 *
 * A worker gets `boot` once, and runs one example at a time. All its messages about a run have the number of the run, and
 * each run ends in exactly one `done`, `error` or `stopped`.
 *
 * Code of a reader can send the page any message in the worker's name. So the page believes only the first `ready` or
 * `failed`, which the worker sends before any such code runs, and treats all other messages as data
 * (page/interpreter/worker_messages.js).
 */

/** Part of the handshake: a page that was opened before an update of the site must not use a newer worker. */
export const PROTOCOL_VERSION = 16;

/**
 * The source of a piece of output. `echo` is the answer to `input()`, `value` the value of the last expression, `notice` a
 * message of pyrun.
 * @typedef {"stdout" | "stderr" | "echo" | "value" | "notice"} Stream
 */

/** @typedef {{ stream: Stream, text: string }} Chunk */

/** Code, and the file name that tracebacks show for it. @typedef {{ fileName: string, code: string }} SourceFile */
/** A text file of a playground. Its name has no folder. @typedef {{ name: string, code: string }} FolderFile */

/**
 * How Python waits for an answer, for time to pass, and for Stop while it is busy. The page chooses once.
 *
 * - `jspi`: JavaScript Promise Integration suspends Python, and messages arrive as usual
 * - `shared`: Python blocks on memory that it shares with the page (`mailbox`)
 * - `service-worker`: Python blocks in a request that the service worker answers; `mailbox` is the name under which the
 *   service worker keeps letters for this worker
 * - `none`: Python cannot wait. `because` completes "input() cannot wait for an answer here: …"
 * @typedef {{ strategy: "jspi" }
 *   | { strategy: "shared", mailbox: SharedArrayBuffer }
 *   | { strategy: "service-worker", mailbox: string }
 *   | { strategy: "none", because: string }} Waiting
 */

/** @typedef {Waiting["strategy"]} WaitStrategy */

/**
 * A file for code to read. `path` is relative to the working directory unless it begins with a slash. `url` is absolute.
 * `address` is the URL of a file of the web, of which `url` is a copy, or empty; it may have no `path`.
 * @typedef {{ path: string, address: string, url: string, integrity: string }} ExampleFile
 */

/**
 * A file that the build has pinned. `url` is absolute, `integrity` as `fetch` takes it: content that differs is refused.
 * @typedef {{ url: string, integrity: string }} PinnedFile
 */

/** A file that the build has pinned, with its size. @typedef {PinnedFile & { bytes: number }} SizedFile */

/** A wheel that the site's lock file lists. @typedef {SizedFile} Wheel */

/**
 * What Python starts with. `pyodideUrl` is absolute and ends in a slash: Pyodide's `indexURL`. `core` has the files of the
 * core by their names, some of which another server may provide. `rest` are the parts of the standard library before the
 * one in `core`, in order. `lock` is the site's lock file; `null` for Pyodide's own. `packages` are loaded while Python
 * starts. `wheels` are fetched at once, in this order. `imports` are the modules that examples of the page import, which a
 * snapshot includes; `null` without snapshots. `assetsUrl` is the folder of pyrun's own files, absolute with a slash at its
 * end. `isolation` and `credentials` are options of the site. `savesData`: whether the reader does.
 * @typedef {{
 *   version: number, pyodideUrl: string, core: Record<string, PinnedFile>, rest: SizedFile[], lock: PinnedFile | null,
 *   wheels: Wheel[], packages: string[], imports: string[] | null, waiting: Waiting, key: string | null, assetsUrl: string,
 *   isolation: "origin" | "opaque", credentials: "omit" | "same-origin", savesData: boolean,
 * }} Start
 */

/** Compiled WebAssembly: Pyodide's own by its name, libraries by path. @typedef {Map<string, WebAssembly.Module>} Modules */

/** Start Python. `modules` come from an earlier worker. @typedef {Start & { type: "boot", modules: Modules }} BootRequest */

/**
 * Unpack the packages of a start for the `save` of another worker: the memory that it takes ends with this one.
 * @typedef {Start & { type: "unpack", modules: Modules }} UnpackRequest
 */

/**
 * Make a snapshot of a Python that starts with these values, in a separate worker. It unpacks the packages itself where
 * `unpacked` is `null`.
 * @typedef {Start & { type: "save", modules: Modules, unpacked: import("./snapshot_messages.js").UnpackedPackages | null }} SaveRequest
 */

/** The room for text in the output, in characters. @typedef {{ columns: number, lines: number }} TerminalSize */

/**
 * Run an example in a session. `session` is `null` for a namespace that no other example shares. Parts of `setup` that
 * have not run in this session run first. `packages` and `files` are loaded before. `options` are those options of the
 * example that the worker needs; pyrun_core/options/declare.py describes them. `lock` is the name of a Web Lock that the
 * worker holds until the run ends. `terminal` is measured when the reader starts the run. `raises` has statements of an
 * interactive example that must fail, by their last line, and their exceptions. `texts` are in the language of the page.
 * With `console`, only the first statement of the source runs, and `section` says in which line it ends; nothing runs if
 * the statement goes on after the source. `folder` has the files of a playground, which also loads what its code imports.
 * @typedef {{
 *   type: "run", run: number, session: string | null, source: SourceFile, setup: SourceFile[], packages: string[],
 *   files: ExampleFile[], options: import("./options.js").WorkerOptions, lock: string, terminal: TerminalSize,
 *   raises: [line: number, exception: string][], texts: Record<string, string>,
 *   console: boolean, folder: FolderFile[] | null,
 * }} RunRequest
 */

/** @typedef {{ type: "stop", run: number }} StopRequest */

/**
 * The reader's answer to a prompt, without the last line break; `null` is the end of the input. Further lines are answers
 * to the prompts that follow. For files it is JSON, `[name, base64][]`, because a blocked Python receives only text;
 * `null` if the reader cancelled.
 * @typedef {{ type: "answer", run: number, prompt: number, text: string | null }} Answer
 */

/**
 * Request a file that code has written, by its path relative to the working directory. The page may send this at any
 * time; a busy Python answers later.
 * @typedef {{ type: "read", request: number, path: string }} ReadRequest
 */

/**
 * Write the reader's files to the working directory. Existing files are replaced.
 * @typedef {{ type: "give", files: { name: string, content: Uint8Array<ArrayBuffer> }[] }} GiveRequest
 */

/** Messages that must reach a busy or waiting Python. If it blocks, they also arrive as letters. @typedef {StopRequest | Answer} Urgent */

/** @typedef {BootRequest | import("./file_messages.js").CoreMessage | import("./snapshot_messages.js").SnapshotEntry | import("./snapshot_messages.js").SnapshotContent | UnpackRequest | SaveRequest | RunRequest | ReadRequest | GiveRequest | import("./assist_messages.js").AssistRequest | Urgent} ToWorker */

/**
 * Python is ready, and has run no code of a reader. `strategy` is the wait strategy that works: `none` if Pyodide cannot
 * suspend although the browser can. `snapshot` is `used` if Python was restored from one, `wanted` if the page should have
 * one made, and `refused` if the page should also delete the one that it has found, because it could not be verified or
 * restored. `modules` is all compiled WebAssembly, for later workers.
 * @typedef {{
 *   type: "ready", version: number, pyodide: string, python: string, strategy: WaitStrategy,
 *   snapshot: "used" | "wanted" | "refused" | "none", modules: Modules,
 * }} Ready
 */

/**
 * Python did not start. `reason` selects the page's message, `detail` is the message of the browser or Pyodide.
 * @typedef {{ type: "failed", reason: "download" | "changed" | "policy" | "version" | "crash", detail: string }} Failed
 */

/**
 * How the start ended. A worker sends it once, before any code of a reader runs, and over its own channel: Firefox 153
 * sends no WebAssembly over a `MessagePort`.
 * @typedef {Ready | Failed} StartReport
 */

/** A letter of the mailbox, or a piece of one, was taken: there is room for the next. @typedef {{ type: "received", letter: number }} Received */

/**
 * The current activity. `loadedBytes` are the bytes fetched since it began, uncompressed. `core` has the packages whose
 * wheels are fetched with it, and their total size; `start` those that are unpacked meanwhile. `files` are paths.
 * @typedef {{ type: "progress", activity: "core", packages: string[], wheelBytes: number, loadedBytes: number }
 *   | { type: "progress", activity: "start", packages: string[] }
 *   | { type: "progress", activity: "packages", packages: string[], loadedBytes: number }
 *   | { type: "progress", activity: "files", files: string[], loadedBytes: number }} Progress
 */

/**
 * Python has crashed. `detail` is the message of the browser or Pyodide.
 * @typedef {{ type: "crashed", detail: string }} Crashed
 */

/** @typedef {{ type: "running", run: number }} Running */

/**
 * Output of the code. `dropped` counts characters after it that exceeded the limit of the run.
 * @typedef {{ type: "output", run: number, chunks: Chunk[], dropped: number }} Output
 */

/**
 * The forms of an object that the page can show, by MIME type. Pictures and sounds are bytes, other forms are text.
 * `text/plain` is always there.
 * @typedef {Record<string, string | Uint8Array<ArrayBuffer>>} Bundle
 */

/**
 * Show something. `alt` is its text alternative; `width` and `height` are CSS pixels. A later message with the same `id`
 * and with `replaces` replaces it.
 * @typedef {{
 *   type: "display", run: number, bundle: Bundle, alt: string, width: number | null, height: number | null,
 *   id: string | null, replaces: boolean,
 * }} Display
 */

/**
 * A script of a package that draws the package's figures. It is sent once, before the first figure. Its name includes its
 * version.
 * @typedef {{ type: "library", name: string, bytes: Uint8Array<ArrayBuffer> }} Library
 */

/** Clear the output; with `waits`, when there is something new to show. @typedef {{ type: "clear", run: number, waits: boolean }} Clear */

/** What follows belongs to the statement of an interactive example, or of a console, that ends in this line, from 1. @typedef {{ type: "section", run: number, line: number }} Section */

/**
 * A line of a traceback that refers to a line of the page's code. `row` counts lines of the traceback from 0, `line`
 * lines of the code from 1.
 * @typedef {{ row: number, file: string, line: number }} SourceLine
 */

/**
 * How the code failed. `text` has the reader's frames only; `whole` has those of libraries as well, and is `null` if there
 * are none. Both lose their middle if they are too long.
 * @typedef {{
 *   type: "traceback", run: number, text: string, whole: string | null, sourceLines: SourceLine[],
 * }} Traceback
 */

/**
 * The code waits for input. `text` is the prompt: the unfinished last line of the output. `kind` is `line` for `input()`,
 * `secret` for `getpass()`, `stream` for `sys.stdin`, which is often read to its end, and `file` or `files` for
 * `upload()`, for which `accept` restricts the types as in HTML.
 * @typedef {{
 *   type: "input", run: number, prompt: number, text: string, accept: string,
 *   kind: "line" | "secret" | "stream" | "file" | "files",
 * }} Prompt
 */

/** An alarm of the code's own has ended the wait for input. @typedef {{ type: "withdrawn", run: number }} Withdrawn */

/** The code has ended the program of its console, as `exit()` does. Sent before the end of the run. @typedef {{ type: "left", run: number }} Left */

/** A file, by its path relative to the working directory. @typedef {{ path: string, bytes: number }} WrittenFile */

/**
 * The files that the code has created or changed in the working directory. `omitted` counts those that are not listed.
 * Sent before the end of the run.
 * @typedef {{ type: "written", run: number, files: WrittenFile[], omitted: number }} Written
 */

/**
 * The answer to `read`; `null` if the file does not exist any more.
 * @typedef {{ type: "file", request: number, content: Uint8Array<ArrayBuffer> | null }} FileContent
 */

/** @typedef {"done" | "error" | "stopped"} Ending */

/**
 * Why the code did not run: a package or a file could not be loaded, or has changed.
 * @typedef {{ reason: "package" | "file" | "changed", detail: string }} Problem
 */

/**
 * A module that the code imports, and the package that provides it, which the lock file lists and which is not loaded.
 * @typedef {{ module: string, package: string }} Missing
 */

/**
 * Hints at a fix: a package to load, a name that is not defined yet, and the name in `docs/reference/explanations.md`.
 * @typedef {{ missing: Missing | null, undefinedName: string | null, explanation: string | null }} Clues
 */

/**
 * The end of a run.
 * @typedef {{ type: Ending, run: number, problem: Problem | null, clues: Clues | null }} Ended
 */

/**
 * What the worker reports of a run.
 * @typedef {Running | Output | Traceback | Display | Clear | Section | Prompt | Withdrawn | Written | Left | Ended} RunReport
 */

/**
 * What a reader's code can send as well as the worker.
 * @typedef {RunReport | Received | Progress | Crashed | Library | FileContent | import("./assist_messages.js").AssistAnswer} WorkerData
 */

/** @typedef {StartReport | WorkerData} FromWorker */

/**
 * Ends a `switch` over all members of a union: the type checker reports an error if one is missing.
 * @param {never} value
 * @returns {never}
 */
export function assertNever(value) {
  throw new Error(`unexpected message: ${JSON.stringify(value)}`);
}
