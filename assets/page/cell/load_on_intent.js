/** What a page without interested readers does without: the client of the worker, and what a run needs. */

/** @typedef {typeof import("../interpreter/client.js") & typeof import("../run/on_intent.js")} OnIntent */

/** @type {OnIntent | null} */
let loaded = null;

/** @returns {OnIntent | null} nothing before one cell has loaded it, for all of them */
export const loadedOnIntent = () => loaded;

/** @returns {Promise<OnIntent>} @throws {Error} no connection, for instance; the next call tries again */
export async function loadOnIntent() {
  loaded ??= await load();
  return loaded;
}

/** @returns {Promise<OnIntent>} */
async function load() {
  // What they import is asked for with them, and not one level after the other.
  for (const name of __PYRUN_IMPORTED__) import(name).catch(() => {});
  const [client, onIntent] = await Promise.all([
    import("../interpreter/client.js"),
    import("../run/on_intent.js"),
  ]);
  return { ...client, ...onIntent };
}
