/** Starts a Python for each page: from a snapshot, where several pages start alike. */
import { startFor } from "../page/interpreter/start_of_cells.js";
import { CORE_MODULE } from "../shared/core_files.js";
import { PythonThread } from "./python_thread.js";

/** @import { Modules, Ready, Start } from "../shared/protocol.js" */
/** @import { Cell } from "./page_plan.js" */
/** @import { Making, Snapshot } from "./python_thread.js" */

/** How long a start may take, with packages that are imported for a snapshot: their code may do anything. */
const MOST_MS_TO_START = 120_000;

/** From that many pages on, a snapshot takes less time than it saves: it takes two starts. */
const LEAST_PAGES = 4;

/** Starts that are alike: how many are to come, and the snapshot for them. @typedef {{ left: number, snapshot: Promise<Snapshot | null> | null }} Group */

export class Starts {
  #making;
  /** WebAssembly that a thread has compiled. @type {Modules} */
  #modules = new Map();
  /** By what a page starts with. @type {Map<string, Group>} */
  #groups = new Map();
  #hear;

  /** @param {Making} making @param {(ready: Ready) => void} hear called with each start */
  constructor(making, hear) {
    this.#making = making;
    this.#hear = hear;
  }

  /** The start of a page comes. @param {Cell[]} cells of it */
  expect(cells) {
    const key = this.#keyOf(cells);
    const { left, snapshot } = this.#groups.get(key) ?? { left: 0, snapshot: null };
    this.#groups.set(key, { left: left + 1, snapshot });
  }

  /** The page is done. @param {Cell[]} cells of it */
  forget(cells) {
    const group = this.#groups.get(this.#keyOf(cells));
    if (group === undefined) return;
    group.left -= 1;
    if (group.left === 0) group.snapshot = null; // it is large
  }

  /**
   * @param {Cell[]} cells of the page
   * @returns {Promise<PythonThread>} Python is ready in it
   * @throws {Error} it does not start
   */
  async start(cells) {
    const snapshot = await this.#snapshotFor(cells);
    const thread = new PythonThread(this.#making);
    try {
      const start = { ...this.#startOf(cells, thread), key: snapshot === null ? null : "proof" };
      const ready = await inTime(thread.boot(start, await this.#compiled(), snapshot));
      for (const [name, module] of ready.modules) this.#modules.set(name, module);
      this.#hear(ready);
      return thread;
    } catch (error) {
      await thread.close();
      throw error;
    }
  }

  /** @param {Cell[]} cells @returns {Promise<Snapshot | null>} */
  #snapshotFor(cells) {
    const group = this.#groups.get(this.#keyOf(cells));
    if (group === undefined || group.left < LEAST_PAGES) return group?.snapshot ?? Promise.resolve(null);
    group.snapshot ??= this.#save(cells).catch(() => null); // then all start without one
    return group.snapshot;
  }

  /** @param {Cell[]} cells */
  async #save(cells) {
    const thread = new PythonThread(this.#making);
    try {
      const start = { ...this.#startOf(cells, thread), key: "proof" };
      if (start.imports === null) return null;
      return await inTime(thread.save(start, await this.#compiled()));
    } finally {
      await thread.close();
    }
  }

  async #compiled() {
    const { module } = await this.#making.site.core();
    if (module) this.#modules.set(CORE_MODULE, module);
    return this.#modules;
  }

  /** @param {Cell[]} cells @param {{ waiting: Start["waiting"] }} thread @returns {Omit<Start, "key">} */
  #startOf(cells, { waiting }) {
    const { assetsUrl, settlement } = this.#making.site;
    return startFor(settlement, cells, { waiting, assetsUrl, isolation: "opaque", savesData: true });
  }

  /** @param {Cell[]} cells */
  #keyOf(cells) {
    const { packages, imports } = this.#startOf(cells, { waiting: { strategy: "none", because: "" } });
    return JSON.stringify([[...packages].sort(), imports && [...imports].sort()]);
  }
}

/**
 * @template Value
 * @param {Promise<Value>} starting
 * @returns {Promise<Value>}
 * @throws {Error} it takes too long
 */
async function inTime(starting) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => {
    const minutes = MOST_MS_TO_START / 60_000;
    timer = setTimeout(() => reject(new Error(`it took more than ${minutes} minutes`)), MOST_MS_TO_START);
  });
  try {
    return await Promise.race([starting, late]);
  } finally {
    clearTimeout(timer);
  }
}
