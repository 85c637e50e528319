/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */

/**
 * The order of a failure is not always that of its cause, so all that Pyodide says is kept.
 * @param {string} name
 * @returns {string} PEP 503
 */
const canonical = (name) => name.replace(/[-_.]+/g, "-").toLowerCase();

/**
 * Which of the packages are not loaded yet.
 * @param {PyodideInterface} pyodide
 * @param {string[]} names canonical
 */
export function missingPackages(pyodide, names) {
  const loaded = new Set(Object.keys(pyodide.loadedPackages).map(canonical));
  return names.filter((name) => !loaded.has(name));
}

/**
 * Loads packages of the distribution, with what they depend on.
 * @param {PyodideInterface} pyodide
 * @param {string[]} names canonical
 * @throws {Error} one of them could not be loaded: Pyodide only mentions that
 */
export async function loadPackages(pyodide, names) {
  /** @type {string[]} */
  const complaints = [];
  await pyodide.loadPackage(names, {
    messageCallback: () => {},
    errorCallback: (message) => complaints.push(message),
  });
  const missing = missingPackages(pyodide, names);
  if (missing.length > 0) throw new Error(`${missing.join(", ")}: ${complaints.join("; ") || "not loaded"}`);
}
