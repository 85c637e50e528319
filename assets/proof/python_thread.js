/** A thread with Python in it, as a proof starts, addresses and ends it: what `python_connection.js` is in a page. */
import { MessageChannel, Worker } from "node:worker_threads";
import { SharedMailbox } from "../page/interpreter/mailboxes.js";
import { isStartReport, readMessage } from "../page/interpreter/worker_messages.js";
import { reasonOf } from "../shared/errors.js";

/** @import { Answer, FromWorker, Modules, Ready, Start, WaitStrategy } from "../shared/protocol.js" */
/** @import { Pieces, Saved } from "../shared/snapshot_messages.js" */
/** @import { ToWorker, WorkerData } from "../shared/protocol.js" */
/** @import { SiteFolder } from "./site_folder.js" */

/** What every thread is made of. @typedef {{ site: SiteFolder, laneUrl: URL, script: string, mostBytes: number }} Making */

/** A snapshot: the parts of `SnapshotParts`. @typedef {{ entry: Uint8Array, files: Uint8Array, heap: Uint8Array }} Snapshot */

/** Of V8's own heap, which examples can fill through JavaScript. Python's memory is not in it. */
const MOST_JAVASCRIPT_MB = 512;

/**
 * `said`: a message of a run, or of code that forged one; `died`: the thread is gone, or Python is, with the reason.
 * @typedef {{ said(message: WorkerData): void, died(reason: string): void }} Listener
 */

/** @param {any} message @returns {message is Saved} */
const isSaved = (message) => message?.type === "saved";

/** One Python, from its start to its end. */
export class PythonThread {
  #making;
  #thread;
  #mailbox = new SharedMailbox();
  /** @type {Listener | null} */
  #listener = null;
  /** @type {string | null} */
  #death = null;
  /** What the thread says before it is ready. @type {(message: unknown) => void} */
  #early = () => {};

  /** @param {Making} making */
  constructor(making) {
    const { site, laneUrl, script, mostBytes } = making;
    this.#making = making;
    this.#thread = new Worker(laneUrl, {
      env: {},
      argv: [],
      stdin: false,
      stdout: true, // what Node says there must not get between the records
      stderr: true,
      workerData: { url: site.workerUrl, script, mostBytes },
      resourceLimits: { maxOldGenerationSizeMb: MOST_JAVASCRIPT_MB },
    });
    for (const stream of [this.#thread.stdout, this.#thread.stderr]) stream.resume();
    this.#thread.on("message", (message) => this.#hear(message));
    this.#thread.on("messageerror", () => {});
    this.#thread.on("error", (error) => this.#die(reasonOf(error)));
    this.#thread.on("exit", (status) => this.#die(`its thread ended with the status ${status}`));
  }

  /** It blocks its thread: not every Node can suspend Python. @type {WaitStrategy} */
  strategy = "shared";

  get waiting() {
    return /** @type {const} */ ({ strategy: "shared", mailbox: this.#mailbox.memory });
  }

  /**
   * @param {Start} start
   * @param {Modules} modules WebAssembly that is compiled already
   * @param {Snapshot | null} snapshot
   * @returns {Promise<Ready>}
   * @throws {Error} Python does not start
   */
  async boot(start, modules, snapshot) {
    const { site } = this.#making;
    const report = this.#first(isStartReport);
    this.#send({ ...start, type: "boot", modules }, [this.#openFiles()]);
    void site.core().then((message) => this.#send(message));
    if (start.key !== null) this.#sendSnapshot(snapshot);
    const said = await report;
    if (said.type === "failed") throw new Error(said.detail);
    return said;
  }

  /**
   * Makes a snapshot of a Python that has started so.
   * @param {Start} start
   * @param {Modules} modules
   * @returns {Promise<Snapshot>}
   * @throws {Error} it cannot be made
   */
  async save(start, modules) {
    const saved = this.#first(isSaved);
    this.#send({ ...start, type: "save", modules, unpacked: null }, [this.#openFiles()]);
    const answer = await saved;
    if (answer.snapshot === null) throw new Error(answer.problem);
    const joined = (/** @type {Pieces} */ pieces) => new Uint8Array(Buffer.concat(pieces));
    const { entry, files, heap } = answer.snapshot;
    return { entry: joined(entry), files: joined(files), heap: joined(heap) };
  }

  /** From now on this hears everything, also of a death that was before. @param {Listener} listener */
  listen(listener) {
    this.#listener = listener;
    if (this.#death !== null) listener.died(this.#death);
  }

  /** @param {ToWorker} message */
  send(message) {
    this.#send(message);
  }

  /** @param {Answer} answer */
  answer(answer) {
    this.#mailbox.put(answer);
  }

  /** Python looks into the mailbox while it blocks; while it awaits something, the worker receives messages. @param {number} run */
  stop(run) {
    this.#send({ type: "stop", run });
    this.#mailbox.put({ type: "stop", run });
  }

  /** Ends Python and its thread. @returns {Promise<unknown>} */
  close() {
    this.#listener = null;
    this.#early = () => {};
    return this.#thread.terminate();
  }

  /** A channel to the files of the site. */
  #openFiles() {
    const { port1, port2 } = new MessageChannel();
    this.#making.site.serve(port1);
    port1.unref();
    return port2;
  }

  /** @param {Snapshot | null} snapshot of which the thread gets a copy */
  #sendSnapshot(snapshot) {
    this.#send({ type: "snapshot-entry", entry: snapshot && new Uint8Array(snapshot.entry) });
    if (snapshot === null) return;
    for (const part of /** @type {const} */ (["files", "heap"])) {
      const bytes = new Uint8Array(snapshot[part]);
      this.#send({ type: "snapshot-content", part, bytes }, [bytes.buffer]);
    }
  }

  /** @param {ToWorker} message @param {any[]} [transferred] */
  #send(message, transferred = []) {
    const ports = transferred.filter((each) => !(each instanceof ArrayBuffer));
    this.#thread.postMessage({ message, ports }, transferred);
  }

  /**
   * The first message of a kind.
   * @template {FromWorker | Saved} Message
   * @param {(message: any) => message is Message} isMeant
   * @returns {Promise<Message>}
   */
  #first(isMeant) {
    return new Promise((resolve, reject) => {
      this.#early = (message) => {
        if (isMeant(message)) {
          this.#early = () => {};
          resolve(message);
        }
      };
      this.listen({ said: () => {}, died: (reason) => reject(new Error(reason)) });
    });
  }

  /** @param {unknown} message */
  #hear(message) {
    this.#early(message);
    const data = readMessage(message);
    if (data === null) return;
    if (data.type === "received") this.#mailbox.received();
    else if (data.type === "crashed") this.#die(data.detail);
    else this.#listener?.said(data);
  }

  /** @param {string} reason */
  #die(reason) {
    if (this.#death !== null) return;
    this.#death = reason;
    this.#listener?.died(reason);
  }
}
