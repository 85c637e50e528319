/** Python in this worker: starts it, runs examples one at a time, and answers the page. */

import { Deferred } from "../shared/deferred.js";
import { reasonOf } from "../shared/errors.js";
import { tellsOfChange } from "../shared/pinned_files.js";
import { assertNever, PROTOCOL_VERSION } from "../shared/protocol.js";
import { packageProviding } from "./packages/packages.js";
import { whyNoWebAssembly, withoutJspi } from "./pyodide/core_module.js";
import { Downloads } from "./pyodide/downloads.js";
import { readHomeFile, writeHomeFile } from "./pyodide/file_system.js";
import { endsPython, formatWithoutWaiting, onFatal } from "./pyodide/internals.js";
import { bridge } from "./run/bridge.js";
import { Descriptors } from "./run/descriptors.js";
import { Prompts } from "./run/prompts.js";
import { RunDependencies } from "./run/run_dependencies.js";
import { VendoredModules } from "./run/vendored_modules.js";
import { WebRequests } from "./run/web_requests.js";
import { PendingSnapshot } from "./snapshot/pending_snapshot.js";
import { startPython } from "./snapshot/start_python.js";
import { removeCredentialedRequests } from "./start/credentialed_requests.js";
import { HandedFiles } from "./start/handed_files.js";
import { explaining, explainRelativeUrls } from "./start/relative_urls.js";
import { connectRuntime, fetchRuntime, installRuntime } from "./start/runtime.js";
import { shortenStacks } from "./start/short_stacks.js";
import { SiteFiles } from "./start/site_files.js";
import { StoppableWaits } from "./waiting/blocking.js";
import { ClockSignal } from "./waiting/clock_signal.js";
import { holdLivenessLock } from "./waiting/liveness_lock.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../shared/assist_messages.js").AssistRequest} AssistRequest */
/** @typedef {import("../shared/protocol.js").BootRequest} BootRequest */
/** @typedef {import("../shared/protocol.js").Ended} Ended */
/** @typedef {import("../shared/protocol.js").FolderFile} FolderFile */
/** @typedef {import("../shared/protocol.js").GiveRequest} GiveRequest */
/** @typedef {import("../shared/protocol.js").ReadRequest} ReadRequest */
/** @typedef {import("../shared/protocol.js").RunRequest} RunRequest */
/** @typedef {import("../shared/protocol.js").SourceFile} SourceFile */
/** @typedef {import("../shared/protocol.js").Urgent} Urgent */
/** @typedef {import("./pyodide/internals.js").Lock} Lock */
/** @typedef {import("./run/outbox.js").Outbox} Outbox */
/** @typedef {import("./start/library.js").StandardLibrary} StandardLibrary */
/** @typedef {import("./start/runtime.js").Runner} Runner */

/** Python, once it is ready. @typedef {{ pyodide: PyodideInterface, runner: Runner, descriptors: Descriptors, dependencies: RunDependencies, lock: Lock, library: StandardLibrary | null }} Python */

/** An exception of Python in JavaScript: its traceback has been printed already. */
const PYTHON_ERROR = "PythonError";

/** Pyodide in this worker: booted once, then one run after the other. */
export class Interpreter {
  #outbox;
  #prompts;
  #downloads = new Downloads();
  #clock = new ClockSignal();
  #waits = new StoppableWaits();
  /** Pyodide's own WebAssembly, if the page compiles it. @type {Deferred<WebAssembly.Module>} */
  #handedCore = new Deferred();
  #snapshot = new PendingSnapshot();
  /** @type {Python | null} */
  #python = null;
  /** The current run. @type {number | null} */
  #run = null;

  /** @param {Outbox} outbox */
  constructor(outbox) {
    this.#outbox = outbox;
    this.#prompts = new Prompts((message) => outbox.post(message));
  }

  /**
   * Starts Python and loads the page's packages meanwhile. Ends in `ready` or `failed`, before any code of a reader runs.
   * @param {BootRequest} request
   * @param {MessagePort | null} filePort to the page, if that fetches the files
   */
  async boot(request, filePort) {
    const forbidden = whyNoWebAssembly();
    if (forbidden) return this.#post({ type: "failed", reason: "policy", detail: forbidden });
    if (request.waiting.strategy !== "jspi") withoutJspi();
    try {
      await this.#boot(request, filePort);
    } catch (error) {
      const reason = tellsOfChange(error) ? "changed" : "download";
      this.#post({ type: "failed", reason, detail: reasonOf(error) });
    }
  }

