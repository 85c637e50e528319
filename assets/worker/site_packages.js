/** @typedef {import("../protocol.js").BootRequest} BootRequest */
/** @typedef {import("../protocol.js").Wheel} Wheel */
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
  #original;
  /** Where files are, by where Pyodide looks for them. @type {Map<string, string>} */
  #places = new Map();
  /** Responses that nobody has asked for yet, by URL. @type {Map<string, { integrity: string, coming: Promise<Response> }>} */
  #early = new Map();

  /**
   * The lock file, as the site has it. Rejects, with its URL, if it could not be had.
   * @type {Promise<Lock>}
   */
  lock;

  /**
   * Begins to fetch the lock file and the wheels.
   * @param {{ pyodideUrl: string, lockUrl: string, wheels: Wheel[] }} request absolute URLs
   * @param {typeof fetch} original
   */
  constructor({ pyodideUrl, lockUrl, wheels }, original) {
    this.#lockUrl = lockUrl;
    this.#pyodideUrl = pyodideUrl;
    this.#original = original;
    this.lock = this.#fetchLock();
    this.lock.catch(() => {}); // whoever waits for it hears of it
    // Python's own files are asked for a little later, and are wanted first.
    for (const { url, integrity } of wheels) {
      const coming = original(url, { integrity, priority: "low" });
      coming.catch(() => {});
      this.#early.set(url, { integrity, coming });
    }
  }

  /** What Pyodide fetches with. @type {typeof fetch} */
  fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, self.location.href).href;
    if (url === `${this.#pyodideUrl}pyodide-lock.json`) return Response.json(this.#bare(await this.lock));
    const place = this.#places.get(url);
    if (place === undefined) return this.#original(input, init);
    const early = this.#early.get(place);
    this.#early.delete(place); // a body can be read once, and who asks again does so because this one was of no use
    return early && early.integrity === init?.integrity ? early.coming : this.#original(place, init);
  };

  /** @returns {Promise<Lock>} */
  async #fetchLock() {
    try {
      const response = await this.#original(this.#lockUrl);
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
