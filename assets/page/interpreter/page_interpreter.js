/** One Python of a page: its worker, its queue of runs, and its state. */
import { reasonOf } from "../../shared/errors.js";
import { PROTOCOL_VERSION } from "../../shared/protocol.js";
import { pageCells } from "../cell/page_cells.js";
import { FigureLibraries } from "../display/figure_libraries.js";
import { PythonFiles } from "../files/python_files.js";
import { RUN_MESSAGES } from "../messages.js";
import { PendingRun } from "../run/pending_run.js";
import { BootWatchdog } from "./boot_watchdog.js";
import { whyFailed, whyRefused } from "./isolation.js";
import { KeptModules } from "./kept_modules.js";
import { preparePython } from "./prepare_worker.js";
import { PythonConnection } from "./python_connection.js";
import { Questions } from "./questions.js";
import { SnapshotMaker } from "./snapshot_maker.js";
import { announce, next } from "./states.js";

/** @import { Ending, Progress, WaitStrategy, WorkerData } from "../../shared/protocol.js" */
/** @import { Failure, RunListener, Wanted } from "../run/pending_run.js" */
/** @import { Settlement } from "../settlement/settlement.js" */
/** @import { SettlementError, SiteSettlement } from "../settlement/site_settlement.js" */
/** @import { Event, Loss, State } from "./states.js" */

/** @typedef {{ stop(): void }} Run */

