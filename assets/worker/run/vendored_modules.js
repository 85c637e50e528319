/** The sources of Python modules that come with pyrun. Few pages use one, so each is fetched when it is needed. */

/** @typedef {import("../../shared/protocol.js").RunRequest} RunRequest */
/** @typedef {import("../start/site_files.js").SiteFiles} SiteFiles */

/** By module: code may ask for any name. @type {Map<string, PinnedFile>} */
const FILES = new Map([["turtle", __PYRUN_TURTLE__]]);

export class VendoredModules {
  #files;
  /** Sources that were fetched before the code runs, by module. @type {Map<string, string>} */
  #prepared = new Map();

  /** @param {SiteFiles} files */
  constructor(files) {
    this.#files = files;
  }

  /**
   * Fetches what the code of a run mentions, where the worker cannot wait for a file while Python imports.
   * @param {RunRequest} request
   */
  async prepare({ source, setup }) {
    if (this.#files.canReadNow) return;
    const code = [source, ...setup].map((file) => file.code).join("\n");
    for (const [name, file] of FILES) {
      if (this.#prepared.has(name) || !code.includes(name)) continue;
      const response = await this.#files.fetchOwn(file).catch(() => null); // the import reports it
      if (response) this.#prepared.set(name, await response.text());
    }
  }

  /** @param {string} name @returns {string | undefined} `undefined`, which is Python's None, if it is not there */
  source(name) {
    const file = FILES.get(name);
    return this.#prepared.get(name) ?? (file && this.#files.readNow(file));
  }

  /** What Python compares with the source. @param {string} name */
  integrity(name) {
    return FILES.get(name)?.integrity;
  }
}
