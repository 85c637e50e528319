import { assertNever, PROTOCOL_VERSION } from "../../shared/protocol.js";
import { assetUrl } from "../asset_url.js";
import { keepLibrary } from "../display/figure_libraries.js";
import { FileRequests } from "../files/file_requests.js";
import { PendingRun } from "../run/pending_run.js";
import { BootWatchdog } from "./boot_watchdog.js";
import { importsOfPage, wheelsOfPage } from "./page_wheels.js";
import { SnapshotMaker } from "./snapshot_maker.js";
import { keyOf, sendSnapshot } from "./snapshot_reader.js";
import { next } from "./states.js";
import { chooseWaitStrategy } from "./wait_strategy.js";
import { watchForDeath } from "./worker_death.js";

/** @typedef {import("../../shared/protocol.js").FromWorker} FromWorker */
/** @typedef {import("../../shared/protocol.js").ToWorker} ToWorker */
/** @typedef {import("../../shared/protocol.js").Progress} Progress */
/** @typedef {import("../../shared/protocol.js").Way} Way */
/** @typedef {import("./states.js").Event} Event */
/** @typedef {import("./states.js").State} State */
/** @typedef {import("./mailboxes.js").Mailbox} Mailbox */
/** @typedef {import("../run/pending_run.js").Failure} Failure */
/** @typedef {import("../run/pending_run.js").RunListener} RunListener */
/** @typedef {import("../run/pending_run.js").Wanted} Wanted */

/** @typedef {{ stop(): void }} Run */

/**
 * Why Python is gone. `document` hears of it by the event `pyrun:restart`, with `detail: { epoch, reason }`.
 * @typedef {"restart" | "stop" | "failure" | "timeout"} Loss
 */

/** How long Python may take to react to Stop. A reader who waits longer thinks that the page is frozen. */
const STOP_GRACE_MS = 2000;

/** One Python for all cells of the page that use the same Pyodide and lock file. Runs wait for each other, in order. */
class PageInterpreter {
  #pyodideUrl;
  #lockUrl;
  /** @type {State} */
  #state = "off";
  #epoch = 0;
  /** @type {Worker | null} */
  #worker = null;
  /** @type {Mailbox | null} */
  #mailbox = null;
  /** @type {Way} */
  #strategy = "none";
  /** What is being waited for, for those who join while Python starts. @type {Progress | null} */
  #progress = null;
  /** What this Python was started with. @type {import("../../shared/protocol.js").Start | null} */
  #begun = null;
  /** What earlier workers have compiled. @type {import("../../shared/protocol.js").Modules} */
  #modules = new Map();
  #snapshots = new SnapshotMaker();
  #watchdog = new BootWatchdog((detail) => this.#fail({ reason: "stalled", detail }));
  /** Those that wait for their turn. @type {PendingRun[]} */
  #queue = [];
  /** The one that the worker has. @type {PendingRun | null} */
  #active = null;
  #reading = new FileRequests();
  /** Files of the reader's, by name. @type {Map<string, Uint8Array<ArrayBuffer>>} */
  #readerFiles = new Map();

  /** @param {string} pyodideUrl absolute, with a slash at its end @param {string | null} lockUrl absolute */
  constructor(pyodideUrl, lockUrl) {
    this.#pyodideUrl = pyodideUrl;
    this.#lockUrl = lockUrl;
  }

  /** Which Python serves: it grows each time that one is lost, and all names with it. */
  get epoch() {
    return this.#epoch;
  }

