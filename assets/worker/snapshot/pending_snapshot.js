/** A snapshot that the page is still reading for this worker. */
import { readEntry } from "./entry.js";

/** @typedef {import("../../shared/protocol.js").SnapshotContent} SnapshotContent */
/** @typedef {import("../../shared/protocol.js").SnapshotEntry} SnapshotEntry */
/** @typedef {import("./entry.js").Entry} Entry */

/** The bytes of a snapshot. @typedef {NonNullable<SnapshotContent["content"]>} Content */

/** The snapshot that Python is to start from. The page sends first its entry, then its content. */
export class PendingSnapshot {
  /** @type {Deferred<Entry | null>} */
  #entry = new Deferred();
  /** @type {Deferred<Content>} */
  #content = new Deferred();

  /** `null` if there is no snapshot. Rejects if it cannot be read. */
  get entry() {
    return this.#entry.promise;
  }

  /** Rejects if it cannot be read. */
  get content() {
    return this.#content.promise;
  }

  /** @param {SnapshotEntry | SnapshotContent} message */
  receive(message) {
    if (message.type === "snapshot-entry") this.#receiveEntry(message.entry);
    else if (message.content) this.#content.resolve(message.content);
    else this.#fail(new Error("the snapshot could not be read"));
  }

  /** @param {Uint8Array<ArrayBuffer> | null} entry */
  #receiveEntry(entry) {
    try {
      this.#entry.resolve(entry && readEntry(entry));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#entry.reject(error); // has no effect after it was resolved
    this.#content.reject(error);
  }
}

/** @template Value */
class Deferred {
  /** @type {(value: Value) => void} */
  resolve = () => {};
  /** @type {(error: unknown) => void} */
  reject = () => {};

  constructor() {
    /** @type {Promise<Value>} */
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.promise.catch(() => {}); // reported to those who await it
  }
}
