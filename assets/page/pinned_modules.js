/** Imports pyrun's own modules only if their content is what the build pinned. */
import { fetchPinned } from "../shared/pinned_files.js";
import { assetUrl } from "./asset_url.js";
import { element } from "./dom.js";

/** By address. @type {Map<string, Promise<any>>} */
const imports = new Map();

/**
 * Imports a module, once. It must import no other one statically: that would be fetched without a comparison.
 * @param {PinnedFile} file
 * @returns {Promise<any>}
 * @throws {import("../shared/pinned_files.js").ChangedFileError} it is not the file that was built; it has not been evaluated
 * @throws {Error} it could not be loaded; the next call tries again
 */
export function importPinned({ url, integrity }) {
  const address = assetUrl(url);
  const imported = imports.get(address) ?? load(address, integrity);
  imports.set(address, imported);
  imported.catch(() => imports.delete(address));
  return imported;
}

/**
 * `import()` takes no hash, and WebKitGTK 2.50 ignores that of a `modulepreload`. A script element compares in every
 * browser, and `import()` then finds its module. After a failure, `import()` would request it again and compare nothing;
 * Firefox remembers the failure, by the whole address.
 * @param {string} address
 * @param {string} integrity
 */
async function load(address, integrity) {
  const run = (/** @type {string} */ src) =>
    new Promise((resolve, reject) => {
      const onload = () => resolve(src);
      const onerror = () => reject(new Error(src));
      /** @type {HTMLScriptElement | null} */
      const other = document.querySelector("script[nonce]");
      const nonce = other?.nonce ?? ""; // of a strict policy, which all scripts share
      document.head.append(element("script", { type: "module", nonce, integrity, onload, onerror, src }));
    });
  const src = await run(address).catch(async () => {
    await fetchPinned({ url: address, integrity }); // says why, or has replaced what a cache had
    return run(`${address}#${Date.now()}`);
  });
  return import(src);
}
