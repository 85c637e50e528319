/** Keeps the settlement of the site up to date: first an old copy, then the fresh one, and a newer one after a failure. */
import { describeStatus, reasonOf } from "../../shared/errors.js";
import { NOTHING_IS_OFF, OffSwitch } from "./off_switch.js";
import { Settlement } from "./settlement.js";

/** @import { Answers, SettlementRequests } from "./request_settlement.js" */

/** Answers that say that the file does not exist. */
const MISSING = new Set([404, 410]);

/** How long a fresh settlement counts as fresh, between its request and the first run. */
const LONGEST_AGE_MS = 5_000;

/** How long runs wait for the fresh settlement where there is a copy. The reader watches "Loading" meanwhile. */
const PATIENCE_MS = 5_000;

/** There is no settlement. `reason` selects the message: it could not be fetched, or the site has no valid one. */
export class SettlementError extends Error {
  /** @param {"download" | "settlement"} reason @param {string} detail */
  constructor(reason, detail) {
    super(detail);
    this.reason = reason;
  }
}

/** The settlement of the site, and its changes. */
export class SiteSettlement {
  #request;
  #url;
  #offUrl;
  /** Possibly old. @type {Promise<Settlement>} */
  #copy;
  /** Requested together with the copy, until it is read. @type {Promise<Answers> | null} */
  #requested;
  #requestedAt = Date.now();
  /** @type {Promise<Settlement> | null} */
  #fresh = null;
  /** @type {Settlement | null} */
  #current = null;
  #isFresh = false;
  /** The page that the reader was on last. @type {string | null} */
  #path = null;

  /** @param {SettlementRequests} requests */
  constructor({ base, copy, fresh, request }) {
    this.#request = request;
    this.#url = new URL("settlement.json", base).href;
    this.#offUrl = new URL("off.json", base).href;
    this.#copy = this.#read(copy, null);
    this.#copy.catch(() => {}); // reported to those who await it
    this.#requested = fresh;
  }

  /** The latest one; `null` before any has arrived. */
  get current() {
    return this.#current;
  }

  /** Whether the current one is fresh, so that code may run with it. */
  get isFresh() {
    return this.#isFresh;
  }

  /**
   * Waits for one that Python may start with: the first to arrive, unless it is a copy that switches the page off.
   * @param {string} page its URL
   * @throws {Error} there is none; `fresh` says why
   */
  async early(page) {
    const first = await Promise.any([this.#copy, this.fresh()]);
    this.#current ??= first;
    if (this.#current.whyOff(page) !== null) await this.fresh();
  }

  /**
   * The fresh one; the copy if the network fails or is slow. After a failure, the next call requests it again.
   * @returns {Promise<Settlement>}
   * @throws {SettlementError}
   */
  fresh() {
    if (Date.now() - this.#requestedAt > LONGEST_AGE_MS) this.#requested = null;
    this.#fresh ??= this.#becomeFresh(this.#requested ?? this.#request("no-cache"));
    return this.#fresh;
  }

  /** The reader is on this page: after instant navigation, the settlement is compared again. @param {string} path */
  visit(path) {
    if (this.#path !== null && this.#path !== path) void this.refresh();
    this.#path = path;
  }

  /** Requests a newer one in the background, for the next run. */
  async refresh() {
    const previous = this.#current;
    if (!this.#isFresh) return; // a request is under way, or the next run makes one
    const newer = await this.#read(this.#request("no-cache"), this.#copy).catch(() => previous);
    if (this.#current === previous) this.#current = newer;
  }

  /**
   * Requests it once more, past all caches.
   * @returns {Promise<boolean>} whether another one has arrived
   */
  async renew() {
    const previous = this.#current;
    this.#isFresh = false;
    this.#fresh = this.#replace();
    await this.#fresh.catch(() => {});
    return this.#current?.text !== previous?.text;
  }

  /** @param {Promise<Answers>} answers */
  async #becomeFresh(answers) {
    this.#requested = null;
    const fresh = this.#read(answers, this.#copy);
    try {
      const current = await firstOf(fresh, this.#copy);
      this.#current = current;
      const replace = (/** @type {Settlement} */ late) => {
        if (this.#current === current) this.#current = late; // for the next run
      };
      fresh.then(replace, () => {});
    } catch (error) {
      const isOffline = error instanceof SettlementError && error.reason === "download";
      const copy = isOffline ? await this.#copy.catch(() => null) : null;
      if (copy === null) {
        this.#fresh = null;
        throw error;
      }
      this.#current = copy;
    }
    this.#isFresh = true;
    return this.#current;
  }

  /** Replaces the current one, or keeps it if there is no other. */
  async #replace() {
    const newer = await this.#read(this.#request("reload", `?t=${Date.now()}`), this.#copy).catch(() => null);
    if (newer === null && this.#current === null) return this.#becomeFresh(this.#request("no-cache"));
    this.#current = newer ?? /** @type {Settlement} */ (this.#current);
    this.#isFresh = true;
    return this.#current;
  }

  /**
   * @param {Promise<Answers>} answers
   * @param {Promise<Settlement> | null} earlier whose off switch applies if there is no answer about a newer one
   * @returns {Promise<Settlement>}
   * @throws {SettlementError}
   */
  async #read(answers, earlier) {
    const [settlement, off] = await answers;
    const text = this.#textOf(settlement);
    const offSwitch = this.#offSwitchOf(off) ?? (await this.#offSwitchBefore(earlier));
    try {
      return new Settlement(text, this.#url, offSwitch);
    } catch (error) {
      throw new SettlementError("settlement", `${this.#url}: ${reasonOf(error)}`);
    }
  }

  /** @param {Answers[number] | undefined} result @returns {string} @throws {SettlementError} */
  #textOf(result) {
    if (result?.status !== "fulfilled")
      throw new SettlementError("download", `${this.#url}: ${reasonOf(result?.reason)}`);
    const { ok, status, body } = result.value;
    if (ok) return body;
    const reason = MISSING.has(status) ? "settlement" : "download";
    throw new SettlementError(reason, `${this.#url}: ${describeStatus(result.value)}`);
  }

  /**
   * Runs do not depend on this file: if it is missing or cannot be read, nothing is off.
   * @param {Answers[number] | undefined} result
   * @returns {OffSwitch | null} `null` if the server did not say whether there is one
   */
  #offSwitchOf(result) {
    if (result?.status !== "fulfilled") return null;
    const { ok, status, body } = result.value;
    if (!ok) return MISSING.has(status) ? NOTHING_IS_OFF : null;
    try {
      return OffSwitch.read(body);
    } catch (error) {
      console.warn(
        `pyrun: no page is switched off, because ${this.#offUrl} cannot be read: ${reasonOf(error)}`,
      );
      return NOTHING_IS_OFF;
    }
  }

  /** @param {Promise<Settlement> | null} earlier */
  async #offSwitchBefore(earlier) {
    const previous = this.#current ?? (await earlier?.catch(() => null));
    return previous?.offSwitch ?? NOTHING_IS_OFF;
  }
}

/**
 * The fresh one, or the copy if the fresh one takes too long and there is a copy.
 * @param {Promise<Settlement>} fresh
 * @param {Promise<Settlement>} copy
 * @returns {Promise<Settlement>}
 */
async function firstOf(fresh, copy) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<Settlement>} */
  const late = new Promise((resolve) => {
    timer = setTimeout(() => copy.then(resolve, () => {}), PATIENCE_MS);
  });
  try {
    return await Promise.race([fresh, late]);
  } finally {
    clearTimeout(timer);
  }
}
