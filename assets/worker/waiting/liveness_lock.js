/** Holds a Web Lock during a run, by which the page notices that the worker was ended. */

/**
 * Whether a request reaches the browser as soon as it is made. In Chromium the first one of a worker waits for a check
 * of permissions. Later ones do not, nor does any in Firefox and WebKit.
 */
let requestsAreImmediate = false;

/**
 * Holds a Web Lock. The browser releases it if it kills this worker, which is how the page learns of that. A request that
 * reaches the browser at once is not awaited: it is granted however long Python blocks.
 * @param {string} lock
 * @returns {Promise<() => void>} releases the lock; resolves when the browser holds the request, has granted or refused it
 */
export async function holdLivenessLock(lock) {
  // Absent on pages that are not served over https.
  if (!navigator.locks) return () => {};
  let release = () => {};
  /** @type {Promise<void>} */
  const released = new Promise((resolve) => {
    release = resolve;
  });
  /** @type {Promise<void>} */
  const answered = new Promise((settle) => {
    const held = () => {
      settle();
      return released;
    };
    navigator.locks.request(lock, held).catch(() => settle()); // refused where site data is blocked
  });
  if (!requestsAreImmediate) await answered;
  requestsAreImmediate = true;
  return release;
}