/** Runs are queued. Python may start with an old copy of the settlement; runs wait for the fresh one. */
export class PageInterpreter {
  /** Counts each Python of the page, so that no two have the same number. */
  static #epochs = 0;
  #site;
  #state = /** @type {State} */ ("off");
  #epoch = PageInterpreter.#epochs++;
  #python = /** @type {PythonConnection | null} */ (null);
  #strategy = /** @type {WaitStrategy} */ ("none");
  /** The latest progress, for runs that are added while Python starts. @type {Progress | null} */
  #progress = null;
  /** The source file of the cell that started Python last. @type {string | undefined} */
  #page;
  #modules = new KeptModules();
  #snapshots = new SnapshotMaker();
  #watchdog = new BootWatchdog((detail) => this.#fail({ reason: "stalled", detail }));
  #queue = /** @type {PendingRun[]} those that wait */ ([]);
  /** The run that the worker has. @type {PendingRun | null} */
  #active = null;
  files = new PythonFiles((message) => this.#python?.send(message));
  libraries = new FigureLibraries();
  questions = new Questions((message) => this.#state === "ready" && this.#python?.send(message));

  /** @param {SiteSettlement} site @param {boolean} isForeign whether its code comes from strangers */
  constructor(site, isForeign) {
    this.#site = site;
    this.isForeign = isForeign;
  }

  /** What was settled for the site. */
  get site() {
    return this.#site;
  }

  /** The number of the current Python. It grows whenever Python and all names are lost. */
  get epoch() {
    return this.#epoch;
  }

  /** Starts Python if it is off. @param {string | undefined} page `data-page` of the cell that needs it */
  warm(page) {
    this.#site.visit(location.pathname);
    if (this.#state === "off" && !(this.#site.isFresh && this.#isRefused())) void this.#start(page);
  }

  /** Adds a run to the queue. @param {Wanted} wanted @param {RunListener} listener @returns {Run} */
  run(wanted, listener) {
    const run = new PendingRun(wanted, listener, () => this.#stop(run));
    this.#queue.push(run);
    this.warm(wanted.page);
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

  /** @param {string | undefined} page */
  async #start(page) {
    this.#enter("start");
    this.#page = page;
    const epoch = this.#epoch;
    this.#watchdog.restart("core");
    if (!this.#site.isFresh) void this.#freshen();
    const prepared = await preparePython(this.#site, page, this.#modules, this.isForeign);
    if (epoch !== this.#epoch || this.#isRefused() || prepared === null)
      return prepared?.isolated?.files.close();
    const { start, mailbox, modules, isolated, failure } = prepared;
    if (start && !this.#site.current?.hasSamePython(start)) {
      isolated?.files.close(); // the site has been published again meanwhile
      this.#lose("settlement");
      return this.warm(this.#queue[0]?.page ?? page);
    }
    if (start === null || failure) return void (failure && this.#fail(failure));
    const kept = { modules, memory: this.#snapshots.memory };
    try {
      this.#python = new PythonConnection(start, mailbox, kept, isolated, {
        started: (report) => (report.type === "ready" ? this.#becomeReady(report) : this.#fail(report)),
        said: (message) => this.#handle(message),
        failed: (detail) => this.#fail({ reason: whyFailed(this.#state, isolated, detail), detail }),
      });
    } catch (error) {
      this.#fail({ reason: whyRefused(isolated), detail: String(error) });
    }
  }

  /** Waits for the fresh settlement. */
  async #freshen() {
    try {
      await this.#site.fresh();
    } catch (error) {
      const { reason } = /** @type {SettlementError} */ (error);
      return this.#endAll("failure", "error", { reason, detail: reasonOf(error) });
    }
    this.#settle();
  }

  /** There is a fresh settlement. */
  #settle() {
    if (this.#isRefused() || this.#isReplaced()) return;
    if (this.#queue.length > 0) this.warm(this.#queue[0]?.page);
    this.#runNext();
  }

  /** Replaces a Python that was started with a different settlement. Runs that would miss names of it end. */
  #isReplaced() {
    if (this.#python === null || this.#site.current?.hasSamePython(this.#python.start)) return false;
    this.#lose("settlement");
    const missing = this.#queue.filter(({ listener }) => listener.losesNames);
    this.#queue = this.#queue.filter((run) => !missing.includes(run));
    // Later, because the reader's click may still be adding runs, which end with these.
    for (const run of missing) queueMicrotask(() => run.end("stopped", "replaced"));
    this.warm(this.#queue[0]?.page ?? this.#page);
    return true;
  }

  /** Whether the author has switched the page off: then ends everything. */
  #isRefused() {
    const message = this.#site.current?.whyOff(location.href) ?? null;
    if (message === null) return false;
    this.#endAll("settlement", "stopped");
    for (const cell of pageCells()) cell.switchOff(message || RUN_MESSAGES.switchedOff);
    return true;
  }

  #runNext() {
    if (this.#state !== "ready" || !this.#site.isFresh || this.#isRefused()) return;
    if (this.#queue.length > 0 && this.#isReplaced()) return;
    const run = this.#queue.shift();
    if (!run) return this.#snapshots.resume();
    let request;
    try {
      request = run.request(/** @type {Settlement} */ (this.#site.current));
    } catch (error) {
      return void this.#tryAgain(run, { reason: "settlement", detail: reasonOf(error) });
    }
    this.#enter("run");
    this.#snapshots.pause();
    this.#active = run;
    this.#python?.send(request);
  }

  /** The site may have changed: tries the run, or the start for it, again. @param {PendingRun} run @param {Failure} failure */
  async #tryAgain(run, failure) {
    this.#queue.unshift(run);
    if (run.tryAgain() && (await this.#site.renew())) return this.#settle();
    if (this.#state === "off") return this.#endAll("failure", "error", failure);
    this.#queue = this.#queue.filter((other) => other !== run);
    run.end("error", failure);
    this.#runNext();
  }

  /** @param {PendingRun} run */
  #stop(run) {
    if (run !== this.#active) {
      this.#queue = this.#queue.filter((other) => other !== run);
      return run.end("stopped");
    }
    if (this.#state !== "busy" || run.isFinished) return; // it has ended, or has been asked to end already
    this.#enter("stop");
    this.#python?.stop({ type: "stop", run: run.number });
    run.expectEnd(() => {
      this.#lose(run.reachedLimit ? "timeout" : "stop");
      run.abandon();
      if (this.#queue.length > 0) this.warm(this.#queue[0]?.page);
    });
  }

  /** @param {WorkerData} message */
  #handle(message) {
    switch (message.type) {
      case "crashed":
        return this.#fail({ reason: "crash", detail: message.detail });
      case "received":
        return this.#python?.received(message.letter);
      case "progress":
        return this.#report(message);
      case "library":
        return this.libraries.keep(message.name, message.bytes);
      case "file":
        return this.files.answer(message);
      case "assisted":
        return this.questions.answer(message);
      default: {
        const run = this.#active?.number === message.run ? this.#active : null; // it may have ended meanwhile
        return run?.hear(message, {
          strategy: this.#strategy,
          holdsLocks: this.#python?.start.isolation === "origin",
          answer: (answer) => this.#python?.answer(answer),
          died: () => this.#fail({ reason: "killed", detail: "" }),
          ended: (ended) => this.#close(run, ended),
        });
      }
    }
  }

  /** @param {Progress} progress */
  #report(progress) {
    if (this.#state === "starting") {
      this.#progress = progress;
      this.#watchdog.restart(progress.activity);
    }
    for (const { listener } of this.#active ? [this.#active] : this.#queue) listener.progress(progress);
  }

  /** @param {import("../../shared/protocol.js").Ready} ready */
  #becomeReady(ready) {
    const { version, strategy, snapshot, modules } = ready;
    if (version !== PROTOCOL_VERSION) return this.#fail({ reason: "version", detail: `worker ${version}` });
    this.#enter("boot");
    this.#watchdog.stop();
    this.#strategy = strategy;
    this.#progress = null;
    this.files.start();
    announce("start", { snapshot, isForeign: this.isForeign });
    const { start } = /** @type {PythonConnection} */ (this.#python);
    this.#modules.keep(modules, start);
    this.#snapshots.started(ready, start);
    this.#runNext();
  }

  /** @param {PendingRun} run @param {import("../../shared/protocol.js").Ended} ended */
  #close(run, { type, problem, clues }) {
    if (run !== this.#active) return; // Python was lost meanwhile, and the run with it
    const wasStopped = this.#state === "stopping";
    this.#enter("end");
    this.#active = null;
    this.#python?.forget();
    if (problem && !wasStopped) return void this.#tryAgain(run, problem);
    run.end(problem ? "stopped" : type, undefined, clues);
    this.#runNext();
  }

  /** @param {Failure} failure */
  #fail(failure) {
    if (failure.reason !== "download" && failure.reason !== "changed")
      return this.#endAll("failure", "error", failure);
    this.#lose("failure");
    if (!this.#site.isFresh) return; // starts again with the fresh settlement
    const run = this.#queue.shift();
    if (run) void this.#tryAgain(run, failure);
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
    this.#python?.close();
    this.files.stop();
    this.questions.stop();
    this.libraries.forget();
    this.#python = this.#active = this.#progress = null;
    this.#epoch = PageInterpreter.#epochs++;
    announce("restart", { epoch: this.#epoch, reason, isForeign: this.isForeign });
  }
}
