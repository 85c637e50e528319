/** The worker in which the page's Python starts and runs, and the mailbox that reaches it while it blocks. */
import { PythonWorker } from "./python_worker.js";
import { sendSnapshot } from "./snapshot_reader.js";
import { isStartReport, readMessage } from "./worker_messages.js";

/** @import { Answer, FromWorker, Modules, Start, StartReport } from "../../shared/protocol.js" */
/** @import { StopRequest, ToWorker, WorkerData } from "../../shared/protocol.js" */
/** @import { Isolated } from "./isolation.js" */
/** @import { Mailbox } from "./mailboxes.js" */
/** @import { KeptSnapshot } from "./snapshot_reader.js" */

/**
 * What the page keeps of earlier workers: WebAssembly that they have compiled, and a snapshot.
 * @typedef {{ modules: Modules, memory: KeptSnapshot | null }} Kept
 */

/**
 * What a Python reports. `started` is called once, with the only message that can be believed; `failed`: the worker could
 * not be loaded, or has thrown an error.
 * @typedef {{ started(report: StartReport): void, said(message: WorkerData): void, failed(detail: string): void }} Listener
 */

/** One Python, from its start to its end. */
export class PythonConnection {
  #mailbox;
  #files;
  #hasStarted = false;
  /** @type {PythonWorker<ToWorker, FromWorker>} */
  #worker;

  /**
   * @param {Start} start
   * @param {Mailbox | null} mailbox
   * @param {Kept} kept
   * @param {Isolated | null} isolated where the worker belongs to no site
   * @param {Listener} listener
   * @throws {Error} no worker may start here
   */
  constructor(start, mailbox, { modules, memory }, isolated, listener) {
    this.start = start;
    this.#mailbox = mailbox;
    this.#files = isolated?.files ?? null;
    const hear = (/** @type {FromWorker} */ message) => this.#hear(message, listener);
    this.#worker = new PythonWorker("pyrun", hear, listener.failed, isolated?.script);
    this.#worker.send({ ...start, type: "boot", modules }, this.#files ? [this.#files.port] : []);
    void this.#files?.core?.then((message) => this.send(message));
    if (start.key === null) return;
    void sendSnapshot(start.key, memory, (message, transferred) => this.#worker.send(message, transferred));
  }

  /** @param {FromWorker} message @param {Listener} listener */
  #hear(message, listener) {
    if (!this.#hasStarted && isStartReport(message)) {
      this.#hasStarted = true;
      return listener.started(message);
    }
    const data = readMessage(message);
    if (data) listener.said(data);
  }

  /** @param {ToWorker} message */
  send(message) {
    this.#worker.send(message);
  }

  /** @param {Answer} answer */
  answer(answer) {
    if (this.#mailbox) this.#mailbox.put(answer);
    else this.#worker.send(answer);
  }

  /** @param {StopRequest} request */
  stop(request) {
    // A Python that blocks looks into the mailbox; one that awaits something lets the worker receive messages.
    this.#worker.send(request);
    this.#mailbox?.put(request);
  }

  /** @param {number} letter that the worker has taken */
  received(letter) {
    this.#mailbox?.received(letter);
  }

  /** A run has ended: its letters are obsolete. */
  forget() {
    this.#mailbox?.forget();
  }

  /** Ends Python. */
  close() {
    this.#worker.close();
    this.#files?.close();
    this.forget();
  }
}
