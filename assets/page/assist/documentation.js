/** Where the site, or one that it refers to, documents a name: a table that the build writes from inventories. */

/** @import { LiveCell } from "../cell/live_cell.js" */

/** The format that this module reads; `FORMAT` of `pyrun_core/settlement/documented_names.py`. */
const FORMAT = 1;

/**
 * The content of the table. `pages` are URLs, relative to the table or absolute. `names` has, for each name, the index of its
 * page and the fragment there; without one, the fragment is the name itself.
 * @typedef {{ format: number, pages: string[], names: Record<string, [page: number, fragment?: string]> }} Table
 */

/** @typedef {{ url: string, table: Table }} Documentation */

/** By URL. @type {Map<string, Promise<Documentation | null>>} */
const tables = new Map();

/**
 * The page that documents the first of these names that is documented anywhere.
 * @param {LiveCell} cell
 * @param {string[]} names qualified
 * @returns {Promise<string | null>} its URL
 */
export async function documentationOf(cell, names) {
  const url = cell.interpreter.site.current?.namesUrl;
  if (!url) return null;
  if (!tables.has(url)) tables.set(url, load(url));
  const documentation = await tables.get(url);
  return documentation ? find(documentation, names) : null;
}

/** @param {string} url @returns {Promise<Documentation | null>} `null` if it cannot be loaded; the links are then missing */
async function load(url) {
  try {
    const table = await (await fetch(url)).json();
    return isTable(table) ? { url, table } : null;
  } catch {
    tables.delete(url); // the next question tries again
    return null;
  }
}

/** @param {any} table @returns {table is Table} */
const isTable = (table) =>
  table?.format === FORMAT &&
  Array.isArray(table.pages) &&
  typeof table.names === "object" &&
  table.names !== null;

/**
 * @param {Documentation} documentation
 * @param {string[]} names
 * @returns {string | null}
 */
export function find({ url, table }, names) {
  for (const name of names) {
    if (!Object.hasOwn(table.names, name)) continue;
    const [page, fragment = name] = table.names[name] ?? [];
    const target = new URL(`${table.pages[page ?? -1]}`, url);
    if (!/^https?:$/.test(target.protocol)) continue;
    target.hash = fragment;
    return target.href;
  }
  return null;
}
