/** Serves Pyodide the site's lock file and wheels instead of the distribution's. */
import { LOCK_FILE } from "../../shared/core_files.js";
import { describeStatus } from "../../shared/errors.js";
import { addressOf } from "../pyodide/prefetch.js";
import { markReported } from "../pyodide/reported_failures.js";
import { addWheel, canUnpack, unpackWheel } from "./wheels.js";
import { RefusedArchive, readEntries } from "./zip.js";

/** @typedef {import("../../shared/protocol.js").BootRequest} BootRequest */
/** @typedef {import("../../shared/protocol.js").PinnedFile} PinnedFile */
/** @typedef {import("../../shared/protocol.js").Wheel} Wheel */
/** @typedef {import("../pyodide/prefetch.js").Prefetcher} Prefetcher */
/** @typedef {import("../pyodide/file_system.js").FileSystem} FileSystem */
/** @typedef {import("../pyodide/internals.js").Lock} Lock */
/** @typedef {import("./wheels.js").UnpackedWheel} UnpackedWheel */

/**
 * The packages that the site publishes, in place of those of Pyodide's distribution. Pyodide requests its own lock file,
 * and wheels beside it; this answers with the site's lock file, and with wheels from the URLs in it. What the page is
 * known to need is fetched and unpacked before Pyodide requests it.
 *
 * No option of Pyodide does this in 0.27 to 315: `packageBaseUrl` is new in 0.28, and all of them derive the name of the
 * folder with a package's shared libraries from `file_name`, up to the first hyphen. So Pyodide gets bare file names.
 */
export class PublishedPackages {
  #lock;
  #pyodideUrl;
  #downloads;
  #pin;
  /** The URLs of files, by those that Pyodide requests. @type {Map<string, string>} */
  #urls = new Map();
  /** Wheels that Pyodide has not requested yet, by URL. @type {Map<string, { integrity: string | undefined, pending: Promise<() => Promise<Response>> }>} */
  #unpacking = new Map();
  /** Settles when no wheel is being unpacked. @type {Promise<unknown>} */
  #unpacked = Promise.resolve();
  /** Where Python imports packages from, in the latest start: the first one may fail. @type {{ FS: FileSystem, folder: string } | null} */
  #folder = null;
  #foundFolder = () => {};
  /** @type {Promise<void>} */
  #whenFound = new Promise((resolve) => {
    this.#foundFolder = resolve;
  });

  /**
   * The site's lock file. Rejects with its URL if it cannot be fetched.
   * @type {Promise<Lock>}
   */
  lock;

  /**
   * Starts to fetch the lock file and the wheels.
   * @param {{ pyodideUrl: string, lock: PinnedFile, wheels: Wheel[] }} request
   * @param {Prefetcher} downloads
   * @param {(file: PinnedFile) => void} pin called for each file in the lock file
   */
  constructor({ pyodideUrl, lock, wheels }, downloads, pin) {
    this.#lock = lock;
    this.#pyodideUrl = pyodideUrl;
    this.#downloads = downloads;
    this.#pin = pin;
    this.lock = this.#fetchLock();
    this.lock.catch(markReported); // to those who await it
    for (const { url, integrity } of wheels) {
      /** @type {RequestInit} */
      const init = { integrity, priority: "low" }; // Python's own files are needed first
      if (canUnpack && url.endsWith(".whl")) this.#unpackEarly(url, init);
      else downloads.begin(url, init);
    }
  }

  /** Option of `loadPyodide`. @param {FileSystem} FS @param {{ sitePackages: string }} folders */
  fsInit = (FS, { sitePackages }) => {
    this.#folder = { FS, folder: sitePackages };
    this.#foundFolder();
  };

  /** What Pyodide fetches with. @type {typeof fetch} */
  fetch = async (input, init) => {
    const url = addressOf(input);
    if (url === this.#pyodideUrl + LOCK_FILE) return Response.json(this.#bare(await this.lock));
    const published = this.#urls.get(url);
    const wheel = published && this.#unpacking.get(published);
    if (!wheel || wheel.integrity !== init?.integrity) return this.#fetchChecked(published ?? input, init);
    this.#unpacking.delete(published); // Pyodide requests it again if something was wrong with it
    return (await wheel.pending)();
  };

  /** Downloads a file for Pyodide, which would find out while it unpacks a wheel. @param {RequestInfo | URL} input @param {RequestInit} [init] */
  async #fetchChecked(input, init) {
    const url = addressOf(input);
    const response = await this.#downloads.fetch(input, init);
    if (!response.ok || !url.endsWith(".whl")) return response;
    const content = new Uint8Array(await response.arrayBuffer());
    try {
      readEntries(content);
    } catch (error) {
      passUnlessRefused(error, url);
    }
    return new Response(content);
  }

  /** Downloads a wheel, and unpacks it when its turn comes. @param {string} url @param {RequestInit} init */
  #unpackEarly(url, init) {
    const pending = this.#downloads.fetch(url, init).then(async (response) => {
      if (!response.ok) return async () => response;
      const content = new Uint8Array(await response.arrayBuffer());
      const turn = this.#unpacked.then(() => unpackWheel(content));
      this.#unpacked = turn.catch(() => {});
      const wheel = await turn.catch((error) => passUnlessRefused(error, url));
      if (!wheel) return async () => new Response(content); // Pyodide reports what is wrong with it
      return async () => {
        await this.#whenFound;
        const { FS, folder } = /** @type {{ FS: FileSystem, folder: string }} */ (this.#folder);
        addWheel(FS, folder, wheel);
        return new Response(wheel.rest);
      };
    });
    pending.catch(() => {}); // reported to the one who requests it
    this.#unpacking.set(url, { integrity: init.integrity, pending });
  }

  /** @returns {Promise<Lock>} */
  async #fetchLock() {
    const { url, integrity } = this.#lock;
    const response = await this.#downloads.fetch(url, { integrity });
    if (!response.ok) throw new Error(`${url}: ${describeStatus(response)}`);
    return response.json();
  }

  /** The lock file for Pyodide, which requests every file beside its own. @param {Lock} lock @returns {Lock} */
  #bare(lock) {
    const packages = Object.entries(lock.packages).map(([name, entry]) => {
      const { href, pathname } = new URL(entry.file_name, this.#lock.url);
      const fileName = pathname.slice(pathname.lastIndexOf("/") + 1);
      this.#urls.set(new URL(fileName, this.#pyodideUrl).href, href);
      this.#pin({ url: href, integrity: integrityOf(entry.sha256) });
      return [name, { ...entry, file_name: fileName }];
    });
    return { ...lock, packages: Object.fromEntries(packages) };
  }
}

/**
 * @param {unknown} error of a wheel
 * @param {string} url of the wheel
 * @returns {null} Pyodide reports what is wrong with it, or can unpack it
 */
function passUnlessRefused(error, url) {
  if (error instanceof RefusedArchive) throw new Error(`${url} was refused: ${error.message}`);
  return null;
}

/** As `fetch` takes it. @param {string} sha256 hexadecimal */
function integrityOf(sha256) {
  const bytes = (sha256.match(/../g) ?? []).map((digits) => Number.parseInt(digits, 16));
  return `sha256-${btoa(String.fromCharCode(...bytes))}`;
}
