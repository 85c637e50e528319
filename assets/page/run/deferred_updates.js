/**
 * A run that has output within this time, or ends, is not shown to have begun before. What is left of the run before it
 * would go for so short a time that readers see the page flicker, and laying out the page keeps the output waiting.
 */
const MS_UNTIL_SHOWN = 30;

/** What a run that begins changes in the page, until it is shown: with the output, or soon. */
export class DeferredUpdates {
  /** @type {(() => void)[]} */
  #changes = [];
  /** @type {ReturnType<typeof setTimeout> | null} */
  #timer = null;

  /** @param {() => void} change made after those before it */
  add(change) {
    this.#changes.push(change);
    this.#timer ??= setTimeout(() => this.flush(), MS_UNTIL_SHOWN);
  }

  /** Makes them now: something comes that stands in the page after them. */
  flush() {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const changes = this.#changes;
    this.#changes = [];
    for (const change of changes) change();
  }
}
