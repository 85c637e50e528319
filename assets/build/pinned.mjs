/** Pins built files: the script that names a file also knows the hash of its content. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

/**
 * What a script needs to fetch a built file, and nothing but that file.
 * @param {string} outdir
 * @param {string} name of the file, which will not change any more
 * @returns {Promise<PinnedFile>}
 */
export async function pinned(outdir, name) {
  const digest = createHash("sha256")
    .update(await readFile(path.join(outdir, name)))
    .digest("base64");
  // pyrun_core/settlement/runtime.py looks for names in this form.
  return { url: `./${name}`, integrity: `sha256-${digest}` };
}
