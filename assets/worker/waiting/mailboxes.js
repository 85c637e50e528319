/**
 * The worker's end of the two kinds of mailbox. Both block the thread until a letter arrives or the time is over. The page's
 * end is assets/page/interpreter/mailboxes.js.
 */
import { EMPTY, FULL, HEAD, HEAD_BYTES, LETTERS_PATH, LONGEST_WAIT_MS } from "../../shared/mailbox_layout.js";

/** @typedef {import("../../shared/protocol.js").Urgent} Urgent */
/** @typedef {import("../../shared/mailbox_layout.js").Letter} Letter */

/**
 * `receive` blocks for at most this many milliseconds, which may be `Infinity`. `pollEveryMs` is how often a busy Python
 * should poll, because polling costs time.
 * @typedef {{ receive(waitMs: number): Urgent[], pollEveryMs: number }} Mailbox
 */

/** A request costs 1 ms in WebKit and 4 ms in Chromium: at this pace that is 2 % of the running time at most. */
const POLL_BY_REQUEST_EVERY_MS = 200;

/** How long requests may fail: the browser may be restarting the service worker. */
const FAILING_MS = 5000;

/** The pause after the first failure. Each one after it is twice as long, to relieve a busy machine. */
const FIRST_PAUSE_MS = 5;

/** Memory that the page writes to; see shared/mailbox_layout.js. @implements {Mailbox} */
export class SharedMailbox {
  pollEveryMs = 0;
  #head;
  #piece;
  #received;
  #decoder = new TextDecoder();
  /** A letter whose last piece has not arrived. */
  #text = "";

  /** @param {SharedArrayBuffer} memory @param {(letter: number) => void} received tells the page that the mailbox is free again */
  constructor(memory, received) {
    this.#head = new Int32Array(memory, 0, HEAD_BYTES / Int32Array.BYTES_PER_ELEMENT);
    this.#piece = new Uint8Array(memory, HEAD_BYTES);
    this.#received = received;
  }

  /** @param {number} waitMs @returns {Urgent[]} */
  receive(waitMs) {
    const deadline = performance.now() + waitMs;
    for (;;) {
      const left = Math.max(0, deadline - performance.now());
      if (Atomics.load(this.#head, HEAD.state) === EMPTY) {
        if (left === 0 || Atomics.wait(this.#head, HEAD.state, EMPTY, left) === "timed-out") return [];
      }
      if (Atomics.load(this.#head, HEAD.state) !== FULL) continue;
      const message = this.#take();
      if (message) return [message];
    }
  }

  /** Takes a piece. @returns {Urgent | null} the letter, if this was its last */
  #take() {
    const letter = Atomics.load(this.#head, HEAD.letter);
    const isLast = Atomics.load(this.#head, HEAD.isLast) === 1;
    const piece = this.#piece.slice(0, Atomics.load(this.#head, HEAD.sizeBytes));
    Atomics.store(this.#head, HEAD.state, EMPTY);
    this.#received(letter);
    this.#text += this.#decoder.decode(piece, { stream: !isLast });
    if (!isLast) return null;
    const text = this.#text;
    this.#text = "";
    return JSON.parse(text);
  }
}

/** Requests that the service worker answers. @implements {Mailbox} */
class RequestedMailbox {
  pollEveryMs = POLL_BY_REQUEST_EVERY_MS;
  #name;
  #received;
  #lastLetter = 0;

  /** @param {string} name @param {(letter: number) => void} received tells the page not to send it again */
  constructor(name, received) {
    this.#name = name;
    this.#received = received;
  }

  /**
   * @param {number} waitMs
   * @returns {Urgent[]}
   * @throws {Error} the service worker does not answer
   */
  receive(waitMs) {
    let failingSince = 0;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs *= 2) {
      try {
        return this.#request(Math.min(waitMs, LONGEST_WAIT_MS));
      } catch (error) {
        failingSince ||= performance.now();
        if (performance.now() - failingSince > FAILING_MS) throw error;
        block(pauseMs);
      }
    }
  }

  /** @param {number} waitMs @returns {Urgent[]} */
  #request(waitMs) {
    const url = new URL(`./${LETTERS_PATH}`, self.location.href);
    url.search = String(new URLSearchParams({ to: this.#name, wait: String(Math.ceil(waitMs)) }));
    const request = new XMLHttpRequest();
    request.open("GET", url, false);
    request.send();
    // Without a service worker, the site's server answers 404.
    if (request.status !== 200) throw new Error(`the service worker did not answer (${request.status})`);
    const letters = /** @type {Letter[]} */ (JSON.parse(request.responseText));
    const fresh = letters.filter(({ letter }) => letter > this.#lastLetter);
    for (const { letter } of letters) {
      this.#lastLetter = Math.max(this.#lastLetter, letter);
      this.#received(letter);
    }
    return fresh.map(({ message }) => message);
  }
}

/** Blocks the thread by a busy loop: nothing here could be waited on. @param {number} ms */
function block(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/**
 * @param {import("../../shared/protocol.js").Waiting} waiting
 * @param {(letter: number) => void} received
 * @returns {Mailbox | null} `null` if Python does not block
 */
export function openMailbox(waiting, received) {
  switch (waiting.strategy) {
    case "shared":
      return new SharedMailbox(waiting.mailbox, received);
    case "service-worker":
      return new RequestedMailbox(waiting.mailbox, received);
    default:
      return null;
  }
}
