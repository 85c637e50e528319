/** What a reader has entered in consoles, for the arrow keys. It is kept as long as the page, and stored nowhere. */

/** Entries of all consoles, oldest first. @type {string[]} */
const entries = [];

/** Remembers an entry. @param {string} text */
export function remember(text) {
  const entry = text.trimEnd();
  if (entry !== "" && entry !== entries.at(-1)) entries.push(entry);
}

/**
 * The newest entry that contains a text.
 * @param {string} text
 * @param {number} [before] only entries before this position are looked at
 * @returns {{ entry: string, position: number } | null}
 */
export function findEntry(text, before = entries.length) {
  const position = entries.slice(0, before).findLastIndex((entry) => entry.includes(text));
  return position < 0 ? null : { entry: /** @type {string} */ (entries[position]), position };
}

/** One walk through the history. What had been typed before it began comes back at its end. */
export class HistoryWalk {
  /** The entry that is shown; the number of entries for what was typed. */
  #position = entries.length;
  #typed;

  /** @param {string} typed only entries that begin with it are met */
  constructor(typed) {
    this.#typed = typed;
  }

  /** @returns {string | null} an older entry, `null` if there is none */
  back() {
    return this.#step(-1);
  }

  /** @returns {string | null} a newer entry, or what was typed; `null` if that is shown */
  forward() {
    return this.#step(1);
  }

  /** @param {1 | -1} step */
  #step(step) {
    const shown = entries[this.#position];
    for (let at = this.#position + step; at >= 0 && at <= entries.length; at += step) {
      const entry = entries[at] ?? this.#typed;
      if (at < entries.length && (!entry.startsWith(this.#typed) || entry === shown)) continue;
      this.#position = at;
      return entry;
    }
    return null;
  }
}
