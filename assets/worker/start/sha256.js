/** SHA-256 of what was read while Python waits: browsers compute it only in promises. */
import { sha256 } from "@noble/hashes/sha2";

/** @param {Uint8Array} content @returns {string} as `fetch` takes it: https://www.w3.org/TR/SRI/ */
export const integrityOf = (content) => `sha256-${btoa(String.fromCharCode(...sha256(content)))}`;
