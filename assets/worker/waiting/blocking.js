/** @typedef {import("./mailboxes.js").Mailbox} Mailbox */
/** @typedef {import("../../shared/protocol.js").Urgent} Urgent */

/**
 * What is waited for and ends at once with Stop: a sleep, a line from the reader, packages. And the moment in which a
 * busy Python lets this worker hear of a Stop at all.
 *
 * Python itself waits through `forPython`: it gets promises where the browser can suspend it.
 */
export class Waits {
  #stopped = false;
  #breathing = 0;
  /** @type {Set<() => void>} */
  #aborts = new Set();

  /** A new run begins: nobody has asked to stop it, and what a task of an earlier one still waits for has no place. */
  reset() {
    this.#abort();
    this.#stopped = false;
  }

  get stopRequested() {
    return this.#stopped;
  }

  /** Ends every wait. @returns {boolean} whether Python was waiting here, and so learns of the Stop by itself */
  stop() {
    this.#stopped = true;
    const noticed = this.#breathing > 0 || this.#aborts.size > 0;
    this.#abort();
    return noticed;
  }

  #abort() {
    for (const abort of [...this.#aborts]) abort();
  }

  /**
   * Waits for a value that somebody brings, or for Stop, which brings `undefined`: Python's None, which null is not.
   * @template T
   * @param {(resolve: (value: T) => void, reject: (reason: unknown) => void) => void} begin
   * @returns {Promise<T | undefined>}
   */
  async until(begin) {
    if (this.#stopped) return undefined;
    /** @type {() => void} */
    let abort = () => {};
    try {
      return await new Promise((resolve, reject) => {
        abort = () => resolve(undefined);
        this.#aborts.add(abort);
        begin(resolve, reject);
      });
    } finally {
      this.#aborts.delete(abort);
    }
  }

  /** Marks that Python is busy and listens while this goes on. @template T @param {() => T} listen */
  listening(listen) {
    this.#breathing += 1;
    const heard = () => {
      this.#breathing -= 1;
    };
    try {
      const result = listen();
      if (result instanceof Promise) return result.finally(heard);
      heard();
      return result;
    } catch (error) {
      heard();
      throw error;
    }
  }
}

/** @typedef {(resolve: (line: string | undefined) => void) => void} Asking */

/**
 * How Python waits; what it gets is a promise to be suspended on, or nothing where this has blocked it.
 * @typedef {{
 *   sleep(seconds: number): Promise<unknown> | undefined,
 *   line(ask: Asking): Promise<string | undefined> | string | undefined,
 *   breathe(): Promise<unknown> | undefined,
 * }} PythonWaits
 */

/** Python is suspended, and this worker's event loop goes on. @implements {PythonWaits} */
export class SuspendingWaits {
  #waits;
  /** @type {Promise<unknown>} */
  #lastLine = Promise.resolve();

  /** @param {Waits} waits */
  constructor(waits) {
    this.#waits = waits;
  }

  /** @param {number} seconds */
  async sleep(seconds) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    await this.#waits.until((resolve) => {
      timer = setTimeout(resolve, seconds * 1000, true);
    });
    clearTimeout(timer);
  }

  /** Two tasks may ask at once, and the reader has one keyboard: one after the other. @param {Asking} ask */
  line(ask) {
    const line = this.#lastLine.then(() => this.#waits.until(ask));
    this.#lastLine = line;
    return line;
  }

  /** Lets messages in. A message channel, because timers are throttled and this must take microseconds. */
  breathe() {
    return this.#waits.listening(
      () =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = resolve;
          port2.postMessage(null);
        }),
    );
  }
}

/** The thread blocks, and what is urgent comes as letters. @implements {PythonWaits} */
export class BlockingWaits {
  #waits;
  #mailbox;
  #handle;
  #polledAt = 0;

  /** @param {Waits} waits @param {Mailbox} mailbox @param {(message: Urgent) => void} handle */
  constructor(waits, mailbox, handle) {
    this.#waits = waits;
    this.#mailbox = mailbox;
    this.#handle = handle;
  }

  /** @param {number} seconds */
  sleep(seconds) {
    const deadline = performance.now() + seconds * 1000;
    for (
      let left = seconds * 1000;
      left > 0 && !this.#waits.stopRequested;
      left = deadline - performance.now()
    ) {
      this.#receive(left);
    }
    return undefined;
  }

  /** @param {Asking} ask @returns {string | undefined} */
  line(ask) {
    /** @type {string | undefined} */
    let line;
    let answered = false;
    ask((text) => {
      line = text;
      answered = true;
    });
    while (!answered && !this.#waits.stopRequested) this.#receive(Number.POSITIVE_INFINITY);
    return line;
  }

  breathe() {
    const now = performance.now();
    if (now - this.#polledAt < this.#mailbox.pollEveryMs) return undefined;
    this.#polledAt = now;
    try {
      this.#receive(0);
    } catch {
      // The service worker is gone: Stop costs the interpreter from now on, and whatever waits next says why.
    }
    return undefined;
  }

  /** @param {number} waitMs */
  #receive(waitMs) {
    this.#waits.listening(() => {
      for (const message of this.#mailbox.receive(waitMs)) this.#handle(message);
    });
  }
}

/**
 * @param {Waits} waits
 * @param {Mailbox | null} mailbox
 * @param {(message: Urgent) => void} handle
 * @returns {PythonWaits}
 */
export function forPython(waits, mailbox, handle) {
  return mailbox ? new BlockingWaits(waits, mailbox, handle) : new SuspendingWaits(waits);
}
