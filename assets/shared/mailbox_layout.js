/** The layout of both kinds of mailbox, for page, worker and service worker. */

/** Indices of 32-bit integers in the head of a shared mailbox. */
export const HEAD = { state: 0, letter: 1, sizeBytes: 2, isLast: 3 };
export const HEAD_BYTES = 4 * Int32Array.BYTES_PER_ELEMENT;

/** Values of `HEAD.state`. */
export const EMPTY = 0;
export const FULL = 1;

/** Room for one piece of a letter. A longer letter is sent in several pieces. */
export const PIECE_BYTES = 64 * 1024;

/**
 * Relative to the service worker's folder; no such file exists. The name includes the version of the format, so that
 * pages of two versions of pyrun can share a service worker.
 */
export const LETTERS_PATH = "letters-1";

/**
 * How long one request waits for a letter. Browsers stop a service worker whose answer takes minutes, so the worker
 * repeats the request.
 */
export const LONGEST_WAIT_MS = 20_000;

/** @typedef {{ letter: number, message: import("./protocol.js").Urgent }} Letter */

/** A message of the page to the service worker. @typedef {{ to: string, letter: Letter }} Delivery */
