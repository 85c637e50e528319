/** Addresses of pyrun's own files. */

/**
 * The URL of one of pyrun's own files, which are beside this script. In the loader, which is no module, build.mjs defines
 * `import.meta.url`.
 * @param {string} url relative to the script
 * @returns {string} absolute
 */
export const assetUrl = (url) => new URL(url, import.meta.url).href;
