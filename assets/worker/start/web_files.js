/** Files of the web that the build has copied into the site: code finds them under their own URLs. */

/** Fetched with the files of a run, and kept as they are on the site, whatever code does with the file of that name. */
export class WebFiles {
  /** @type {Map<string, Uint8Array<ArrayBuffer>>} */
  #contents = new Map();

  /** @param {string} address @param {Uint8Array<ArrayBuffer>} content */
  add(address, content) {
    this.#contents.set(keyOf(address), content);
  }

  /** @param {string} address */
  has(address) {
    return this.#contents.has(keyOf(address));
  }

  /**
   * What a request for a file gets.
   * @param {string} address
   * @param {string} method
   * @returns {Uint8Array<ArrayBuffer> | undefined} `undefined` if the site has no copy
   */
  contentFor(address, method) {
    const isAsked = this.#contents.size > 0 && ["GET", "HEAD"].includes(method) && URL.canParse(address);
    return isAsked ? this.#contents.get(keyOf(address)) : undefined;
  }

  /** The same as a response. @param {string} address @param {string} method */
  responseFor(address, method) {
    const content = this.contentFor(address, method);
    if (!content) return undefined;
    const headers = { "Content-Length": String(content.byteLength) };
    const response = new Response(method === "HEAD" ? null : content, { headers });
    return Object.defineProperty(response, "url", { value: address });
  }
}

/** @param {string} address @returns {string} in the one spelling that browsers use, without the part of the document */
function keyOf(address) {
  const url = new URL(address);
  url.hash = "";
  return url.href;
}
