/** Modules of others that come with pyrun, and that hardly a page needs: each is fetched when it is imported. */
import turtle from "../../python/vendored/turtle.py.txt";

/** Where their source is, relative to the worker. @type {Record<string, string>} */
const FILES = { turtle };

/**
 * The source of a module.
 * @param {string} name
 * @returns {string | undefined} nothing, which is Python's None, if it could not be had
 */
export function vendored(name) {
  const request = new XMLHttpRequest();
  try {
    // An import cannot be suspended everywhere, so this blocks.
    request.open("GET", new URL(FILES[name] ?? name, import.meta.url), false);
    request.send();
  } catch {
    return undefined;
  }
  return request.status === 200 ? request.responseText : undefined;
}
