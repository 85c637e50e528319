/** The files of a playground beside its code, and the chosen packages: what the author gave, and what the reader has now. */

/** @import { FolderFile } from "../../shared/protocol.js" */
/** @import { Content } from "./content.js" */

/** A file, whose name and text can change. @typedef {{ name: string, code: string }} OpenFile */

/** The files as the reader has changed them. Everything here works without a page. */
export class FolderFiles {
  #authors;
  /** In the order of the tabs. @type {OpenFile[]} */
  files = [];
  /** @type {string[]} */
  packages = [];

  /** @param {FolderFile[]} authors */
  constructor(authors) {
    this.#authors = authors;
    this.reset();
  }

  /** @param {string} name */
  find(name) {
    return this.files.find((file) => file.name === name);
  }

  /** Gives back what the author gave. */
  reset() {
    this.files = this.#authors.map((file) => ({ ...file }));
    this.packages = [];
  }

  /** What differs from that. @returns {Omit<Content, "main">} */
  get changes() {
    const authors = new Map(this.#authors.map(({ name, code }) => [name, code]));
    return {
      files: this.files.filter(({ name, code }) => authors.get(name) !== code).map((file) => ({ ...file })),
      deleted: [...authors.keys()].filter((name) => !this.find(name)),
      packages: [...this.packages],
    };
  }

  get isChanged() {
    return Object.values(this.changes).some(({ length }) => length > 0);
  }

  /** @param {Omit<Content, "main">} changes */
  set changes({ files, deleted, packages }) {
    const changed = new Map(files.map((file) => [file.name, file]));
    const kept = this.#authors.filter(({ name }) => !deleted.includes(name));
    const names = new Set(kept.map(({ name }) => name));
    this.files = [
      ...kept.map((file) => changed.get(file.name) ?? file),
      ...files.filter(({ name }) => !names.has(name)),
    ].map((file) => ({ ...file }));
    this.packages = [...packages];
  }
}
