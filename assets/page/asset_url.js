/** Addresses of the files that the build has published. */

/**
 * Where a file of the build is. Hosts write URLs relative to the folder that this script is in, because pages may be
 * deeper in the site.
 * @param {string} url relative to that folder
 * @returns {string} absolute
 */
export const assetUrl = (url) => new URL(url, import.meta.url).href;