  /** Starts Python if it is not there yet. @param {string[]} packages loaded meanwhile */
  warm(packages) {
    if (this.#state === "off") void this.#start(packages);
  }

  /**
   * Runs code when those before it have ended.
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

  /**
   * Lets code open files by their names, now and in every Python that comes after this one.
   * @param {{ name: string, content: Uint8Array<ArrayBuffer> }[]} files
   */
  addFiles(files) {
    for (const { name, content } of files) this.#readerFiles.set(name, content);
    if (this.#state !== "off" && this.#state !== "starting") this.#send({ type: "give", files });
  }

  /** A file that code has written. @param {string} path @returns {Promise<Uint8Array<ArrayBuffer> | null>} nothing if it is gone */
  read(path) {
    return this.#reading.ask(path, (request) => this.#send(request));
  }

  /** Ends every run, and this Python. The next run starts another. */
  restart() {
    const runs = this.#allRuns();
    this.#lose("restart");
    for (const run of runs) run.end("stopped");
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
    try {
      this.#worker = new Worker(assetUrl(__PYRUN_WORKER__), {
        type: "module",
        name: "pyrun",
      });
    } catch (error) {
      return this.#fail({ reason: self.origin === "null" ? "frame" : "policy", detail: String(error) });
    }
    this.#worker.onmessage = ({ data }) => epoch === this.#epoch && this.#handle(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      if (epoch !== this.#epoch) return;
      const reason = this.#state === "starting" ? "download" : "crash";
      this.#fail({ reason, detail: event.message ?? "the worker could not be loaded" });
    };
    const start = {
      version: PROTOCOL_VERSION,
      pyodideUrl: this.#pyodideUrl,
      lockUrl: this.#lockUrl,
      wheels: this.#lockUrl === null ? [] : wheelsOfPage(this.#lockUrl),
      packages,
      imports: importsOfPage(),
      waiting,
    };
    const key = keyOf(start);
    this.#begun = { ...start, key };
    this.#send({ ...this.#begun, type: "boot", modules: this.#modules });
    if (key === null) return;
    void sendSnapshot(key, this.#snapshots.memory, (message, transferred) => {
      if (epoch === this.#epoch) this.#send(message, transferred);
    });
  }

  #runNext() {
    if (this.#state !== "ready") return;
    const run = this.#queue.shift();
    if (!run) return this.#snapshots.resume();
    this.#enter("run");
    this.#snapshots.pause();
    this.#active = run;
    this.#send(run.request);
  }

  /** @param {PendingRun} run */
  #stop(run) {
    if (run !== this.#active) {
      this.#queue = this.#queue.filter((other) => other !== run);
      return run.end("stopped");
    }
    if (this.#state !== "busy") return; // it has been asked already
    this.#enter("stop");
    const request = /** @type {const} */ ({ type: "stop", run: run.request.run });
    // Python may block, and look into the mailbox, or await something, and leave the worker to its messages.
    this.#send(request);
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
      case "output":
        return this.#of(message.run)?.listener.output(message.chunks, message.dropped);
      case "display":
        return this.#of(message.run)?.listener.display(message);
      case "library":
        return keepLibrary(message.name, message.bytes);
      case "clear":
        return this.#of(message.run)?.listener.clear(message.waits);
      case "traceback":
        return this.#of(message.run)?.listener.traceback(message);
      case "input":
        return this.#ask(message);
      case "written":
        return this.#of(message.run)?.listener.written(message);
      case "file":
        return this.#reading.answer(message);
      case "done":
      case "error":
      case "stopped":
        return this.#end(message);
      default:
        return assertNever(message);
    }
  }

  /** @param {import("../../shared/protocol.js").Ready} message */
  #becomeReady({ version, way, snapshot }) {
    if (version !== PROTOCOL_VERSION) return this.#fail({ reason: "version", detail: `worker ${version}` });
    this.#enter("boot");
    this.#watchdog.stop();
    this.#strategy = way;
    this.#progress = null;
    const files = [...this.#readerFiles].map(([name, content]) => ({ name, content }));
    if (files.length > 0) this.#send({ type: "give", files });
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
        else this.#send(message);
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
  #end({ type, run: number, problem, clues }) {
    const run = this.#of(number);
    if (!run) return;
    this.#enter("end");
    this.#active = null;
    this.#mailbox?.forget();
    run.end(type, problem ?? undefined, clues);
    this.#runNext();
  }

  /** Python is of no more use: everything that waits for it ends, and the next run starts a new one. @param {Failure} failure */
  #fail(failure) {
    const runs = this.#allRuns();
    this.#lose("failure");
    for (const run of runs) run.end("error", failure);
  }

  /** @returns {PendingRun[]} that have not ended; the queue forgets them */
  #allRuns() {
    const waiting = this.#queue;
    this.#queue = [];
    return this.#active ? [this.#active, ...waiting] : waiting;
  }

  /** @param {Loss} reason */
  #lose(reason) {
    if (this.#state === "off") return;
    this.#enter("lose");
    this.#watchdog.stop();
    this.#snapshots.pause();
    this.#worker?.terminate();
    this.#mailbox?.forget();
    this.#reading.cancelAll();
    this.#worker = this.#mailbox = this.#active = this.#progress = null;
    this.#epoch += 1;
    document.dispatchEvent(new CustomEvent("pyrun:restart", { detail: { epoch: this.#epoch, reason } }));
  }

  /** @param {number} run @returns {PendingRun | null} unless it has ended meanwhile */
  #of(run) {
    return this.#active?.request.run === run ? this.#active : null;
  }

  /** @param {ToWorker} message @param {Transferable[]} [transferred] */
  #send(message, transferred = []) {
    this.#worker?.postMessage(message, transferred);
  }
}

/** @type {Map<string, PageInterpreter>} */
const interpreters = new Map();

/**
 * The interpreter of this page for what a cell names.
 * @param {DOMStringMap} dataset of the cell
 */
export function interpreterFor({ pyodide, lock }) {
  const pyodideUrl = assetUrl(pyodide ?? "");
  const lockUrl = lock === undefined ? null : assetUrl(lock);
  const key = `${pyodideUrl} ${lockUrl}`;
  const interpreter = interpreters.get(key) ?? new PageInterpreter(pyodideUrl, lockUrl);
  interpreters.set(key, interpreter);
  return interpreter;
}
