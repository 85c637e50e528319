/**
 * Python's standard library in parts: a start loads its end, in which the build has put what a start reads. The parts before
 * it come when code reads them, or when Python has been idle for a while after the first run.
 * `pyrun_core/pyodide/library_parts.py` makes the parts.
 */
import { LIBRARY } from "../../shared/core_files.js";
import { reasonOf } from "../../shared/errors.js";
import { tellsOfChange } from "../../shared/pinned_files.js";
import { PartialFile } from "../pyodide/partial_file.js";
import { addressOf } from "../pyodide/prefetch.js";

/** @typedef {import("../../shared/protocol.js").Problem} Problem */
/** @typedef {import("../../shared/protocol.js").Start} Start */
/** @typedef {import("../../shared/protocol.js").SizedFile} SizedFile */
/** @typedef {import("../pyodide/file_system.js").FileSystem} FileSystem */
/** @typedef {import("../pyodide/partial_file.js").MissingPart} MissingPart */
/** @typedef {import("./site_files.js").SiteFiles} SiteFiles */

/** @typedef {{ file: SizedFile, part: MissingPart }} Part */

/** A part that Pyodide reads when it installs packages: bytecode that not every start needs. */
const COMMON = "-common.";

/** How long Python must be idle before parts are loaded that may not be needed. */
const LEAST_QUIET_MS = 1000;

/** Where Pyodide has packages; the library is beside it. */
const SITE_PACKAGES = /\/python(\d+)\.(\d+)\/site-packages$/;

/** The library of one start. */
export class StandardLibrary {
  #files;
  #savesData;
  #url;
  /** @type {Part[]} */
  #rest;
  /** @type {Promise<PartialFile>} */
  #loading;
  /** @type {PartialFile | null} */
  #loaded = null;
  /** @type {Error | null} */
  #failure = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * Starts to load what the start needs.
   * @param {Start} start with parts in `rest`
   * @param {SiteFiles} files
   * @param {typeof fetch} fetchEnd fetches the end, as Pyodide would
   */
  constructor({ pyodideUrl, rest, savesData }, files, fetchEnd) {
    this.#savesData = savesData;
    this.#files = files;
    this.#url = pyodideUrl + LIBRARY;
    let start = 0;
    this.#rest = rest.map((file) => {
      const part = { start, end: start + file.bytes, read: () => this.#readNow(file) };
      start = part.end;
      return { file, part };
    });
    this.#loading = this.#load(fetchEnd(this.#url), start);
    // Where nothing can be read while Python waits, everything is loaded before it starts.
    this.#add(this.#rest.filter(() => !files.canReadNow));
  }

  /** Loads what Pyodide reads when it installs packages, before Python starts. */
  loadForPackages() {
    this.#add(this.#rest.filter(({ file }) => file.url.includes(COMMON)));
  }

  /** @param {Part[]} parts that Python waits for */
  #add(parts) {
    const before = this.#loading;
    const loading = parts.map(async ({ file, part }) => {
      const content = await this.#fetch(file);
      (await before).add(part, content);
    });
    this.#loading = Promise.all([before, ...loading]).then(([library]) => library);
    this.#loading.catch(() => {}); // reported to those who await it
  }

  /** Rejects if a part that the start needs cannot be loaded, and never resolves. @returns {Promise<never>} */
  get failure() {
    return this.#loading.then(() => new Promise(() => {}));
  }

  /** Answers Pyodide with an empty file in place of the library. @param {typeof fetch} fetchOthers @returns {typeof fetch} */
  serving(fetchOthers) {
    return async (input, init) =>
      addressOf(input) === this.#url ? new Response(new Uint8Array()) : fetchOthers(input, init);
  }

  /** Puts the library in place, before Python starts. @param {FileSystem} FS @param {{ sitePackages: string }} folders */
  async place(FS, { sitePackages }) {
    const library = await this.#loading;
    library.place(FS, sitePackages.replace(SITE_PACKAGES, "/python$1$2.zip"));
  }

  /** Why code of the last run could not read a part. @returns {Problem | null} */
  get problem() {
    const error = this.#failure;
    return error && { reason: tellsOfChange(error) ? "changed" : "file", detail: reasonOf(error) };
  }

  /** Code runs: nothing is loaded that it does not read. */
  pause() {
    clearTimeout(this.#timer);
    this.#failure = null;
  }

  /** Python is idle: if it stays so, loads the rest, unless the reader saves data. */
  resume() {
    clearTimeout(this.#timer);
    if (!this.#savesData && this.#missing().length > 0)
      this.#timer = setTimeout(() => void this.#loadRest().catch(() => {}), LEAST_QUIET_MS);
  }

  /** @throws {Error} a part cannot be loaded: it will be when code reads it */
  async #loadRest() {
    // What code reads most often is last.
    for (const { file, part } of this.#missing().reverse()) this.#loaded?.add(part, await this.#fetch(file));
  }

  #missing() {
    return this.#rest.filter(({ part }) => this.#loaded?.lacks(part));
  }

  /** @param {Promise<Response>} fetching @param {number} restBytes */
  async #load(fetching, restBytes) {
    const end = new Uint8Array(await (await fetching).arrayBuffer());
    const content = new Uint8Array(restBytes + end.length);
    content.set(end, restBytes);
    const library = new PartialFile(
      content,
      this.#rest.map(({ part }) => part),
    );
    this.#loaded = library;
    return library;
  }

  /** Once in a run, because without a connection each attempt may take long. @param {SizedFile} file @throws {Error} */
  #readNow(file) {
    if (this.#failure) throw this.#failure;
    try {
      return this.#files.readVerifiedNow(file);
    } catch (error) {
      this.#failure = /** @type {Error} */ (error);
      throw error;
    }
  }

  /** @param {SizedFile} file */
  async #fetch(file) {
    return new Uint8Array(await (await this.#files.fetchFile(file)).arrayBuffer());
  }
}
