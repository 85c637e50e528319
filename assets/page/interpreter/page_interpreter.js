/** The one Python of a page: its worker, its queue of runs, and its state. */
import { assertNever, PROTOCOL_VERSION } from "../../shared/protocol.js";
import { keepLibrary } from "../display/figure_libraries.js";
import { PythonFiles } from "../files/python_files.js";
import { PendingRun } from "../run/pending_run.js";
import { BootWatchdog } from "./boot_watchdog.js";
import { PythonWorker } from "./python_worker.js";
import { SnapshotMaker } from "./snapshot_maker.js";
import { sendSnapshot } from "./snapshot_reader.js";
import { startRequest } from "./start_request.js";
import { next } from "./states.js";
import { chooseWaitStrategy } from "./wait_strategy.js";
import { watchForDeath } from "./worker_death.js";

/** @import { Ending, FromWorker, Progress, ToWorker, WaitStrategy } from "../../shared/protocol.js" */
/** @import { Failure, RunListener, Wanted } from "../run/pending_run.js" */
/** @import { Mailbox } from "./mailboxes.js" */
/** @import { Event, State } from "./states.js" */

/** @typedef {{ stop(): void }} Run */

/**
 * Why Python was lost. The event `pyrun:restart` on `document` reports it, with `detail: { epoch, reason }`.
 * @typedef {"restart" | "stop" | "failure" | "timeout"} Loss
 */

/** How long Python may take to react to Stop. A reader who waits longer thinks that the page is frozen. */
const STOP_GRACE_MS = 2000;

