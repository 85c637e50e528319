/**
 * The one door through which the worker loads files. All that Python starts from is pinned by the build, and verified
 * before any of it runs. A reader's code can fetch through `self.fetch`, which ends here, but cannot get hold of this door.
 */
import { describeStatus, reasonOf } from "../../shared/errors.js";
import { ChangedFileError, fetchPinned } from "../../shared/pinned_files.js";
import { compilePinned } from "../../shared/pinned_wasm.js";
import { addressOf } from "../pyodide/prefetch.js";
import { browserFetch } from "./credentialed_requests.js";
import { integrityOf } from "./sha256.js";
import { WebFiles } from "./web_files.js";

/** @typedef {import("../../shared/protocol.js").Start} Start */
/** @typedef {import("../pyodide/downloads.js").Downloads} Downloads */
/** @typedef {import("./handed_files.js").HandedFiles} HandedFiles */

const { Request, XMLHttpRequest } = self;

const HTTP_OK = 200;

/** The files that one worker loads. */
export class SiteFiles {
  #start;
  #downloads;
  #counted;
  /** Where the worker's origin is opaque, so that it cannot fetch from the site. */
  #handed;
  /** By the URLs that Pyodide requests. @type {Map<string, PinnedFile>} */
  #pinned = new Map();
  /** Those of the web that code has been given. */
  web = new WebFiles();

  /**
   * @param {Start} start
   * @param {HandedFiles | null} handed if the page fetches the site's files
   * @param {Downloads} downloads counts what `fetch` and `compile` receive
   */
  constructor(start, handed, downloads) {
    const { pyodideUrl, core, lock, wheels, rest } = start;
    this.#start = start;
    this.#downloads = downloads;
    this.#counted = downloads.counting(browserFetch);
    this.#handed = handed;
    for (const file of [...wheels, ...rest, ...(lock ? [lock] : [])]) this.#pinned.set(file.url, file);
    for (const [name, file] of Object.entries(core)) this.#pinned.set(pyodideUrl + name, file);
  }

  /** A file of the site that has become known, from a file that was verified. @param {PinnedFile} file whose URL is absolute */
  pin(file) {
    this.#pinned.set(file.url, file);
  }

  /**
   * Fetches anything. Files of the site are verified. What is fetched besides them belongs to the reader's code, and
   * carries the reader's cookies only if the site's author says so.
   * @type {typeof fetch}
   */
  fetch = async (input, init) => {
    const file = this.#pinned.get(addressOf(input));
    return file ? this.fetchFile(file, init) : this.fetchOther(input, init);
  };

  /**
   * Fetches a file of the site, verified.
   * @param {PinnedFile} file whose URL is absolute
   * @param {RequestInit} [init]
   */
  async fetchFile(file, init = {}) {
    const { integrity, ...unpinned } = init; // without the checksum, a second request finds out what is wrong
    return (await this.#handed?.fetch(file)) ?? fetchPinned(file, unpinned, this.#counted);
  }

  /** Fetches one of pyrun's own files. @param {PinnedFile} file whose URL is relative to them @throws {Error} */
  async fetchOwn(file) {
    const own = this.#own(file);
    return (await this.#handed?.fetch(own)) ?? fetchPinned(own, {}, browserFetch);
  }

  /** Whether files can be read while Python waits. */
  get canReadNow() {
    return this.#handed === null;
  }

  /**
   * Reads one of pyrun's own files while Python waits, because not every browser can suspend an import. It is not verified:
   * Python does that before it runs the text.
   * @param {PinnedFile} file whose URL is relative to them
   * @returns {string | undefined} `undefined` if it cannot be read
   */
  readNow(file) {
    const request = new XMLHttpRequest();
    try {
      request.open("GET", this.#own(file).url, false);
      request.send();
    } catch {
      return undefined;
    }
    return request.status === HTTP_OK ? request.responseText : undefined;
  }

  /**
   * Reads a file of the site while Python waits, verified. A cache may have an old or a damaged one, so there is a second try.
   * @param {PinnedFile} file whose URL is absolute
   * @returns {Uint8Array}
   * @throws {Error} it cannot be read, or has changed
   */
  readVerifiedNow({ url, integrity }) {
    for (const cache of ["default", "no-cache"]) {
      const request = new XMLHttpRequest();
      request.open("GET", url, false);
      request.responseType = "arraybuffer";
      if (cache === "no-cache") request.setRequestHeader("Cache-Control", cache);
      try {
        request.send();
      } catch (error) {
        throw new Error(`${url}: ${reasonOf(error)}`);
      }
      if (request.status !== HTTP_OK) throw new Error(`${url}: ${describeStatus(request)}`);
      const content = new Uint8Array(request.response);
      if (integrityOf(content) === integrity) return content;
    }
    throw new ChangedFileError(url);
  }

  /** @param {PinnedFile} file @returns {PinnedFile} with its absolute URL */
  #own({ url, integrity }) {
    return { url: new URL(url, this.#start.assetsUrl).href, integrity };
  }

  /**
   * Verifies a script of Pyodide's core, which the browser's cache then has, and imports it.
   * @param {string} name
   * @returns {Promise<any>}
   * @throws {Error}
   */
  async importModule(name) {
    if (this.#handed) return this.#handed.importModule(name);
    const { integrity } = this.#core(name);
    const url = this.#start.pyodideUrl + name; // always a file of the site itself
    await fetchPinned({ url, integrity }, {}, browserFetch);
    return import(url);
  }

  /** Compiles WebAssembly of Pyodide's core, verified. @param {string} name @returns {Promise<WebAssembly.Module>} @throws {Error} */
  async compile(name) {
    const file = this.#core(name);
    if (this.#handed) return this.#handed.compile();
    // Counted as it is verified: a further copy of ten megabytes would delay the start.
    this.#downloads.open();
    const received = this.#downloads.receive.bind(this.#downloads);
    return compilePinned(file, {}, browserFetch, received).finally(() => this.#downloads.close());
  }

  /** @param {string} name @returns {PinnedFile} */
  #core(name) {
    const file = this.#start.core[name];
    if (!file) throw new Error(`the site's settlement does not list ${name}`);
    return file;
  }

  /** Fetches for the reader's code, as `fetch` does. @type {typeof fetch} */
  fetchOther = async (input, init) => {
    const copy = this.web.responseFor(
      addressOf(input),
      init?.method ?? (input instanceof Request ? input.method : "GET"),
    );
    if (copy) return copy;
    const { credentials, isolation } = this.#start;
    if (credentials === "same-origin" && isolation === "origin") return browserFetch(input, init);
    if (!(input instanceof Request || init instanceof Request))
      return browserFetch(input, { ...init, credentials: "omit" });
    const request = new Request(input, init);
    const { referrer, referrerPolicy } = request; // a request that is made from another one loses them
    return browserFetch(new Request(request, { credentials: "omit", referrer, referrerPolicy }));
  };
}
