/** The file `off.json`, with which an author switches pages off without a new build. */

/** The pages that an author has switched off. */
export class OffSwitch {
  #patterns;
  #message;

  /**
   * @param {string[]} patterns of the pages' paths below the root of the site; `*` matches any characters
   * @param {string} message for the reader, or nothing
   */
  constructor(patterns, message) {
    this.#patterns = patterns.map(expressionFor);
    this.#message = message;
  }

  /**
   * @param {string} text of the file
   * @throws {Error} it is not what `off.json` may contain
   */
  static read(text) {
    const { pages = [], message = "" } = JSON.parse(text);
    const isValid = Array.isArray(pages) && [...pages, message].every((value) => typeof value === "string");
    if (!isValid) throw new Error('"pages" is not a list of texts, or "message" is not a text');
    return new OffSwitch(pages, message);
  }

  /**
   * Why nothing runs on a page.
   * @param {string} path of the page below the root of the site, as in its URL
   * @returns {string | null} the author's message, which may be empty; `null` if the page is on
   */
  reasonFor(path) {
    const names = [path, path.replace(/(^|\/)index\.html$/, "$1"), path.replace(/(^|\/)$/, "$1index.html")];
    return this.#patterns.some((pattern) => names.some((name) => pattern.test(name))) ? this.#message : null;
  }
}

/** Where there is no file, or it cannot be read. */
export const NOTHING_IS_OFF = new OffSwitch([], "");

/** @param {string} pattern */
function expressionFor(pattern) {
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$+?.()|[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s");
}
