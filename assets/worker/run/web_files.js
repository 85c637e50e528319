/** Files of the web that the build has copied into the site: code finds them under their own URLs. */

/** Fetched with the files of a run, and kept as they are on the site, whatever code does with the file of that name. */
export class WebFiles {
  /** @type {Map<string, Uint8Array<ArrayBuffer>>} */
  #contents = new Map();

  /** @param {string} address @param {Uint8Array<ArrayBuffer>} content */
  add(address, content) {
    this.#contents.set(keyOf(address), content);
  }

  /** @param {string} address @returns {Uint8Array<ArrayBuffer> | undefined} */
  contentOf(address) {
    return this.#contents.size > 0 && URL.canParse(address) ? this.#contents.get(keyOf(address)) : undefined;
  }
}

/** @param {string} address @returns {string} in the one spelling that browsers use, without the part of the document */
function keyOf(address) {
  const url = new URL(address);
  url.hash = "";
  return url.href;
}
