import { PROTOCOL_VERSION } from "../protocol.js";
import { installClockSignal } from "./clock_signal.js";
import { Downloads } from "./downloads.js";
import { loadPackages, missingPackages } from "./packages.js";
import { RUNTIME_FILES, RUNTIME_FOLDER } from "./runtime_files.js";
import { Waits } from "./waits.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../protocol.js").BootRequest} BootRequest */
/** @typedef {import("../protocol.js").RunRequest} RunRequest */
/** @typedef {import("../protocol.js").Answer} Answer */
/** @typedef {import("../protocol.js").Ending} Ending */
/** @typedef {import("./outbox.js").Outbox} Outbox */

/**
 * An `async def`.
 * @template {unknown[]} Arguments
 * @template Result
 * @typedef {{ (...given: Arguments): Promise<Result>, callPromising(...given: Arguments): Promise<Result> }} Coroutine
 */

/**
 * `pyrun_runtime.runner.Runner`, as JavaScript sees it.
 * @typedef {{
 *   run: Coroutine<[request: string], Ending>,
 *   describe: Coroutine<[], string>,
 *   cancel(): void,
 * }} Runner
 */

/** How Pyodide begins to say that its lock file does not have a name. */
const UNKNOWN_PACKAGE = "No known package with name";

/** A module with nothing in it: the magic number, and the version of the format. */
const SMALLEST_WEBASSEMBLY = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/** Progress is for eyes: more often is only noise in the page's event loop. */
const PROGRESS_INTERVAL_MS = 100;

/** A plot is shown by the page, so nothing in the worker may look for a document. */
const ENVIRONMENT = { HOME: "/home/pyodide", MPLBACKEND: "agg" };

/** Pyodide in this worker: booted once, then one run after the other. */
export class Interpreter {
  #outbox;
  #downloads = new Downloads();
  #waits = new Waits();
  /** @type {PyodideInterface | null} */
  #pyodide = null;
  /** @type {Runner | null} */
  #runner = null;
  /** The run that is going on. @type {number | null} */
  #run = null;
  /** Counts the prompts, so that an answer that comes too late is not taken for the next one. */
  #prompt = 0;
  /** @type {(text: string | null) => void} */
  #answer = () => {};

  /** @param {Outbox} outbox */
  constructor(outbox) {
    this.#outbox = outbox;
  }

