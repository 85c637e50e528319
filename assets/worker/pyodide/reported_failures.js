/**
 * Keeps failures that the page hears of out of the console: Pyodide requests some files early and listens later, so browsers
 * take these failures for errors that nobody handles.
 */

/** @type {WeakSet<object>} */
const reported = new WeakSet();

/** Marks an error that the page hears of. @param {unknown} error */
export function markReported(error) {
  if (error instanceof Error) reported.add(error);
}

/** Hides marked errors in this worker from now on. */
export function hideReported() {
  self.addEventListener("unhandledrejection", (event) => {
    if (reported.has(event.reason)) event.preventDefault();
  });
}
