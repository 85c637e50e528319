/** Most runs have ended by then, and need no watching. The worker asks for its lock before it tells that the code runs. */
const LOCKED_AFTER_MS = 1000;

/** The end of a run releases the lock too, and its message may come a little later. */
const LATE_MESSAGE_MS = 500;

/**
 * Calls back if the browser ends the worker in the middle of a run, or the worker ends itself: no event tells of it,
 * but the lock that it holds is released. Nothing is held between runs, because locks keep a page out of the
 * back-forward cache. Where a browser refuses locks, the reader's Stop is what finds out.
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
