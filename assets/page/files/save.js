/** Saves files on the reader's computer. */
import { element } from "../dom.js";
import { blobUrl } from "./content_url.js";
import { safeName } from "./safe_name.js";

/** The last file that was saved. A browser may still read it after `click` returns. */
let savedUrl = "";

/** @param {BlobPart} content @param {string} name @param {string} [type] its MIME type */
export function save(content, name, type) {
  URL.revokeObjectURL(savedUrl);
  savedUrl = blobUrl(content, type);
  element("a", { href: savedUrl, download: safeName(name) }).click();
}
