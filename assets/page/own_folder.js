/**
 * Hosts write URLs relative to the folder that this file is in, because pages are deeper in the site or not.
 * @param {string} url
 * @returns {string} absolute
 */
export const absolute = (url) => new URL(url, import.meta.url).href;
