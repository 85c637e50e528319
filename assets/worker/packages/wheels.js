/**
 * Wheels, unpacked by the browser while Python starts, and put where Python finds them. Pyodide unpacks them with
 * Python's own `zipfile` when Python is there, which takes a quarter of a first visit with NumPy, matplotlib and pandas.
 */
import { addFiles, alignedAfter, ignoreNextTruncation } from "../pyodide/file_system.js";
import { readEntries, unpack, withoutContent, writeArchive } from "./zip.js";

/** @typedef {import("../pyodide/file_system.js").FileSystem} FileSystem */
/** @typedef {import("../pyodide/file_system.js").FileIndex} FileIndex */

/** What Pyodide reads itself to know a package by, and what it puts elsewhere. */
const FOR_PYODIDE = /^[^/]+\.(dist-info|data)\//;

/** Shared libraries, which Pyodide loads when it finds them in a wheel. */
const LIBRARY = /\.so(\.\d+)*$/;

/** Names that Python's `zipfile` changes. */
const UNUSUAL = /[^ -~]|\\|(^|\/)\.{0,2}(\/|$)/;

/**
 * `content` are the files, at `index` in the folder of packages. `rest` is a wheel for Pyodide: what it reads itself,
 * and libraries that are empty.
 * @typedef {{ index: FileIndex, content: Uint8Array<ArrayBuffer>, rest: Blob }} UnpackedWheel
 */

/** Whether the browser can do it. */
export const canUnpack = "DecompressionStream" in self;

/**
 * @param {Uint8Array<ArrayBuffer>} wheel
 * @returns {Promise<UnpackedWheel>}
 * @throws {Error} it is one for Pyodide alone
 */
export async function unpackWheel(wheel) {
  const entries = readEntries(wheel);
  const ours = entries.filter(({ name }) => !FOR_PYODIDE.test(name) && !name.endsWith("/"));
  const unusual = ours.find(({ name }) => UNUSUAL.test(name));
  if (unusual) throw new Error(`${unusual.name} is an unusual name`);
  /** @type {FileIndex} */
  const index = { directories: [], files: [] };
  let end = 0;
  for (const { name, bytes } of ours) {
    const start = alignedAfter(end);
    index.files.push([name, start, bytes]);
    end = start + bytes;
  }
  const content = new Uint8Array(end);
  for (const [number, entry] of ours.entries()) {
    const [, start, bytes] = /** @type {FileIndex["files"][number]} */ (index.files[number]);
    await unpack(entry, content.subarray(start, start + bytes)); // one after the other is fastest
  }
  const rest = entries.flatMap((entry) => {
    if (FOR_PYODIDE.test(entry.name)) return [entry];
    return LIBRARY.test(entry.name) ? [withoutContent(entry)] : [];
  });
  return { index, content, rest: writeArchive(rest) };
}

/**
 * Puts the files of a wheel into the folder of packages, before Pyodide unpacks the rest of it.
 * @param {FileSystem} FS
 * @param {string} folder
 * @param {UnpackedWheel} wheel
 */
export function addWheel(FS, folder, { index, content }) {
  /** @type {FileIndex["files"]} */
  const files = index.files.map(([name, start, bytes]) => [`${folder}/${name}`, start, bytes]);
  addFiles(FS, { directories: [], files }, content);
  for (const [path] of files) if (LIBRARY.test(path)) ignoreNextTruncation(FS, path);
}
