/**
 * Holds a lock, which the browser releases if it ends this worker: that is how the page learns of it.
 * @param {string} lock
 * @returns {() => void} releases it
 */
export function holdLock(lock) {
  /** @type {(nothing: null) => void} */
  let release = () => {};
  const held = new Promise((resolve) => {
    release = resolve;
  });
  // Refused where site data is blocked; not there where the page does not come over https.
  navigator.locks?.request(lock, () => held).catch(() => {});
  return () => release(null);
}
