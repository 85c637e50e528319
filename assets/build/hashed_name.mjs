/** Names of built files, with a hash of their content. */
import { createHash } from "node:crypto";

/** As esbuild has it in file names. */
const HASH_CHARACTERS = 8;

/**
 * A file name that carries a hash of the content, as esbuild's do.
 * @param {string} stem
 * @param {string} extension with its dot
 * @param {string | Uint8Array} content
 */
export function hashedName(stem, extension, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, HASH_CHARACTERS).toUpperCase();
  return `${stem}-${hash}${extension}`;
}
