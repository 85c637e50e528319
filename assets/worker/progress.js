/** @typedef {import("../shared/protocol.js").Progress} Progress */
/** @typedef {import("./pyodide/downloads.js").Downloads} Downloads */

/** Progress is for eyes: more often is only noise in the page's event loop. */
const INTERVAL_MS = 100;

/**
 * A callback for every piece that comes in, which reports some of them.
 * @param {Downloads} downloads
 * @param {(progress: Progress) => void} post
 * @param {(loadedBytes: number) => Progress} message
 */
export function reporting(downloads, post, message) {
  let last = 0;
  return () => {
    const now = performance.now();
    if (now - last < INTERVAL_MS && !downloads.idle) return;
    last = now;
    post(message(downloads.loadedBytes));
  };
}