  /** @param {BootRequest} request @param {MessagePort | null} filePort */
  async #boot(request, filePort) {
    if (filePort) shortenStacks();
    const { waiting } = request;
    const post = this.#post.bind(this);
    const handed = filePort && new HandedFiles(filePort, this.#handedCore.promise, this.#downloads);
    const files = new SiteFiles(request, handed, this.#downloads);
    const archive = fetchRuntime(files);
    archive.catch(() => {}); // a failure to load Pyodide itself is reported first
    const modules = new Map(request.modules);
    const { pyodide, lock, library, snapshot } = await startPython(
      request,
      files,
      this.#snapshot,
      modules,
      this.#downloads,
      this.#clock,
      post,
    );
    onFatal(pyodide, (detail) => this.#post({ type: "crashed", detail }));
    formatWithoutWaiting(pyodide);
    if (snapshot !== "used") installRuntime(pyodide, await archive);
    const worker = { waiting, waits: this.#waits, outbox: this.#outbox, prompts: this.#prompts };
    const handleUrgent = this.handleUrgent.bind(this);
    const vendored = new VendoredModules(files);
    const fetchOther = handed ? explaining(files.fetchOther) : files.fetchOther;
    const requests = new WebRequests(fetchOther, this.#waits, files.web, request.assetsUrl);
    const dependencies = new RunDependencies(pyodide, files, vendored, this.#downloads, this.#waits, post);
    const runner = connectRuntime(
      pyodide,
      bridge({ pyodide, lock, modules: vendored, dependencies, requests, ...worker, handleUrgent }),
    );
    const descriptors = new Descriptors(pyodide, runner.streams, this.#clock, this.#outbox);
    this.#python = { pyodide, runner, descriptors, dependencies, lock, library };
    this.#clock.start(pyodide);
    if (handed) {
      removeCredentialedRequests();
      explainRelativeUrls();
    }
    const { python, strategy } = JSON.parse(await runner.describe());
    const { version } = pyodide;
    if (strategy !== waiting.strategy) {
      connectRuntime(pyodide, { why_not: `Pyodide ${version} does not use the browser's support for it` });
    }
    const versions = { version: PROTOCOL_VERSION, pyodide: version, python };
    this.#post({ type: "ready", ...versions, strategy, snapshot, modules });
  }

  /**
   * Loads what the run needs, runs it, and reports once how it ended.
   * @param {RunRequest} request
   */
  async run(request) {
    const { run } = request;
    this.#python?.library?.pause();
    this.#waits.reset();
    this.#run = run;
    this.#prompts.begin(run);
    const release = await holdLivenessLock(request.lock);
    this.#outbox.begin(run, request.options.outputLimit, request.texts);
    try {
      this.#post(await this.#loadAndRun(request));
    } catch (error) {
      // Python catches every exception of the reader's code. This one is Pyodide's, whose heap may be corrupt.
      this.#post({ type: "crashed", detail: reasonOf(error) });
    } finally {
      this.#run = null;
      release();
      this.#python?.library?.resume();
    }
  }

  /** @param {RunRequest} request @returns {Promise<Ended>} */
  async #loadAndRun(request) {
    const { run, session, source, setup, options, terminal, raises, texts, console, folder } = request;
    if (this.#python === null) throw new Error("a run was requested before Python was ready");
    const { runner, descriptors, dependencies, library } = this.#python;
    const imported = folder && options.loadMissing ? this.#imported(source, folder) : [];
    const loaded = await dependencies.load({ ...request, packages: [...request.packages, ...imported] });
    if (loaded === "stopped") return { type: "stopped", run, problem: null, clues: null };
    if (loaded !== "ready") return { type: "error", run, problem: loaded, clues: null };
    descriptors.begin(terminal);
    this.#clock.beginRun();
    this.#post({ type: "running", run });
    const outcome = await runner.run(
      JSON.stringify({ session, source, setup, options, terminal, raises, texts, console, folder }),
    );
    const { ending, clues, written, left } = JSON.parse(outcome);
    if (left && console) this.#post({ type: "left", run });
    if (written.files.length > 0) this.#post({ type: "written", run, ...written });
    const problem = (ending === "error" && library?.problem) || null;
    return { type: ending, run, problem, clues };
  }

  /**
   * The packages of the site that the code of a playground imports.
   * @param {SourceFile} source
   * @param {FolderFile[]} folder
   */
  #imported(source, folder) {
    const { pyodide, runner, lock } = /** @type {Python} */ (this.#python);
    const modules = /** @type {string[]} */ (JSON.parse(runner.imported(JSON.stringify({ source, folder }))));
    return [...new Set(modules.flatMap((module) => packageProviding(pyodide, lock, module) ?? []))];
  }

  /** @param {import("../shared/file_messages.js").CoreMessage} message */
  receiveCore({ module, problem }) {
    if (module) this.#handedCore.resolve(module);
    else this.#handedCore.reject(new Error(problem));
  }

  /** @param {import("../shared/snapshot_messages.js").SnapshotEntry | import("../shared/snapshot_messages.js").SnapshotContent} message */
  receiveSnapshot(message) {
    this.#snapshot.receive(message);
  }

  /** Sends a file to the page. @param {ReadRequest} message */
  read({ request, path }) {
    const content = this.#python && readHomeFile(this.#python.pyodide.FS, path);
    this.#outbox.post({ type: "file", request, content }, content ? [content.buffer] : []);
  }

  /** Writes files of the reader's. @param {GiveRequest} message */
  give({ files }) {
    if (!this.#python) return;
    for (const { name, content } of files) writeHomeFile(this.#python.pyodide.FS, name, content);
  }

  /** Answers a question about code, unless code runs. @param {AssistRequest} message */
  assist({ type: _, request, ...question }) {
    const runner = this.#run === null ? this.#python?.runner : null;
    const answer = runner?.assist(JSON.stringify(question)) ?? null;
    this.#post({ type: "assisted", request, answer });
  }

  /** Handles messages that cannot wait for the end of a run. @param {Urgent} message */
  handleUrgent(message) {
    switch (message.type) {
      case "stop":
        if (message.run === this.#run && !this.#waits.stop()) this.#python?.runner.cancel();
        return;
      case "answer":
        if (message.run === this.#run) this.#prompts.take(message);
        return;
      default:
        return assertNever(message);
    }
  }

  /**
   * Handles an error of a callback, such as that of a timer, which has ended nothing but the callback.
   * @param {ErrorEvent} event the page, which hears of it otherwise, takes the worker for lost
   */
  handleUncaught(event) {
    const { error, message } = event;
    if (this.#python === null || endsPython(error)) return;
    event.preventDefault();
    console.error(error ?? message);
    if (this.#run === null || error?.name === PYTHON_ERROR) return;
    this.#outbox.write("stderr", `${message}\n`);
    this.#outbox.send();
  }

  /** @param {import("../shared/protocol.js").FromWorker} message */
  #post(message) {
    this.#outbox.post(message);
  }
}