/** One Python for all cells of the page that use the same Pyodide and lock file. Runs are queued. */
export class PageInterpreter {
  #pyodideUrl;
  #lockUrl;
  /** @type {State} */
  #state = "off";
  #epoch = 0;
  /** @type {PythonWorker<ToWorker, FromWorker> | null} */
  #worker = null;
  /** @type {Mailbox | null} */
  #mailbox = null;
  /** @type {WaitStrategy} */
  #strategy = "none";
  /** The latest progress, for runs that are added while Python starts. @type {Progress | null} */
  #progress = null;
  /** What this Python was started with. @type {import("../../shared/protocol.js").Start | null} */
  #begun = null;
  /** WebAssembly that earlier workers have compiled. @type {import("../../shared/protocol.js").Modules} */
  #modules = new Map();
  #snapshots = new SnapshotMaker();
  #watchdog = new BootWatchdog((detail) => this.#fail({ reason: "stalled", detail }));
  /** The runs that wait. @type {PendingRun[]} */
  #queue = [];
  /** The run that the worker has. @type {PendingRun | null} */
  #active = null;
  files = new PythonFiles((message) => this.#worker?.send(message));

  /**
   * @param {string} pyodideUrl absolute, with a slash at its end
   * @param {string | null} lockUrl absolute
   * @param {number | null} coreBytes how large Python is, where that is known
   */
  constructor(pyodideUrl, lockUrl, coreBytes) {
    this.#pyodideUrl = pyodideUrl;
    this.#lockUrl = lockUrl;
    this.coreBytes = coreBytes;
  }

  /** The number of the current Python. It grows whenever Python and all names are lost. */
  get epoch() {
    return this.#epoch;
  }

  /** Starts Python if it is off. @param {string[]} packages loaded meanwhile */
  warm(packages) {
    if (this.#state === "off") void this.#start(packages);
  }

  /**
   * Adds a run to the queue.
   * @param {Wanted} wanted
   * @param {RunListener} listener
   * @returns {Run}
   */
  run(wanted, listener) {
    const run = new PendingRun(wanted, listener);
    this.#queue.push(run);
    this.warm(wanted.pagePackages);
    if (this.#active) listener.waiting();
    else if (this.#progress) listener.progress(this.#progress);
    this.#runNext();
    return { stop: () => this.#stop(run) };
  }

  /** Ends all runs, and Python. The next run starts a new one. */
  restart() {
    this.#endAll("restart", "stopped");
  }

  /** @param {Event} event */
  #enter(event) {
    this.#state = next(this.#state, event);
  }

  /** @param {string[]} packages */
  async #start(packages) {
    this.#enter("start");
    const epoch = this.#epoch;
    this.#watchdog.restart("core");
    const { waiting, mailbox } = await chooseWaitStrategy();
    if (epoch !== this.#epoch) return;
    this.#mailbox = mailbox;
    const worker = this.#openWorker();
    if (worker === null) return;
    this.#worker = worker;
    this.#begun = startRequest(this.#pyodideUrl, this.#lockUrl, packages, waiting);
    worker.send({ ...this.#begun, type: "boot", modules: this.#modules });
    const { key } = this.#begun;
    if (key !== null)
      void sendSnapshot(key, this.#snapshots.memory, (message, transferred) =>
        worker.send(message, transferred),
      );
  }

  /** @returns {PythonWorker<ToWorker, FromWorker> | null} `null` if it may not start here, which is already reported */
  #openWorker() {
    const onError = (/** @type {string} */ detail) =>
      this.#fail({ reason: this.#state === "starting" ? "download" : "crash", detail });
    try {
      return new PythonWorker("pyrun", (message) => this.#handle(message), onError);
    } catch (error) {
      this.#fail({ reason: self.origin === "null" ? "frame" : "policy", detail: String(error) });
      return null;
    }
  }

  #runNext() {
    if (this.#state !== "ready") return;
    const run = this.#queue.shift();
    if (!run) return this.#snapshots.resume();
    this.#enter("run");
    this.#snapshots.pause();
    this.#active = run;
    this.#worker?.send(run.request);
  }

  /** @param {PendingRun} run */
  #stop(run) {
    if (run !== this.#active) {
      this.#queue = this.#queue.filter((other) => other !== run);
      return run.end("stopped");
    }
    if (this.#state !== "busy" || run.isFinished) return; // it has ended, or has been asked to end already
    this.#enter("stop");
    const request = /** @type {const} */ ({ type: "stop", run: run.request.run });
    // A Python that blocks looks into the mailbox; one that awaits something lets the worker receive messages.
    this.#worker?.send(request);
    this.#mailbox?.put(request);
    run.expectEnd(STOP_GRACE_MS, () => {
      this.#lose(run.reachedLimit ? "timeout" : "stop");
      run.abandon();
      if (this.#queue.length > 0) this.warm(this.#begun?.packages ?? []);
    });
  }

  /** @param {FromWorker} message */
  #handle(message) {
    switch (message.type) {
      case "ready":
        return this.#becomeReady(message);
      case "compiled":
        this.#modules = message.modules;
        return;
      case "failed":
        return this.#fail(message);
      case "received":
        return this.#mailbox?.received(message.letter);
      case "progress":
        this.#progress = message;
        if (this.#state === "starting") this.#watchdog.restart(message.activity);
        for (const { listener } of this.#active ? [this.#active] : this.#queue) listener.progress(message);
        return;
      case "running":
        return this.#begin(message.run);
      case "library":
        return keepLibrary(message.name, message.bytes);
      case "output":
      case "display":
      case "clear":
      case "traceback":
      case "written":
        return this.#of(message.run)?.hear(message);
      case "input":
        return this.#ask(message);
      case "file":
        return this.files.answer(message);
      case "done":
      case "error":
      case "stopped":
        return this.#end(message);
      default:
        return assertNever(message);
    }
  }

  /** @param {import("../../shared/protocol.js").Ready} message */
  #becomeReady({ version, strategy, snapshot }) {
    if (version !== PROTOCOL_VERSION) return this.#fail({ reason: "version", detail: `worker ${version}` });
    this.#enter("boot");
    this.#watchdog.stop();
    this.#strategy = strategy;
    this.#progress = null;
    this.files.start();
    document.dispatchEvent(new CustomEvent("pyrun:start", { detail: { snapshot } }));
    if (snapshot === "used" && this.#begun) this.#snapshots.used(this.#begun);
    if (snapshot === "wanted" && this.#begun) this.#snapshots.want(this.#begun, this.#modules);
    this.#runNext();
  }

  /** @param {import("../../shared/protocol.js").Prompt} prompt */
  #ask({ run, prompt, text, kind, accept }) {
    const asking = this.#of(run);
    asking?.pause();
    asking?.listener.input(
      text,
      (answer) => {
        const message = /** @type {const} */ ({ type: "answer", run, prompt, text: answer });
        if (this.#mailbox) this.#mailbox.put(message);
        else this.#worker?.send(message);
        this.#resume(run);
      },
      kind,
      accept,
    );
  }

  /** @param {number} number */
  #begin(number) {
    const run = this.#of(number);
    if (!run) return;
    run.listener.running(this.#strategy);
    run.whenEnded(watchForDeath(run.request.lock, () => this.#fail({ reason: "killed", detail: "" })));
    this.#resume(number);
  }

  /** @param {number} number */
  #resume(number) {
    const run = this.#of(number);
    run?.resume(() => this.#stop(run));
  }

  /** @param {import("../../shared/protocol.js").Ended} ended */
  #end(ended) {
    const run = this.#of(ended.run);
    if (!run) return;
    run.finish(() => this.#close(run, ended));
  }

  /** @param {PendingRun} run @param {import("../../shared/protocol.js").Ended} ended */
  #close(run, { type, problem, clues }) {
    if (run !== this.#active) return; // Python was lost meanwhile, and the run with it
    this.#enter("end");
    this.#active = null;
    this.#mailbox?.forget();
    run.end(type, problem ?? undefined, clues);
    this.#runNext();
  }

  /** @param {Failure} failure */
  #fail(failure) {
    this.#endAll("failure", "error", failure);
  }

  /** Ends this Python and all its runs. @param {Loss} loss @param {Ending} ending @param {Failure} [failure] */
  #endAll(loss, ending, failure) {
    const runs = this.#active ? [this.#active, ...this.#queue] : this.#queue;
    this.#queue = [];
    this.#lose(loss);
    for (const run of runs) run.end(ending, failure);
  }

  /** @param {Loss} reason */
  #lose(reason) {
    if (this.#state === "off") return;
    this.#enter("lose");
    this.#watchdog.stop();
    this.#snapshots.pause();
    this.#worker?.close();
    this.#mailbox?.forget();
    this.files.stop();
    this.#worker = this.#mailbox = this.#active = this.#progress = null;
    this.#epoch += 1;
    document.dispatchEvent(new CustomEvent("pyrun:restart", { detail: { epoch: this.#epoch, reason } }));
  }

  /** @param {number} run @returns {PendingRun | null} `null` if it has ended meanwhile */
  #of(run) {
    return this.#active?.request.run === run ? this.#active : null;
  }
}
