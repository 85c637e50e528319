/** The description of a snapshot, which is read before its content. */

/** @typedef {import("../pyodide/file_system.js").FileIndex} FileIndex */
/** @typedef {import("../pyodide/file_system.js").Stream} Stream */
/** @typedef {import("../pyodide/linking.js").Links} Links */
/** @typedef {import("./heap.js").Layout} Layout */

/**
 * What is neither heap nor file. `head` is the beginning of Pyodide's own snapshot, before the heap; `streams` are the
 * files that are open; `library` is the sum of the standard library.
 * @typedef {{
 *   head: number[], layout: Layout, links: Links, index: FileIndex, streams: Stream[],
 *   library: number, loadedPackages: Record<string, string>,
 * }} Description
 */

/** The description as it is stored. @param {Description} description @returns {Uint8Array<ArrayBuffer>} */
export const entryOf = (description) => new TextEncoder().encode(JSON.stringify(description));

/** @param {Uint8Array<ArrayBuffer>} stored @returns {Description} */
export const readEntry = (stored) => JSON.parse(new TextDecoder().decode(stored));
