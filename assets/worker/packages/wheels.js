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
/** @typedef {import("../pyodide/file_system.js").Files} Files */

/** Metadata, which Pyodide reads, and files that it puts elsewhere. */
const FOR_PYODIDE = /^[^/]+\.(dist-info|data)\//;

/** Shared libraries, which Pyodide loads if they are in a wheel. */
const LIBRARY = /\.so(\.\d+)*$/;

/** Names that Python's `zipfile` would change. */
const UNUSUAL = /[^ -~]|\\|(^|\/)\.{0,2}(\/|$)/;

/**
 * The paths of the files are relative to the folder of packages. `rest` is the smaller wheel for Pyodide.
 * @typedef {{ files: Files["files"], rest: Blob }} UnpackedWheel
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
  const content = new Uint8Array(ours.reduce((end, { bytes }) => alignedAfter(end) + bytes, 0));
  /** @type {Files["files"]} */
  const files = [];
  let end = 0;
  for (const entry of ours) {
    const start = alignedAfter(end);
    end = start + entry.bytes;
    const target = content.subarray(start, end);
    await unpack(entry, target); // one after another is fastest
    files.push([entry.name, target]);
  }
  const rest = entries.flatMap((entry) => {
    if (FOR_PYODIDE.test(entry.name)) return [entry];
    return LIBRARY.test(entry.name) ? [withoutContent(entry)] : [];
  });
  return { files, rest: writeArchive(rest) };
}

/**
 * Adds the files of a wheel to the folder of packages, before Pyodide unpacks the rest of it.
 * @param {FileSystem} FS
 * @param {string} folder
 * @param {UnpackedWheel} wheel
 */
export function addWheel(FS, folder, { files }) {
  /** @type {Files["files"]} */
  const added = files.map(([name, content]) => [`${folder}/${name}`, content]);
  addFiles(FS, { directories: [], files: added });
  for (const [path] of added) if (LIBRARY.test(path)) ignoreNextTruncation(FS, path);
}
