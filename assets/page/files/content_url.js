/**
 * Addresses for what code has made. A reader can open such an address in a new tab, so none of them may be a document
 * with scripts and the site's origin. Nothing else in the page makes object URLs.
 */

/** Formats without scripts, in lower case and without parameters. A `blob:` URL has the site's origin. */
const INERT = new Set([
  ...["image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"],
  ...[
    "audio/aac",
    "audio/flac",
    "audio/mp4",
    "audio/mpeg",
    "audio/ogg",
    "audio/wav",
    "audio/webm",
    "audio/x-wav",
  ],
  ...["video/mp4", "video/mpeg", "video/ogg", "video/quicktime", "video/webm", "video/x-matroska"],
]);

/** Browsers save it, and players find out what it is. */
const UNKNOWN = "application/octet-stream";

/**
 * @param {BlobPart} content
 * @param {string} [type] its MIME type, as the code says; without effect if it could be a document with scripts
 * @returns {string} a `blob:` URL, which keeps the content until it is revoked
 */
export function blobUrl(content, type = UNKNOWN) {
  const [essence = ""] = type.toLowerCase().split(";");
  return URL.createObjectURL(
    new Blob([content], { type: INERT.has(essence.trim()) ? essence.trim() : UNKNOWN }),
  );
}

/**
 * For formats that can have scripts, such as SVG: the origin of a `data:` URL is opaque.
 * @param {BlobPart} content
 * @param {string} [type] its MIME type
 * @returns {Promise<string>} a `data:` URL
 */
export function dataUrl(content, type) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(/** @type {string} */ (reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([content], { type: type ?? "" }));
  });
}
