/** A promise that is settled from outside: `Promise.withResolvers` is newer than the oldest Firefox that pyrun supports. */

/** @template Value */
export class Deferred {
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
