/**
 * The reader's edits in `localStorage`: one item for each page. Code in a worker has no `localStorage`, so an example
 * can neither read nor change what readers have written into another one.
 */

/** @import { Edit } from "./edit.js" */

/** How storing ended. @typedef {"kept" | "blocked" | "full" | "large" | "newer"} Kept */

/** What pyrun needs of the browser's storage. @typedef {Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">} Items */

/** Before the path of a page. load_edits.js looks for the same. */
export const PREFIX = "pyrun-edits:";

const FORMAT = 1;

/** Of all pages of an origin together: browsers give it about five million, and the site has others to store. */
export const MOST_CHARACTERS = 2_000_000;

/** How long an edit is kept after its last change. */
export const LONGEST_MS = 180 * 24 * 60 * 60 * 1000;

/** @returns {Items | null} `null` if the browser blocks it */
export function browserStorage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** The edits of pages, in some storage. */
export class EditStore {
  #items;
  #now;

  /** @param {Items | null} items @param {() => number} now */
  constructor(items, now = Date.now) {
    this.#items = items;
    this.#now = now;
  }

  /**
   * @param {string} path of a page
   * @returns {Edit[] | null} `null` if a newer pyrun has stored them in a way that this one does not know
   */
  read(path) {
    return parse(this.#items?.getItem(PREFIX + path) ?? "", this.#now() - LONGEST_MS);
  }

  /**
   * Stores an edit, in place of the one with the same id.
   * @param {string} path
   * @param {Edit} edit
   * @returns {Kept}
   */
  put(path, edit) {
    if (this.#items === null) return "blocked";
    const edits = this.read(path);
    if (edits === null) return "newer";
    const others = edits.filter(({ id }) => id !== edit.id);
    if (format([edit]).length > MOST_CHARACTERS) return "large";
    try {
      this.#write(path, [...others, edit]);
      this.#evict(path, edit.id);
      return "kept";
    } catch {
      return "full";
    }
  }

  /**
   * Removes an edit, unless another tab has changed it meanwhile.
   * @param {string} path
   * @param {Edit} edit
   */
  remove(path, { id, code }) {
    const edits = this.read(path) ?? [];
    const others = edits.filter((edit) => edit.id !== id || edit.code !== code);
    if (others.length < edits.length) this.#write(path, others);
  }

  /** Removes the edits of all pages whose path begins with this. @param {string} folder */
  forget(folder) {
    for (const path of this.#paths()) {
      if (path.startsWith(folder)) this.#items?.removeItem(PREFIX + path);
    }
  }

  /** @param {string} path @param {Edit[]} edits @throws {Error} there is no room */
  #write(path, edits) {
    if (edits.length === 0) this.#items?.removeItem(PREFIX + path);
    else this.#items?.setItem(PREFIX + path, format(edits));
  }

  /** @returns {string[]} of all pages with edits */
  #paths() {
    const items = this.#items;
    if (items === null) return [];
    const keys = Array.from({ length: items.length }, (_, index) => items.key(index) ?? "");
    return keys.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
  }

  /** Removes what has expired, and the oldest edits if there are too many. @param {string} path @param {string} id which stays */
  #evict(path, id) {
    /** @type {{ path: string, edit: Edit }[]} */
    const all = [];
    let characters = 0;
    for (const each of this.#paths()) {
      const text = this.#items?.getItem(PREFIX + each) ?? "";
      const edits = parse(text, this.#now() - LONGEST_MS);
      if (edits?.length === 0) this.#items?.removeItem(PREFIX + each);
      else characters += text.length;
      for (const edit of edits ?? []) all.push({ path: each, edit });
    }
    all.sort((one, other) => one.edit.time - other.edit.time);
    for (const { path: each, edit } of all) {
      if (characters <= MOST_CHARACTERS) return;
      if (each === path && edit.id === id) continue;
      this.remove(each, edit);
      characters -= format([edit]).length;
    }
  }
}

/** @param {Edit[]} edits */
const format = (edits) => JSON.stringify({ format: FORMAT, edits });

/**
 * Anything can be in the storage: other scripts of the origin write there too.
 * @param {string} text
 * @param {number} oldest time of an edit that has not expired
 * @returns {Edit[] | null} as for `read`
 */
function parse(text, oldest) {
  /** @type {unknown} */
  let value = null;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  if (typeof value !== "object" || value === null) return [];
  const { format: version, edits } = /** @type {Record<string, unknown>} */ (value);
  if (typeof version === "number" && version > FORMAT) return null;
  return Array.isArray(edits) ? edits.filter(isEdit).filter(({ time }) => time >= oldest) : [];
}

/** @type {Record<keyof Edit, string>} */
const TYPES = {
  page: "string",
  name: "string",
  index: "number",
  hash: "string",
  nth: "number",
  id: "string",
  code: "string",
  time: "number",
  foreign: "boolean",
};

/** @param {unknown} value @returns {value is Edit} */
const isEdit = (value) =>
  typeof value === "object" &&
  value !== null &&
  Object.entries(TYPES).every(([name, type]) => typeof Reflect.get(value, name) === type);
