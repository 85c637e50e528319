import { describeStatus, reasonOf } from "../../shared/errors.js";
import { HOME } from "../pyodide/file_system.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../../shared/protocol.js").ExampleFile} ExampleFile */

/** The files that examples read, in the file system of Python. What code has made of one is left alone. */
export class ExampleFiles {
  #pyodide;
  /** What has been asked for, by where it is to be read. @type {Map<string, { url: string, written: Promise<void> }>} */
  #files = new Map();
  /** Those of them that are there, by where they are read. @type {Map<string, string>} */
  #written = new Map();

  /** @param {PyodideInterface} pyodide */
  constructor(pyodide) {
    this.#pyodide = pyodide;
  }

  /** Which of the files are not there, or are others. @param {ExampleFile[]} files */
  missing(files) {
    return files.filter(({ path, url }) => this.#written.get(path) !== url);
  }

  /**
   * Fetches files and writes them. Who asks for the same ones meanwhile waits for the same.
   * @param {ExampleFile[]} files
   * @throws {Error} one of them could not be had
   */
  async write(files) {
    await Promise.all(files.map((file) => this.#begun(file)));
  }

  /** @param {ExampleFile} file */
  #begun(file) {
    const { path, url } = file;
    const known = this.#files.get(path);
    if (known?.url === url) return known.written;
    const begun = { url, written: this.#write(file) };
    this.#files.set(path, begun);
    begun.written.catch(() => {
      if (this.#files.get(path) === begun) this.#files.delete(path); // the next who asks tries again
    });
    return begun.written;
  }

  /** @param {ExampleFile} file */
  async #write({ path, url, integrity }) {
    try {
      const response = await fetch(url, { integrity });
      if (!response.ok) throw new Error(describeStatus(response));
      const content = new Uint8Array(await response.arrayBuffer());
      if (this.#files.get(path)?.url !== url) return; // another one has been asked for in its place
      const { FS, PATH } = this.#pyodide;
      const place = PATH.normalize(path.startsWith("/") ? path : `${HOME}/${path}`);
      FS.mkdirTree(PATH.dirname(place));
      FS.writeFile(place, content);
      this.#written.set(path, url);
    } catch (error) {
      throw new Error(`${path}, from ${url}: ${reasonOf(error)}`);
    }
  }
}
