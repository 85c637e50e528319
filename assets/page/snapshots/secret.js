/**
 * The secret with which pages recognise their own snapshots. Code of a reader can write to the same Cache Storage, but it
 * runs in workers, and no browser gives a worker `localStorage`.
 */

const NAME = "pyrun-snapshot-secret";
const SECRET_BYTES = 32;
const ALGORITHM = "AES-GCM";

/**
 * The secret of this browser, for this origin.
 * @param {{ isMade: boolean }} options whether it is made if there is none
 * @returns {Promise<CryptoKey | null>} `null` without one, on pages that are not served over https, and where the browser
 *   blocks storage
 */
export async function findSecret({ isMade }) {
  if (!globalThis.crypto?.subtle) return null;
  try {
    const text = localStorage.getItem(NAME) ?? (isMade ? makeSecret() : null);
    if (text === null) return null;
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return await crypto.subtle.importKey("raw", bytes, ALGORITHM, false, ["encrypt", "decrypt"]);
  } catch {
    return null;
  }
}

/** Two tabs may do so at the same time: both take what is stored last. @throws {Error} the browser blocks storage */
function makeSecret() {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  localStorage.setItem(NAME, btoa(String.fromCharCode(...bytes)));
  return localStorage.getItem(NAME);
}
