/**
 * Promises that Python is suspended on, and that Stop ends at once: a sleep, a line from the reader. And the moment
 * in which a busy Python lets this worker's event loop hear of a Stop at all.
 */
export class Waits {
  #stopped = false;
  #breathing = 0;
  /** @type {Set<() => void>} */
  #aborts = new Set();

  /** A new run begins: nobody has asked to stop it. */
  reset() {
    this.#stopped = false;
  }

  get stopRequested() {
    return this.#stopped;
  }

  /** Ends every wait. @returns {boolean} whether Python was waiting here, and so learns of the Stop by itself */
  stop() {
    this.#stopped = true;
    const noticed = this.#breathing > 0 || this.#aborts.size > 0;
    for (const abort of [...this.#aborts]) abort();
    return noticed;
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

  /** @param {number} seconds */
  async sleep(seconds) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    await this.until((resolve) => {
      timer = setTimeout(resolve, seconds * 1000, true);
    });
    clearTimeout(timer);
  }

  /**
   * Lets messages in. A message channel, because timers are throttled and this must take microseconds.
   * @returns {Promise<void>}
   */
  async breathe() {
    this.#breathing += 1;
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
    this.#breathing -= 1;
  }
}
