/** Loads what a page needs only once a reader is interested: the client of the worker, and the code of runs. */

/** @typedef {typeof import("../interpreter/client.js") & typeof import("../run/on_intent.js")} OnIntent */

/** @type {OnIntent | null} */
let loaded = null;

/** @returns {OnIntent | null} `null` until the first cell has loaded it, for all cells */
export const loadedOnIntent = () => loaded;

/** @returns {Promise<OnIntent>} @throws {Error} it cannot be loaded; the next call tries again */
export async function loadOnIntent() {
  loaded ??= await load();
  return loaded;
}

/** @returns {Promise<OnIntent>} */
async function load() {
  // Requests their imports at the same time, instead of one level after the other.
  for (const name of __PYRUN_IMPORTED__) import(name).catch(() => {});
  const [client, onIntent] = await Promise.all([
    import("../interpreter/client.js"),
    import("../run/on_intent.js"),
  ]);
  return { ...client, ...onIntent };
}
