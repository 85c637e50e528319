/**
 * Whether requests leave as soon as they are made. Chromium's first one waits until it is known to be allowed; all
 * others do, and those of Firefox and of WebKit anyway.
 */
let leavesAtOnce = false;

/**
 * Holds a lock, which the browser releases if it ends this worker: that is how the page learns of it. A request that
 * leaves at once is not waited for: the browser has it however long Python blocks.
 * @param {string} lock
 * @returns {Promise<() => void>} settled when the lock is held or refused, or the browser's to give; releases it
 */
export async function holdLock(lock) {
  // Not there where the page does not come over https.
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
  if (!leavesAtOnce) await answered;
  leavesAtOnce = true;
  return release;
}