  /**
   * Starts Python and loads the page's packages meanwhile. Ends in `ready` or `failed`.
   * @param {BootRequest} request
   */
  async boot({ pyodideUrl, packages }) {
    const forbidden = whyNoWebAssembly();
    if (forbidden) return this.#post({ type: "failed", reason: "policy", detail: forbidden });
    try {
      this.#pyodide = await this.#load(pyodideUrl, packages);
      onFatal(this.#pyodide, (detail) => this.#post({ type: "failed", reason: "crash", detail }));
      this.#runner = installRuntime(this.#pyodide, this.#bridge());
      const { python, input } = JSON.parse(await enter(this.#runner.describe));
      this.#post({ type: "ready", version: PROTOCOL_VERSION, pyodide: this.#pyodide.version, python, input });
    } catch (error) {
      this.#post({ type: "failed", reason: "download", detail: reasonOf(error) });
    }
  }

  /**
   * Loads what the run needs, runs it, and says once how it ended.
   * @param {RunRequest} request
   */
  async run(request) {
    const { run } = request;
    this.#waits.reset();
    this.#run = run;
    this.#outbox.begin(run, request.outputLimit);
    try {
      this.#post({ type: (await this.#provide(request.packages)) ?? (await this.#execute(request)), run });
    } catch (error) {
      // Python catches whatever the reader's code raises: this is Pyodide itself, and its heap cannot be trusted.
      this.#post({ type: "failed", reason: "crash", detail: reasonOf(error) });
    } finally {
      this.#run = null;
    }
  }

  /** @param {number} run */
  stop(run) {
    if (run === this.#run && !this.#waits.stop()) this.#runner?.cancel();
  }

  /** @param {Answer} answer */
  answer({ run, prompt, text }) {
    if (run === this.#run && prompt === this.#prompt) this.#answer(text);
  }

  /**
   * @param {string} indexURL
   * @param {string[]} packages
   * @returns {Promise<PyodideInterface>}
   */
  async #load(indexURL, packages) {
    self.fetch = this.#downloads.watching(self.fetch.bind(self));
    const failure = this.#downloads.begin(
      this.#reporting((loadedBytes) =>
        this.#downloads.idle
          ? { type: "progress", activity: "start" }
          : { type: "progress", activity: "core", loadedBytes },
      ),
    );
    this.#post({ type: "progress", activity: "core", loadedBytes: 0 });
    const { loadPyodide } = await import(`${indexURL}pyodide.mjs`);
    const loading = loadPyodide({ indexURL, packages, env: ENVIRONMENT }).catch(
      (/** @type {unknown} */ error) => {
        // Python itself is well: the run that asks for the package will say that there is none.
        if (!reasonOf(error).includes(UNKNOWN_PACKAGE)) throw error;
        return loadPyodide({ indexURL, env: ENVIRONMENT });
      },
    );
    try {
      return await Promise.race([loading, failure]);
    } finally {
      this.#downloads.end();
      loading.catch(() => {}); // it fails too, later, when a file could not be had
    }
  }

  /**
   * Loads the packages that are not there yet.
   * @param {string[]} packages
   * @returns {Promise<Ending | null>} how the run ended, if that was here
   */
  async #provide(packages) {
    const pyodide = this.#started();
    const missing = missingPackages(pyodide, packages);
    if (missing.length === 0) return null;
    void this.#downloads.begin(
      this.#reporting((loadedBytes) => ({
        type: "progress",
        activity: "packages",
        packages: missing,
        loadedBytes,
      })),
    );
    this.#post({ type: "progress", activity: "packages", packages: missing, loadedBytes: 0 });
    try {
      const loaded = loadPackages(pyodide, missing).then(() => /** @type {const} */ (true));
      return (await this.#waits.until((resolve, reject) => loaded.then(resolve, reject))) ? null : "stopped";
    } catch (error) {
      this.#outbox.write("notice", `A package could not be loaded. ${reasonOf(error)}`);
      return "error";
    } finally {
      this.#downloads.end();
    }
  }

  /** @param {RunRequest} request @returns {Promise<Ending>} */
  async #execute({ run, session, source, setup, answers }) {
    this.#post({ type: "running", run });
    const runner = /** @type {Runner} */ (this.#runner);
    return enter(runner.run, JSON.stringify({ session, source, setup, answers }));
  }

  /** What Python may call: `_pyrun_worker.pyi` has the types. */
  #bridge() {
    return {
      write: this.#outbox.write.bind(this.#outbox),
      send: this.#outbox.send.bind(this.#outbox),
      stop_requested: () => this.#waits.stopRequested,
      breathe: () => this.#waits.breathe(),
      sleep: (/** @type {number} */ seconds) => this.#waits.sleep(seconds),
      read_line: (/** @type {string} */ prompt) => this.#readLine(prompt),
    };
  }

  /** @param {string} text the prompt @returns {Promise<string | undefined>} `undefined` at the end of the input, and after Stop */
  #readLine(text) {
    const run = /** @type {number} */ (this.#run);
    this.#prompt += 1;
    return this.#waits.until((/** @type {(line: string | undefined) => void} */ resolve) => {
      this.#answer = (line) => resolve(line ?? undefined);
      this.#post({ type: "input", run, prompt: this.#prompt, text });
    });
  }

  #started() {
    if (this.#pyodide === null) throw new Error("a run was asked for before Python was ready");
    return this.#pyodide;
  }

  /** @param {import("../protocol.js").FromWorker} message */
  #post(message) {
    this.#outbox.post(message);
  }

  /**
   * A callback for every piece that comes in, which reports some of them.
   * @param {(loadedBytes: number) => import("../protocol.js").Progress} message
   */
  #reporting(message) {
    let last = 0;
    return () => {
      const now = performance.now();
      if (now - last < PROGRESS_INTERVAL_MS && !this.#downloads.idle) return;
      last = now;
      this.#post(message(this.#downloads.loadedBytes));
    };
  }
}

/**
 * Puts the runtime's modules into the interpreter and starts them.
 * @param {PyodideInterface} pyodide
 * @param {object} bridge
 * @returns {Runner}
 */
function installRuntime(pyodide, bridge) {
  for (const [name, text] of Object.entries(RUNTIME_FILES)) {
    const file = `${RUNTIME_FOLDER}/${name}`;
    pyodide.FS.mkdirTree(file.slice(0, file.lastIndexOf("/")));
    pyodide.FS.writeFile(file, text);
  }
  pyodide.registerJsModule("_pyrun_worker", bridge);
  pyodide.runPython(`import sys; sys.path.insert(0, "${RUNTIME_FOLDER}")`);
  const runner = pyodide.pyimport("pyrun_runtime.runner").start();
  installClockSignal(pyodide);
  return runner;
}

/**
 * Calls into Python so that it can suspend, where the browser has a way to do that; Pyodide refuses elsewhere.
 * @template {unknown[]} Arguments
 * @template Result
 * @param {Coroutine<Arguments, Result>} coroutine
 * @param {Arguments} given
 */
function enter(coroutine, ...given) {
  return "Suspending" in WebAssembly ? coroutine.callPromising(...given) : coroutine(...given);
}

/**
 * Listens for the end of the interpreter: WebAssembly trapped, its stack overflowed, or the code called `os._exit`.
 * Nothing else tells of it, because the promise of the run is then never settled.
 * @param {PyodideInterface} pyodide
 * @param {(detail: string) => void} listener
 */
function onFatal(pyodide, listener) {
  // Not public, and the same in 0.24 to 314: https://github.com/pyodide/pyodide/blob/main/src/core/error_handling.ts
  const { _api } = /** @type {{ _api: { on_fatal?: (error: unknown) => void } }} */ (
    /** @type {unknown} */ (pyodide)
  );
  _api.on_fatal = (error) => listener(reasonOf(error));
}

/**
 * Pyodide waits for ever, and says nothing, where the policy of the site forbids to compile WebAssembly.
 * @returns {string | null} what the browser says then
 */
function whyNoWebAssembly() {
  try {
    new WebAssembly.Module(SMALLEST_WEBASSEMBLY);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/** @param {unknown} error */
function reasonOf(error) {
  return error instanceof Error ? error.message : String(error);
}
