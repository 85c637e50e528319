/** A snapshot that the page is still reading for this worker. */
import { Deferred } from "../../shared/deferred.js";
import { readEntry } from "./entry.js";

/** @typedef {import("../../shared/snapshot_messages.js").SnapshotContent} SnapshotContent */
/** @typedef {import("../../shared/snapshot_messages.js").SnapshotEntry} SnapshotEntry */
/** @typedef {import("./entry.js").Description} Description */

/** The snapshot that Python is to start from. The page sends first its entry, then its files, then its heap. */
export class PendingSnapshot {
  /** @type {Deferred<Description | null>} */
  #entry = new Deferred();
  /** @type {{ files: Deferred<Uint8Array<ArrayBuffer>>, heap: Deferred<Uint8Array<ArrayBuffer>> }} */
  #content = { files: new Deferred(), heap: new Deferred() };

  /** `null` if there is no snapshot. Rejects if it cannot be read. */
  get entry() {
    return this.#entry.promise;
  }

  /** Rejects if they cannot be read. */
  get files() {
    return this.#content.files.promise;
  }

  /** Rejects if it cannot be read. */
  get heap() {
    return this.#content.heap.promise;
  }

  /** @param {SnapshotEntry | SnapshotContent} message */
  receive(message) {
    if (message.type === "snapshot-entry") this.#receiveEntry(message.entry);
    else if (message.part) this.#content[message.part].resolve(message.bytes);
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
    for (const part of Object.values(this.#content)) part.reject(error);
  }
}
