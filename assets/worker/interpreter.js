import { reasonOf } from "../shared/errors.js";
import { assertNever, PROTOCOL_VERSION } from "../shared/protocol.js";
import { packageWith } from "./packages/packages.js";
import { vendored } from "./packages/vendored.js";
import { Downloads } from "./pyodide/downloads.js";
import { onFatal } from "./pyodide/internals.js";
import { whyNoWebAssembly, withoutJspi } from "./pyodide/webassembly.js";
import { Provisions } from "./run/run_dependencies.js";
import { WorkingFiles } from "./run/working_files.js";
import { ComingSnapshot } from "./snapshot/pending_snapshot.js";
import { startPython } from "./snapshot/start_python.js";
import { connectRuntime, fetchRuntime, installRuntime } from "./start/runtime.js";
import { forPython, Waits } from "./waiting/blocking.js";
import { ClockSignal } from "./waiting/clock_signal.js";
import { holdLock } from "./waiting/liveness_lock.js";
import { openMailbox } from "./waiting/mailboxes.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../shared/protocol.js").BootRequest} BootRequest */
/** @typedef {import("../shared/protocol.js").RunRequest} RunRequest */
/** @typedef {import("../shared/protocol.js").Answer} Answer */
/** @typedef {import("../shared/protocol.js").Bundle} Bundle */
/** @typedef {import("../shared/protocol.js").GiveRequest} GiveRequest */
/** @typedef {import("../shared/protocol.js").Prompt} Prompt */
/** @typedef {import("../shared/protocol.js").ReadRequest} ReadRequest */
/** @typedef {import("../shared/protocol.js").Urgent} Urgent */
/** @typedef {import("../shared/protocol.js").Waiting} Waiting */
/** @typedef {import("../shared/protocol.js").Ended} Ended */
/** @typedef {import("./run/outbox.js").Outbox} Outbox */
/** @typedef {import("./packages/packages.js").Lock} Lock */
/** @typedef {import("./start/runtime.js").Runner} Runner */

