import { describeStatus, reasonOf } from "../../shared/errors.js";
import { canUnpack, placeWheel, unpackWheel } from "./wheels.js";

/** @typedef {import("../../shared/protocol.js").BootRequest} BootRequest */
/** @typedef {import("../../shared/protocol.js").Wheel} Wheel */
/** @typedef {import("../pyodide/prefetch.js").EarlyDownloads} EarlyDownloads */
/** @typedef {import("../pyodide/file_system.js").FileSystem} FileSystem */
/** @typedef {import("./packages.js").Lock} Lock */
/** @typedef {import("./wheels.js").UnpackedWheel} UnpackedWheel */

/**
 * The packages of the site in place of those of Pyodide's distribution. Pyodide asks for its own lock file, and for
 * wheels beside it; this answers with the lock file of the site, and with wheels from wherever that one has them.
 * What the page is known to need is fetched and unpacked before Pyodide asks.
 *
 * No option of Pyodide does this in 0.27 to 315: `packageBaseUrl` is new in 0.28, and in all of them the folder with a
 * package's shared libraries is called what stands in `file_name` before the first hyphen. So it sees bare file names.
 */
export class SitePackages {
  #lockUrl;
  #pyodideUrl;
  #downloads;
  /** Where files are, by where Pyodide looks for them. @type {Map<string, string>} */
  #places = new Map();
  /** Wheels that Pyodide has not asked for yet, by where they are. @type {Map<string, { integrity: string | undefined, coming: Promise<() => Promise<Response>> }>} */
  #unpacking = new Map();
  /** Settled when no wheel is being unpacked. @type {Promise<unknown>} */
  #unpacked = Promise.resolve();
  /** Where Python finds packages: that of the latest start, since the first one may fail. @type {{ FS: FileSystem, folder: string } | null} */
  #folder = null;
  #foundFolder = () => {};
  /** @type {Promise<void>} */
  #whenFound = new Promise((resolve) => {
    this.#foundFolder = resolve;
  });

  /**
   * The lock file, as the site has it. Rejects, with its URL, if it could not be had.
   * @type {Promise<Lock>}
   */
  lock;

  /**
   * Begins to fetch the lock file and the wheels.
   * @param {{ pyodideUrl: string, lockUrl: string, wheels: Wheel[] }} request absolute URLs
   * @param {EarlyDownloads} downloads
   */
  constructor({ pyodideUrl, lockUrl, wheels }, downloads) {
    this.#lockUrl = lockUrl;
    this.#pyodideUrl = pyodideUrl;
    this.#downloads = downloads;
    this.lock = this.#fetchLock();
    this.lock.catch(() => {}); // whoever waits for it hears of it
    for (const { url, integrity } of wheels) {
      /** @type {RequestInit} */
      const init = { integrity, priority: "low" }; // Python's own files are wanted first
      if (canUnpack && url.endsWith(".whl")) this.#unpackEarly(url, init);
      else downloads.begin(url, init);
    }
  }

  /** Option of `loadPyodide`. @param {FileSystem} FS @param {{ sitePackages: string }} places */
  fsInit = (FS, { sitePackages }) => {
    this.#folder = { FS, folder: sitePackages };
    this.#foundFolder();
  };

  /** What Pyodide fetches with. @type {typeof fetch} */
  fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, self.location.href).href;
    if (url === `${this.#pyodideUrl}pyodide-lock.json`) return Response.json(this.#bare(await this.lock));
    const place = this.#places.get(url);
    const wheel = place && this.#unpacking.get(place);
    if (!wheel || wheel.integrity !== init?.integrity) return this.#downloads.fetch(place ?? input, init);
    this.#unpacking.delete(place); // who asks again does so because this one was of no use
    return (await wheel.coming)();
  };

  /** Downloads a wheel, and unpacks it when its turn comes. @param {string} url @param {RequestInit} init */
  #unpackEarly(url, init) {
    const coming = this.#downloads.fetch(url, init).then(async (response) => {
      if (!response.ok) return async () => response;
      const content = new Uint8Array(await response.arrayBuffer());
      const turn = this.#unpacked.then(() => unpackWheel(content));
      this.#unpacked = turn.catch(() => {});
      const wheel = await turn.catch(() => null);
      if (!wheel) return async () => new Response(content); // Pyodide knows best what is wrong with it
      return async () => {
        await this.#whenFound;
        const { FS, folder } = /** @type {{ FS: FileSystem, folder: string }} */ (this.#folder);
        placeWheel(FS, folder, wheel);
        return new Response(wheel.rest);
      };
    });
    coming.catch(() => {}); // whoever asks for it hears of it
    this.#unpacking.set(url, { integrity: init.integrity, coming });
  }

  /** @returns {Promise<Lock>} */
  async #fetchLock() {
    try {
      const response = await this.#downloads.fetch(this.#lockUrl);
      if (!response.ok) throw new Error(describeStatus(response));
      return await response.json();
    } catch (error) {
      throw new Error(`${this.#lockUrl}: ${reasonOf(error)}`);
    }
  }

  /** The lock file for Pyodide, which looks for every file beside its own. @param {Lock} lock @returns {Lock} */
  #bare(lock) {
    const packages = Object.entries(lock.packages).map(([name, entry]) => {
      const place = new URL(entry.file_name, this.#lockUrl);
      const fileName = place.pathname.slice(place.pathname.lastIndexOf("/") + 1);
      this.#places.set(new URL(fileName, this.#pyodideUrl).href, place.href);
      return [name, { ...entry, file_name: fileName }];
    });
    return { ...lock, packages: Object.fromEntries(packages) };
  }
}
