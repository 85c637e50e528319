import { HOME } from "../pyodide/file_system.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */

/** The files in the folder in which Python works, for page and reader. */
export class WorkingFiles {
  #pyodide;

  /** @param {PyodideInterface} pyodide */
  constructor(pyodide) {
    this.#pyodide = pyodide;
  }

  /** @param {string} name @param {Uint8Array} content */
  write(name, content) {
    const { FS } = this.#pyodide;
    FS.mkdirTree(HOME); // the code may have removed it
    FS.writeFile(`${HOME}/${name}`, content);
  }

  /** @param {string} path below the folder @returns {Uint8Array<ArrayBuffer> | null} a copy; nothing if there is no such file */
  read(path) {
    try {
      return this.#pyodide.FS.readFile(`${HOME}/${path}`);
    } catch {
      return null;
    }
  }
}
