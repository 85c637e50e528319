/**
 * The page's end of the two kinds of mailbox, for a Python that blocks and receives no messages. The worker's end is in
 * assets/worker/waiting/mailboxes.js.
 */
import { EMPTY, FULL, HEAD, HEAD_BYTES, PIECE_BYTES } from "../../shared/mailbox_layout.js";

/** @import { Delivery } from "../../shared/mailbox_layout.js" */
/** @import { Urgent } from "../../shared/protocol.js" */

/**
 * `received`: the worker has taken a letter; `forget`: earlier letters are obsolete.
 * @typedef {{ put(message: Urgent): void, received(letter: number): void, forget(): void }} Mailbox
 */

/** A browser may terminate the service worker, which loses its letters. */
const RESEND_EVERY_MS = 1000;

/** Memory that the worker waits on. A letter is put in piece by piece. @implements {Mailbox} */
export class SharedMailbox {
  memory = new SharedArrayBuffer(HEAD_BYTES + PIECE_BYTES);
  #head = new Int32Array(this.memory, 0, HEAD_BYTES / Int32Array.BYTES_PER_ELEMENT);
  #room = new Uint8Array(this.memory, HEAD_BYTES);
  /** @type {{ bytes: Uint8Array, isLast: boolean }[]} */
  #pieces = [];
  #letter = 0;

  /** @param {Urgent} message */
  put(message) {
    const bytes = new TextEncoder().encode(JSON.stringify(message));
    for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
      const end = start + PIECE_BYTES;
      this.#pieces.push({ bytes: bytes.subarray(start, end), isLast: end >= bytes.length });
    }
    this.#fill();
  }

  received() {
    this.#fill();
  }

  /**
   * Does nothing: half a letter would corrupt the next one, and the worker recognises late letters by their numbers.
   */
  forget() {}

  #fill() {
    if (Atomics.load(this.#head, HEAD.state) !== EMPTY) return;
    const piece = this.#pieces.shift();
    if (!piece) return;
    this.#letter += 1;
    this.#room.set(piece.bytes);
    Atomics.store(this.#head, HEAD.letter, this.#letter);
    Atomics.store(this.#head, HEAD.sizeBytes, piece.bytes.length);
    Atomics.store(this.#head, HEAD.isLast, Number(piece.isLast));
    Atomics.store(this.#head, HEAD.state, FULL);
    Atomics.notify(this.#head, HEAD.state);
  }
}

/**
 * The service worker loses its letters when the browser terminates it, so they are sent again until received.
 * @implements {Mailbox}
 */
export class ServiceWorkerMailbox {
  name = crypto.randomUUID(); // exists on secure pages only, as service workers do
  #registration;
  /** @type {Map<number, Urgent>} */
  #letters = new Map();
  #letter = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #resending;

  /** @param {ServiceWorkerRegistration} registration with an active service worker */
  constructor(registration) {
    this.#registration = registration;
  }

  /** @param {Urgent} message */
  put(message) {
    this.#letter += 1;
    this.#letters.set(this.#letter, message);
    this.#send(this.#letter, message);
    this.#resending ??= setInterval(() => {
      for (const [letter, waiting] of this.#letters) this.#send(letter, waiting);
    }, RESEND_EVERY_MS);
  }

  /** @param {number} letter */
  received(letter) {
    this.#letters.delete(letter);
    if (this.#letters.size === 0) this.forget();
  }

  forget() {
    this.#letters.clear();
    clearInterval(this.#resending);
    this.#resending = undefined;
  }

  /** @param {number} letter @param {Urgent} message */
  #send(letter, message) {
    // Read each time, because a new version of the site may have replaced the service worker.
    this.#registration.active?.postMessage(
      /** @satisfies {Delivery} */ ({ to: this.name, letter: { letter, message } }),
    );
  }
}
