/** Files of the site that examples read, fetched before the code runs. */
import { reasonOf } from "../../shared/errors.js";
import { HOME } from "../pyodide/file_system.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../../shared/protocol.js").ExampleFile} ExampleFile */
/** @typedef {import("../start/site_files.js").SiteFiles} SiteFiles */

/** The files that examples read, in Python's file system. A file that code has changed stays as it is. */
export class ExampleFiles {
  #pyodide;
  #site;
  /** Files that were requested, by address or path. @type {Map<string, { url: string, written: Promise<void> }>} */
  #files = new Map();
  /** The URLs of files that are there, by path. @type {Map<string, string>} */
  #written = new Map();

  /** @param {PyodideInterface} pyodide @param {SiteFiles} site */
  constructor(pyodide, site) {
    this.#pyodide = pyodide;
    this.#site = site;
  }

  /** The files that are absent, or that another example replaced. @param {ExampleFile[]} files */
  missing(files) {
    return files.filter(
      ({ path, address, url }) =>
        (path && this.#written.get(path) !== url) || (address && !this.#site.web.has(address)),
    );
  }

  /**
   * Fetches files and writes them. Concurrent calls for the same file share one download.
   * @param {ExampleFile[]} files
   * @throws {Error} one of them could not be fetched
   */
  async write(files) {
    await Promise.all(files.map((file) => this.#begun(file)));
  }

  /** @param {ExampleFile} file */
  #begun(file) {
    const { url } = file;
    const key = file.address || file.path;
    const current = this.#files.get(key);
    if (current?.url === url && !this.#isReplaced(file)) return current.written;
    const begun = { url, written: this.#write(file) };
    this.#files.set(key, begun);
    begun.written.catch(() => {
      if (this.#files.get(key) === begun) this.#files.delete(key); // the next call tries again
    });
    return begun.written;
  }

  /** Whether another file of the web has taken its name. @param {ExampleFile} file */
  #isReplaced({ path, url }) {
    const written = this.#written.get(path);
    return written !== undefined && written !== url;
  }

  /** @param {ExampleFile} file */
  async #write({ path, address, url, integrity }) {
    try {
      const response = await this.#site.fetchFile({ url, integrity });
      const content = new Uint8Array(await response.arrayBuffer());
      if (this.#files.get(address || path)?.url !== url) return; // another file was requested meanwhile
      if (address) this.#site.web.add(address, content);
      if (!path) return;
      const { FS, PATH } = this.#pyodide;
      const target = PATH.normalize(path.startsWith("/") ? path : `${HOME}/${path}`);
      FS.mkdirTree(PATH.dirname(target));
      FS.writeFile(target, content);
      this.#written.set(path, url);
    } catch (error) {
      throw new Error(`${path || address}, from ${url}: ${reasonOf(error)}`);
    }
  }
}
