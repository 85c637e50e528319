import { assertNever, PROTOCOL_VERSION } from "../protocol.js";
import { ClockSignal } from "./clock_signal.js";
import { Downloads } from "./downloads.js";
import { holdLock } from "./life.js";
import { openMailbox } from "./mailboxes.js";
import { loadPackages, missingPackages } from "./packages.js";
import { installRuntime } from "./runtime.js";
import { forPython, Waits } from "./waits.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../protocol.js").BootRequest} BootRequest */
/** @typedef {import("../protocol.js").RunRequest} RunRequest */
/** @typedef {import("../protocol.js").Answer} Answer */
/** @typedef {import("../protocol.js").Prompt} Prompt */
/** @typedef {import("../protocol.js").Urgent} Urgent */
/** @typedef {import("../protocol.js").Waiting} Waiting */
/** @typedef {import("../protocol.js").Ending} Ending */
/** @typedef {import("./outbox.js").Outbox} Outbox */

/** @typedef {import("./runtime.js").Runner} Runner */
/**
 * @template {unknown[]} Arguments
 * @template Result
 * @typedef {import("./runtime.js").Coroutine<Arguments, Result>} Coroutine
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
  #clock = new ClockSignal();
  #waits = new Waits();
  /** @type {Waiting} */
  #waiting = { way: "none", because: "Python has not started" };
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
  async boot({ pyodideUrl, packages, waiting }) {
    const forbidden = whyNoWebAssembly();
    if (forbidden) return this.#post({ type: "failed", reason: "policy", detail: forbidden });
    this.#waiting = waiting;
    if (waiting.way !== "jspi") withoutJspi();
    try {
      this.#pyodide = await this.#load(pyodideUrl, packages);
      onFatal(this.#pyodide, (detail) => this.#post({ type: "failed", reason: "crash", detail }));
      const bridge = this.#bridge();
      this.#runner = installRuntime(this.#pyodide, bridge);
      this.#clock.start(this.#pyodide);
      const { python, way } = JSON.parse(await this.#enter(this.#runner.describe));
      const pyodide = this.#pyodide.version;
      if (way !== waiting.way) bridge.why_not = `Pyodide ${pyodide} does not use what the browser has for it`;
      this.#post({ type: "ready", version: PROTOCOL_VERSION, pyodide, python, way });
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
    const release = holdLock(request.lock);
    this.#outbox.begin(run, request.outputLimit);
    try {
      const provided = await this.#provide(request.packages);
      if (typeof provided === "string") this.#post({ type: "error", run, problem: provided });
      else this.#post({ type: provided ? await this.#execute(request) : "stopped", run, problem: null });
    } catch (error) {
      // Python catches whatever the reader's code raises: this is Pyodide itself, and its heap cannot be trusted.
      this.#post({ type: "failed", reason: "crash", detail: reasonOf(error) });
    } finally {
      this.#run = null;
      release();
    }
  }

  /** What cannot wait until Python is done. @param {Urgent} message */
  handleUrgent(message) {
    switch (message.type) {
      case "stop":
        return this.#stop(message.run);
      case "answer":
        return this.#takeAnswer(message);
      default:
        return assertNever(message);
    }
  }

  /** @param {number} run */
  #stop(run) {
    if (run === this.#run && !this.#waits.stop()) this.#runner?.cancel();
  }

  /** @param {Answer} answer */
  #takeAnswer({ run, prompt, text }) {
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
    const loading = this.#clock.during(() =>
      loadPyodide({ indexURL, packages, env: ENVIRONMENT }).catch((/** @type {unknown} */ error) => {
        // Python itself is well: the run that asks for the package will say that there is none.
        if (!reasonOf(error).includes(UNKNOWN_PACKAGE)) throw error;
        return loadPyodide({ indexURL, env: ENVIRONMENT });
      }),
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
   * @returns {Promise<boolean | string>} whether they are there; if not, Stop was pressed, or this is why
   */
  async #provide(packages) {
    const pyodide = this.#started();
    const missing = missingPackages(pyodide, packages);
    if (missing.length === 0) return true;
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
      return (await this.#waits.until((resolve, reject) => loaded.then(resolve, reject))) ?? false;
    } catch (error) {
      return reasonOf(error);
    } finally {
      this.#downloads.end();
    }
  }

  /** @param {RunRequest} request @returns {Promise<Ending>} */
  async #execute({ run, session, source, setup, answers }) {
    this.#post({ type: "running", run });
    const runner = /** @type {Runner} */ (this.#runner);
    return this.#enter(runner.run, JSON.stringify({ session, source, setup, answers }));
  }

  /**
   * Calls into Python so that it can suspend, where that is how it waits.
   * @template {unknown[]} Arguments
   * @template Result
   * @param {Coroutine<Arguments, Result>} coroutine
   * @param {Arguments} given
   */
  #enter(coroutine, ...given) {
    // Pyodide refuses the first where the browser cannot suspend.
    return "Suspending" in WebAssembly ? coroutine.callPromising(...given) : coroutine(...given);
  }

  /** What Python may call: `_pyrun_worker.pyi` has the types. */
  #bridge() {
    const received = (/** @type {number} */ letter) => this.#post({ type: "received", letter });
    const mailbox = openMailbox(this.#waiting, received);
    const waits = forPython(this.#waits, mailbox, (message) => this.handleUrgent(message));
    return {
      way: this.#waiting.way,
      why_not: this.#waiting.way === "none" ? this.#waiting.because : "",
      write: this.#outbox.write.bind(this.#outbox),
      send: this.#outbox.send.bind(this.#outbox),
      stop_requested: () => this.#waits.stopRequested,
      breathe: () => waits.breathe(),
      sleep: (/** @type {number} */ seconds) => waits.sleep(seconds),
      // The line is `undefined` at the end of the input, and after Stop.
      read_line: (/** @type {string} */ text, /** @type {Prompt["kind"]} */ kind) =>
        waits.line((resolve) => {
          this.#answer = (line) => resolve(line ?? undefined);
          this.#ask(text, kind);
        }),
    };
  }

  /** @param {string} text @param {Prompt["kind"]} kind */
  #ask(text, kind) {
    this.#prompt += 1;
    this.#post({ type: "input", run: /** @type {number} */ (this.#run), prompt: this.#prompt, text, kind });
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

/** A way that the page's address forces is as it is in browsers that have no better one. */
function withoutJspi() {
  Reflect.deleteProperty(WebAssembly, "Suspending");
  Reflect.deleteProperty(WebAssembly, "promising");
}

/** @param {unknown} error */
function reasonOf(error) {
  return error instanceof Error ? error.message : String(error);
}
