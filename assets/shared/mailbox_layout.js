/** What page, worker and service worker agree on about the two kinds of mailbox. */

/** Places in the head of a shared mailbox, as 32-bit integers. */
export const HEAD = { state: 0, letter: 1, sizeBytes: 2, isLast: 3 };
export const HEAD_BYTES = 4 * Int32Array.BYTES_PER_ELEMENT;

/** Values of `HEAD.state`. */
export const EMPTY = 0;
export const FULL = 1;

/** Room for one piece of a letter: a longer letter comes in several. */
export const PIECE_BYTES = 64 * 1024;

/**
 * Below the service worker's own folder; no such file exists. Part of the name is the version of what is said there,
 * so that pages of two versions of pyrun can share a service worker.
 */
export const LETTERS_PATH = "letters-1";

/**
 * How long one request waits for a letter. Browsers end a service worker whose answer takes minutes; whoever waits
 * longer asks again.
 */
export const LONGEST_WAIT_MS = 20_000;

/** @typedef {{ letter: number, message: import("./protocol.js").Urgent }} Letter */

/** What the page hands to the service worker. @typedef {{ to: string, letter: Letter }} Delivery */
