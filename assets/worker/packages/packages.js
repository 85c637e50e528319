/** Loads packages by name, and finds the package that has a module. */

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */

/** @typedef {import("../pyodide/internals.js").Lock} Lock */

/** The normalized name of a package: https://packaging.python.org/en/latest/specifications/name-normalization/ @param {string} name */
export const canonicalName = (name) => name.replace(/[-_.]+/g, "-").toLowerCase();

/**
 * Which of the packages are not loaded yet.
 * @param {PyodideInterface} pyodide
 * @param {string[]} names canonicalName
 */
export function missingPackages(pyodide, names) {
  const loaded = new Set(Object.keys(pyodide.loadedPackages).map(canonicalName));
  return names.filter((name) => !loaded.has(name));
}

/** The last load, which goes on if Stop has ended the run that wanted it. @type {Promise<unknown>} */
let lastLoad = Promise.resolve();

/**
 * Loads packages of the lock file, with what they depend on.
 * @param {PyodideInterface} pyodide
 * @param {string[]} names canonicalName
 * @throws {Error} one of them could not be loaded; Pyodide itself only logs that
 */
export async function loadPackages(pyodide, names) {
  // A failure may be logged before its cause, so all messages are kept.
  /** @type {string[]} */
  const complaints = [];
  // One after the other: the end of a load takes the callbacks from another that waits, which would print its messages.
  const load = lastLoad.then(() =>
    pyodide.loadPackage(names, {
      messageCallback: () => {},
      errorCallback: (message) => complaints.push(message),
    }),
  );
  lastLoad = load.catch(() => {});
  await load;
  const missing = missingPackages(pyodide, names);
  if (missing.length > 0) throw new Error(`${missing.join(", ")}: ${complaints.join("; ") || "not loaded"}`);
}

/**
 * The package that provides a module, if it is not loaded.
 * @param {PyodideInterface} pyodide
 * @param {Lock} lock
 * @param {string} module its full name: packages can share its first part
 * @returns {string | undefined} canonicalName
 */
export function packageProviding(pyodide, lock, module) {
  const parts = module.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const name = parts.slice(0, length).join(".");
    const found = Object.values(lock.packages).find(({ imports }) => imports?.includes(name));
    if (found) return missingPackages(pyodide, [canonicalName(found.name)])[0];
  }
  return undefined;
}
