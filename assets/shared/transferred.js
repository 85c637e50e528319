/** Content that one side of a channel hands over to the other, and has no longer: there is no copy of it. */

/** What is transferred with a message that has these arrays: each memory once. @param {Uint8Array<ArrayBuffer>[]} arrays */
export const buffersOf = (arrays) => [...new Set(arrays.map(({ buffer }) => buffer))];

/** @param {{ files: [string, Uint8Array<ArrayBuffer>][] }} files */
export const buffersOfFiles = ({ files }) => buffersOf(files.map(([, content]) => content));
