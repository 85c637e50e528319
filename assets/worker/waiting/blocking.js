/** How Python waits: by suspending its stack, by blocking the thread, or not at all. */

/** @typedef {import("./mailboxes.js").Mailbox} Mailbox */
/** @typedef {import("../../shared/protocol.js").Urgent} Urgent */

/**
 * Waits that Stop ends at once: for time to pass, for a line from the reader, for packages. Python itself waits through a
 * `Waiter`, which gives it promises where the browser can suspend it.
 */
export class StoppableWaits {
  #stopped = false;
  #polling = 0;
  /** @type {Set<() => void>} */
  #aborts = new Set();

  /** A new run begins. Waits that tasks of an earlier run left behind end. */
  reset() {
    this.#abort();
    this.#stopped = false;
  }

  get stopRequested() {
    return this.#stopped;
  }

  /** Ends every wait. @returns {boolean} whether Python was waiting or polling, and so learns of the Stop by itself */
  stop() {
    this.#stopped = true;
    const noticed = this.#polling > 0 || this.#aborts.size > 0;
    this.#abort();
    return noticed;
  }

  #abort() {
    for (const abort of [...this.#aborts]) abort();
  }

  /**
   * Waits for a value, or for Stop, after which it is `undefined`: that is Python's None, and `null` is not.
   * @template T
   * @param {(resolve: (value: T) => void, reject: (reason: unknown) => void) => void} begin
   * @returns {Promise<T | undefined>}
   */
  async waitFor(begin) {
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

  /** Marks that a busy Python polls for messages while this runs. @template T @param {() => T} poll */
  whilePolling(poll) {
    this.#polling += 1;
    const end = () => {
      this.#polling -= 1;
    };
    try {
      const result = poll();
      if (result instanceof Promise) return result.finally(end);
      end();
      return result;
    } catch (error) {
      end();
      throw error;
    }
  }
}

/** Shows the prompt. @typedef {(resolve: (line: string | undefined) => void) => void} AskReader */

/** The answer: `undefined` at the end of the input and after Stop, `false` if there was none in time. @typedef {string | false | undefined} Line */

/**
 * How Python waits. It gets a promise to be suspended on, or the value itself from a call that has blocked.
 * @typedef {{
 *   sleep(seconds: number): Promise<unknown> | undefined,
 *   readLine(ask: AskReader, seconds?: number): Promise<Line> | Line,
 *   pollMessages(): Promise<unknown> | undefined,
 * }} Waiter
 */

/** Python is suspended, and this worker's event loop goes on. @implements {Waiter} */
class SuspendingWaiter {
  #waits;
  /** @type {Promise<unknown>} */
  #lastLine = Promise.resolve();

  /** @param {StoppableWaits} waits */
  constructor(waits) {
    this.#waits = waits;
  }

  /** @param {number} seconds */
  async sleep(seconds) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    await this.#waits.waitFor((resolve) => {
      timer = setTimeout(resolve, seconds * 1000, true);
    });
    clearTimeout(timer);
  }

  /**
   * Prompts of several tasks follow each other: the page shows one at a time.
   * @param {AskReader} ask
   * @param {number} [seconds] to wait at most
   */
  readLine(ask, seconds) {
    const line = this.#lastLine.then(() => this.#waitForLine(ask, seconds));
    this.#lastLine = line;
    return line;
  }

  /** @param {AskReader} ask @param {number | undefined} seconds @returns {Promise<Line>} */
  async #waitForLine(ask, seconds) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const line = await this.#waits.waitFor((/** @type {(line: Line) => void} */ resolve) => {
      if (seconds !== undefined) timer = setTimeout(resolve, seconds * 1000, false);
      ask(resolve);
    });
    clearTimeout(timer);
    return line;
  }

  /** Lets messages in. A message channel takes microseconds, while browsers throttle timers. */
  pollMessages() {
    return this.#waits.whilePolling(
      () =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = resolve;
          port2.postMessage(null);
        }),
    );
  }
}

/** The thread blocks, and urgent messages come as letters. @implements {Waiter} */
class BlockingWaiter {
  #waits;
  #mailbox;
  #handle;
  #polledAt = 0;

  /** @param {StoppableWaits} waits @param {Mailbox} mailbox @param {(message: Urgent) => void} handle */
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

  /** @param {AskReader} ask @param {number} [seconds] to wait at most @returns {Line} */
  readLine(ask, seconds = Number.POSITIVE_INFINITY) {
    /** @type {string | undefined} */
    let line;
    let answered = false;
    ask((text) => {
      line = text;
      answered = true;
    });
    const deadline = performance.now() + seconds * 1000;
    while (!answered && !this.#waits.stopRequested) {
      const left = deadline - performance.now();
      if (left <= 0) return false;
      this.#receive(left);
    }
    return line;
  }

  pollMessages() {
    const now = performance.now();
    if (now - this.#polledAt < this.#mailbox.pollEveryMs) return undefined;
    this.#polledAt = now;
    try {
      this.#receive(0);
    } catch {
      // The service worker is gone. From now on Stop costs the interpreter, and the next wait reports why.
    }
    return undefined;
  }

  /** @param {number} waitMs */
  #receive(waitMs) {
    this.#waits.whilePolling(() => {
      for (const message of this.#mailbox.receive(waitMs)) this.#handle(message);
    });
  }
}

/**
 * @param {StoppableWaits} waits
 * @param {Mailbox | null} mailbox
 * @param {(message: Urgent) => void} handle
 * @returns {Waiter}
 */
export function waiterFor(waits, mailbox, handle) {
  return mailbox ? new BlockingWaiter(waits, mailbox, handle) : new SuspendingWaiter(waits);
}
