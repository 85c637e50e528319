/** @typedef {import("../protocol.js").BootRequest} BootRequest */
/** @typedef {import("../protocol.js").Wheel} Wheel */
/** @typedef {import("./early_downloads.js").EarlyDownloads} EarlyDownloads */
/** @typedef {import("./packages.js").Lock} Lock */

/**
 * The packages of the site in place of those of Pyodide's distribution. Pyodide asks for its own lock file, and for
 * wheels beside it; this answers with the lock file of the site, and with wheels from wherever that one has them.
 * What the page is known to need is fetched before Pyodide asks.
 *
 * No option of Pyodide does this in 0.27 to 314: `packageBaseUrl` is new in 0.28, and in all of them the folder with a
 * package's shared libraries is called what stands in `file_name` before the first hyphen. So it sees bare file names.
 */
export class SitePackages {
  #lockUrl;
  #pyodideUrl;
  #downloads;
  /** Where files are, by where Pyodide looks for them. @type {Map<string, string>} */
  #places = new Map();

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
    // Python's own files are wanted first.
    for (const { url, integrity } of wheels) downloads.begin(url, { integrity, priority: "low" });
  }

  /** What Pyodide fetches with. @type {typeof fetch} */
  fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, self.location.href).href;
    if (url === `${this.#pyodideUrl}pyodide-lock.json`) return Response.json(this.#bare(await this.lock));
    return this.#downloads.fetch(this.#places.get(url) ?? input, init);
  };

  /** @returns {Promise<Lock>} */
  async #fetchLock() {
    try {
      const response = await this.#downloads.fetch(this.#lockUrl);
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
      return await response.json();
    } catch (error) {
      throw new Error(`${this.#lockUrl}: ${error instanceof Error ? error.message : error}`);
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
