/** Notices that the browser has ended the worker: the Web Lock of its run is released. */

/**
 * Most runs have ended by then, and need no watching. The worker requests its lock before it reports that the code
 * runs.
 */
const LOCKED_AFTER_MS = 1000;

/** The end of a run releases the lock too, and its message may arrive a little later. */
const LATE_MESSAGE_MS = 500;

/**
 * Calls back if the browser terminates the worker in the middle of a run, or the worker closes itself. No event reports
 * that, but the lock of the worker is released. It holds none between runs, because locks keep a page out of the
 * back-forward cache. Where a browser blocks locks, the death is noticed when the reader presses Stop.
 * @param {string} lock
 * @param {() => void} onDeath
 * @returns {() => void} to be called when the run has ended
 */
export function watchForDeath(lock, onDeath) {
  const watching = new AbortController();
  const { signal } = watching;
  let timer = setTimeout(() => {
    const released = () => {
      if (!signal.aborted) timer = setTimeout(onDeath, LATE_MESSAGE_MS);
    };
    navigator.locks?.request(lock, { signal }, released).catch(() => {});
  }, LOCKED_AFTER_MS);
  return () => {
    clearTimeout(timer);
    watching.abort();
  };
}
