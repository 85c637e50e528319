/** Writes files into an archive. */
import { zipSync } from "fflate";

/** @import { FolderFile } from "../../shared/protocol.js" */

/** The first day that an archive can tell: the same files make the same archive. */
const MADE = "1980-01-01T00:00:00";

/** @param {readonly FolderFile[]} files @returns {Blob} */
export function zip(files) {
  const encoder = new TextEncoder();
  const contents = files.map(({ name, code }) => [name, encoder.encode(code)]);
  const archive = zipSync(Object.fromEntries(contents), { mtime: MADE });
  return new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (archive)], { type: "application/zip" });
}
