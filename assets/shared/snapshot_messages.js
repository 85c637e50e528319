/** The messages with snapshots of Python, and with what they are made of. Their requests are in protocol.js. */

/** Content in pieces, of any length, back to back. @typedef {Uint8Array<ArrayBuffer>[]} Pieces */

/**
 * A snapshot. `entry` is its description (worker/snapshot/entry.js); `heap` and `files` are the content.
 * @typedef {{ entry: Pieces, heap: Pieces, files: Pieces }} SnapshotParts
 */

/**
 * The entry of the snapshot for the `key` of `boot` (worker/snapshot/entry.js), which the page has verified; `null` if
 * there is no snapshot. It follows `boot`.
 * @typedef {{ type: "snapshot-entry", entry: Uint8Array<ArrayBuffer> | null }} SnapshotEntry
 */

/**
 * A part of the snapshot's content, which the page has verified: first the files, then the heap. `null` if the snapshot could
 * not be read or verified.
 * @typedef {{ type: "snapshot-content", part: "files" | "heap", bytes: Uint8Array<ArrayBuffer> }
 *   | { type: "snapshot-content", part: null }} SnapshotContent
 */

/** `files` are `[path, content]`. @typedef {{ directories: string[], files: [string, Uint8Array<ArrayBuffer>][] }} Files */

/** The files of packages, and those packages as Pyodide knows them. @typedef {{ files: Files, loadedPackages: Record<string, string> }} UnpackedPackages */

/**
 * The end of `unpack`, whose files are transferred.
 * @typedef {{ type: "unpacked", unpacked: UnpackedPackages } | { type: "unpacked", unpacked: null, problem: string }} Unpacked
 */

/**
 * The end of `save`, whose parts are transferred. `problem` is the reason why no snapshot could be made.
 * @typedef {{ type: "saved", snapshot: SnapshotParts } | { type: "saved", snapshot: null, problem: string }} Saved
 */

export {};
