/** Changes that a run makes in the page, held back until it shows something. */

/**
 * If a run has output or ends within this time, its begin is not shown separately. Clearing the previous output for
 * such a short time would flicker, and the additional layout would delay the new output.
 */
const MS_UNTIL_SHOWN = 30;

/** Changes that the begin of a run makes in the page. They are made together with the first output, or soon. */
export class DeferredUpdates {
  /** @type {(() => void)[]} */
  #changes = [];
  /** @type {ReturnType<typeof setTimeout> | null} */
  #timer = null;

  /** @param {() => void} change made after the earlier ones */
  add(change) {
    this.#changes.push(change);
    this.#timer ??= setTimeout(() => this.flush(), MS_UNTIL_SHOWN);
  }

  /** Makes them now, because something follows them in the page. */
  flush() {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const changes = this.#changes;
    this.#changes = [];
    for (const change of changes) change();
  }
}
