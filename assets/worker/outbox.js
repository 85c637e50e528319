/** @typedef {import("../protocol.js").FromWorker} FromWorker */
/** @typedef {import("../protocol.js").Stream} Stream */
/** @typedef {import("../protocol.js").Chunk} Chunk */

/** Messages to the page. Output is collected until it is sent, so that one message carries many writes. */
export class Outbox {
  /** @type {Chunk[]} */
  #chunks = [];
  /** The run that output belongs to: what a finished run still writes is its own until the next begins. */
  #run = 0;
  #post;

  /** @param {(message: FromWorker) => void} post */
  constructor(post) {
    this.#post = post;
  }

  /** @param {number} run */
  begin(run) {
    this.send();
    this.#run = run;
  }

  /** @param {Stream} stream @param {string} text */
  write(stream, text) {
    const last = this.#chunks.at(-1);
    if (last?.stream === stream) last.text += text;
    else this.#chunks.push({ stream, text });
  }

  /** Sends the output that was collected. */
  send() {
    if (this.#chunks.length === 0) return;
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#post({ type: "output", run: this.#run, chunks });
  }

  /** Sends a message after the output that came before it. @param {FromWorker} message */
  post(message) {
    this.send();
    this.#post(message);
  }
}
