/**
 * Holds a lock, which the browser releases if it ends this worker: that is how the page learns of it. It is waited for,
 * because the request leaves some time after it was made, and not at all while Python blocks.
 * @param {string} lock
 * @returns {Promise<() => void>} settled when the lock is held, or refused; releases it
 */
export function holdLock(lock) {
  return new Promise((settle) => {
    const begun = () => new Promise((resolve) => settle(() => resolve(null)));
    const without = () => settle(() => {});
    // Refused where site data is blocked; not there where the page does not come over https.
    if (navigator.locks) navigator.locks.request(lock, begun).catch(without);
    else without();
  });
}