/** Pyodide in this worker: booted once, then one run after the other. */
export class Interpreter {
  #outbox;
  #downloads = new Downloads();
  #clock = new ClockSignal();
  #waits = new Waits();
  #snapshot = new ComingSnapshot();
  /** @type {Waiting} */
  #waiting = { way: "none", because: "Python has not started" };
  /** Python, once it is ready. @type {{ runner: Runner, provisions: Provisions, files: WorkingFiles } | null} */
  #python = null;
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
  async boot(request) {
    const { waiting } = request;
    const forbidden = whyNoWebAssembly();
    if (forbidden) return this.#post({ type: "failed", reason: "policy", detail: forbidden });
    this.#waiting = waiting;
    if (waiting.way !== "jspi") withoutJspi();
    try {
      const post = this.#post.bind(this);
      const archive = fetchRuntime();
      archive.catch(() => {}); // what Pyodide itself could not have is told first
      const modules = new Map(request.modules);
      const { pyodide, lock, snapshot } = await startPython(
        request,
        this.#snapshot,
        modules,
        this.#downloads,
        this.#clock,
        post,
      );
      onFatal(pyodide, (detail) => this.#post({ type: "failed", reason: "crash", detail }));
      const bridge = this.#bridge(pyodide, lock);
      if (snapshot !== "used") installRuntime(pyodide, await archive);
      const runner = connectRuntime(pyodide, bridge);
      const provisions = new Provisions(pyodide, this.#downloads, this.#waits, post);
      this.#python = { runner, provisions, files: new WorkingFiles(pyodide) };
      this.#clock.start(pyodide);
      const { python, way } = JSON.parse(await runner.describe());
      const { version } = pyodide;
      if (way !== waiting.way) {
        const why_not = `Pyodide ${version} does not use what the browser has for it`;
        connectRuntime(pyodide, { why_not });
      }
      if (modules.size > request.modules.size) this.#post({ type: "compiled", modules });
      this.#post({ type: "ready", version: PROTOCOL_VERSION, pyodide: version, python, way, snapshot });
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
    const release = await holdLock(request.lock);
    this.#outbox.begin(run, request.options.outputLimit);
    try {
      this.#post(await this.#runProvided(request));
    } catch (error) {
      // Python catches whatever the reader's code raises: this is Pyodide itself, and its heap cannot be trusted.
      this.#post({ type: "failed", reason: "crash", detail: reasonOf(error) });
    } finally {
      this.#run = null;
      release();
    }
  }

  /** @param {import("../shared/protocol.js").SnapshotEntry | import("../shared/protocol.js").SnapshotContent} message */
  takeSnapshot(message) {
    this.#snapshot.take(message);
  }

  /** Hands out a file. @param {ReadRequest} message */
  read({ request, path }) {
    const content = this.#python?.files.read(path) ?? null;
    this.#outbox.post({ type: "file", request, content }, content ? [content.buffer] : []);
  }

  /** Takes files of the reader's. @param {GiveRequest} message */
  give({ files }) {
    for (const { name, content } of files) this.#python?.files.write(name, content);
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
    if (run === this.#run && !this.#waits.stop()) this.#python?.runner.cancel();
  }

  /** @param {Answer} answer */
  #takeAnswer({ run, prompt, text }) {
    if (run === this.#run && prompt === this.#prompt) this.#answer(text);
  }

  /** @param {RunRequest} request @returns {Promise<Ended>} */
  async #runProvided(request) {
    const { run, session, source, setup, options } = request;
    if (this.#python === null) throw new Error("a run was asked for before Python was ready");
    const { runner, provisions } = this.#python;
    const provided = await provisions.provide(request);
    if (provided === "stopped") return { type: "stopped", run, problem: null, clues: null };
    if (provided !== "ready") return { type: "error", run, problem: provided, clues: null };
    this.#post({ type: "running", run });
    const outcome = await runner.run(JSON.stringify({ session, source, setup, options }));
    const { ending, clues, written } = JSON.parse(outcome);
    if (written.files.length > 0) this.#post({ type: "written", run, ...written });
    return { type: ending, run, problem: null, clues };
  }

  /** What Python may call: `_pyrun_worker.pyi` has the types. @param {PyodideInterface} pyodide @param {Lock} lock */
  #bridge(pyodide, lock) {
    const received = (/** @type {number} */ letter) => this.#post({ type: "received", letter });
    const mailbox = openMailbox(this.#waiting, received);
    const waits = forPython(this.#waits, mailbox, (message) => this.handleUrgent(message));
    return {
      way: this.#waiting.way,
      why_not: this.#waiting.way === "none" ? this.#waiting.because : "",
      write: this.#outbox.write.bind(this.#outbox),
      send: this.#outbox.send.bind(this.#outbox),
      display: (/** @type {string} */ description, /** @type {Bundle} */ bundle) =>
        this.#outbox.display({ ...JSON.parse(description), bundle }),
      clear: this.#outbox.clear.bind(this.#outbox),
      traceback: (/** @type {string} */ described) => this.#outbox.traceback(JSON.parse(described)),
      library: (/** @type {string} */ name, /** @type {string} */ path) =>
        this.#outbox.library(name, pyodide.FS.readFile(path)),
      package_with: (/** @type {string} */ module) => packageWith(pyodide, lock, module),
      vendored,
      stop_requested: () => this.#waits.stopRequested,
      breathe: () => waits.breathe(),
      sleep: (/** @type {number} */ seconds) => waits.sleep(seconds),
      // The line is `undefined` at the end of the input, and after Stop.
      read_line: (
        /** @type {string} */ text,
        /** @type {Prompt["kind"]} */ kind,
        /** @type {string} */ accept = "",
      ) =>
        waits.line((resolve) => {
          this.#answer = (line) => resolve(line ?? undefined);
          this.#ask(text, kind, accept);
        }),
    };
  }

  /** @param {string} text @param {Prompt["kind"]} kind @param {string} accept */
  #ask(text, kind, accept) {
    this.#prompt += 1;
    const run = /** @type {number} */ (this.#run);
    this.#post({ type: "input", run, prompt: this.#prompt, text, kind, accept });
  }

  /** @param {import("../shared/protocol.js").FromWorker} message */
  #post(message) {
    this.#outbox.post(message);
  }
}
