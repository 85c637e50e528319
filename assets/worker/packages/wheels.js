/**
 * Wheels that the browser unpacks while Python starts. Pyodide would unpack them with Python's `zipfile` once Python has
 * started, which takes a quarter of a first visit with NumPy, matplotlib and pandas.
 *
 * Pyodide still installs each wheel, from a smaller one: its metadata, and an empty file for each shared library, because
 * Pyodide loads the libraries that it finds in the archive. There is no plainer way in 0.27 to 315. The public hooks
 * (`loadPackage`, `unpackArchive`) read the same archive for both files and libraries, and load the libraries right after
 * they unpack it, so nothing can come between. If the archive held the real libraries, uncompressed, Python would write
 * them a second time: 0.1 seconds of CPU time and 26 MB of memory for those of NumPy, pandas and matplotlib (Pyodide
 * 0.28.3, `shutil.unpack_archive`, median of 5). Registering packages and loading their libraries here would need
 * Pyodide's private loader, its rules for the scope of symbols, and its metadata files, which differ between versions.
 */
import { addFiles, alignedAfter, ignoreNextTruncation } from "../pyodide/file_system.js";
import { unpack } from "./unpack.js";
import { readEntries, withoutContent, writeArchive } from "./zip.js";

/** @typedef {import("../pyodide/file_system.js").FileSystem} FileSystem */
/** @typedef {import("../pyodide/file_system.js").FileIndex} FileIndex */

/** Metadata, which Pyodide reads, and files that it puts elsewhere. */
const FOR_PYODIDE = /^[^/]+\.(dist-info|data)\//;

/** Shared libraries, which Pyodide loads if they are in a wheel. */
const LIBRARY = /\.so(\.\d+)*$/;

/** Names that Python's `zipfile` would change. */
const UNUSUAL = /[^ -~]|\\|(^|\/)\.{0,2}(\/|$)/;

/**
 * `content` has the files of `index`, whose paths are relative to the folder of packages. `rest` is the smaller wheel for
 * Pyodide.
 * @typedef {{ index: FileIndex, content: Uint8Array<ArrayBuffer>, rest: Blob }} UnpackedWheel
 */

/** Whether the browser can unpack wheels. */
export const canUnpack = "DecompressionStream" in self;

/**
 * @param {Uint8Array<ArrayBuffer>} wheel
 * @returns {Promise<UnpackedWheel>}
 * @throws {import("./zip.js").RefusedArchive} nothing should unpack this wheel
 * @throws {Error} only Pyodide can unpack it
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
    await unpack(entry, content.subarray(start, start + bytes)); // one after another is fastest
  }
  const rest = entries.flatMap((entry) => {
    if (FOR_PYODIDE.test(entry.name)) return [entry];
    return LIBRARY.test(entry.name) ? [withoutContent(entry)] : [];
  });
  return { index, content, rest: writeArchive(rest) };
}

/**
 * Adds the files of a wheel to the folder of packages, before Pyodide unpacks the rest of it.
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
