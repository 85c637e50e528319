/** The JavaScript libraries that draw figures. They run only in frames; the page keeps their text for them. */
import { describeStatus } from "../../shared/errors.js";
import { assetUrl } from "../asset_url.js";
import { DISPLAY_MESSAGES } from "../messages.js";

/**
 * Libraries that pyrun bundles, because no wheel contains them: file name by name.
 * @type {ReadonlyMap<string, string>}
 */
const BUNDLED_FILES = new Map([["vega", __PYRUN_VEGA__]]);

/** @type {Map<string, Promise<string>>} */
const kept = new Map();

/** @param {string} name with the version in it @param {Uint8Array} bytes from a wheel */
export function keepLibrary(name, bytes) {
  kept.set(name, Promise.resolve(new TextDecoder().decode(bytes)));
}

/**
 * @param {string} name
 * @returns {Promise<string>} the text of the script
 * @throws {Error} with a message for the reader
 */
export async function libraryText(name) {
  const text = kept.get(name) ?? fetchBundled(name);
  kept.set(name, text);
  try {
    return await text;
  } catch {
    kept.delete(name); // the next try may succeed
    throw new Error(DISPLAY_MESSAGES.libraryMissing(name));
  }
}

/** @param {string} name @returns {Promise<string>} */
async function fetchBundled(name) {
  const file = BUNDLED_FILES.get(name);
  if (file === undefined) throw new Error(`no library ${name}`);
  const response = await fetch(assetUrl(file));
  if (!response.ok) throw new Error(describeStatus(response));
  return response.text();
}
