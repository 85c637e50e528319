/** Makes a snapshot of Python in a worker that runs no example. */
import { canonicalName } from "../packages/packages.js";
import { Downloads } from "../pyodide/downloads.js";
import { addFiles, collectFiles } from "../pyodide/file_system.js";
import { markLoaded } from "../pyodide/internals.js";
import { Recording } from "../pyodide/linking.js";
import { saveOptions } from "../pyodide/memory_snapshot.js";
import { HandedFiles } from "../start/handed_files.js";
import { PyodideLoader } from "../start/loader.js";
import { fetchRuntime, installRuntime, prepareSnapshot } from "../start/runtime.js";
import { SiteFiles } from "../start/site_files.js";
import { ClockSignal } from "../waiting/clock_signal.js";
import { takeSnapshot } from "./snapshot.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../../shared/protocol.js").Modules} Modules */
/** @typedef {import("../../shared/protocol.js").SaveRequest} SaveRequest */
/** @typedef {import("../../shared/snapshot_messages.js").SnapshotParts} SnapshotParts */
/** @typedef {import("../../shared/protocol.js").Start} Start */
/** @typedef {import("../../shared/protocol.js").UnpackRequest} UnpackRequest */
/** @typedef {import("../../shared/snapshot_messages.js").UnpackedPackages} UnpackedPackages */

/** Pyodide's own WebAssembly is among the modules of the request. @type {Promise<WebAssembly.Module>} */
const NOT_HANDED = new Promise(() => {});

/** @type {UnpackedPackages} */
const NO_PACKAGES = { files: { directories: [], files: [] }, loadedPackages: {} };

/** Where Pyodide puts shared libraries that several packages use. */
const LIBRARIES = "/usr/lib";

/**
 * Makes the snapshot for a start, which the page stores. No code of a reader has run in this Python.
 * @param {SaveRequest} start
 * @param {MessagePort | null} filePort to the page, if that fetches the files. Then it has compiled Pyodide, too
 * @returns {Promise<SnapshotParts>}
 * @throws {Error} no snapshot can be made; the message says why
 */
export async function makeSnapshot(start, filePort = null) {
  const files = filesOf(start, filePort);
  const archive = fetchRuntime(files);
  archive.catch(() => {}); // awaited below
  const modules = new Map(start.modules);
  const { packages } = start;
  const unpacked =
    start.unpacked ?? (packages.length > 0 ? await unpack(start, files, modules) : NO_PACKAGES);
  const recording = new Recording(start.waiting.strategy === "jspi");
  const { pyodide } = await begin(start, files, modules).bare(new ClockSignal(), {
    ...saveOptions(recording),
    fsInit: (/** @type {PyodideInterface["FS"]} */ FS) => addFiles(FS, unpacked.files),
  });
  recording.begin(pyodide);
  installRuntime(pyodide, await archive);
  const bytecode = prepareSnapshot(pyodide, start.imports ?? []);
  markLoaded(pyodide, unpacked.loadedPackages);
  return takeSnapshot(pyodide, recording, new Set(bytecode));
}

/**
 * The packages of a start, unpacked by a separate Python, because unpacking leaves garbage in its heap.
 * @param {UnpackRequest} start
 * @param {MessagePort | null} filePort as for `makeSnapshot`
 * @returns {Promise<UnpackedPackages>}
 * @throws {Error} they cannot be unpacked; the message says why
 */
export function unpackPackages(start, filePort = null) {
  return unpack(start, filesOf(start, filePort), new Map(start.modules));
}

/**
 * @param {Start} start
 * @param {SiteFiles} files
 * @param {Modules} modules
 * @returns {Promise<UnpackedPackages>}
 */
async function unpack(start, files, modules) {
  const { pyodide } = await begin(start, files, modules).withPackages(new ClockSignal());
  // Python starts even if a package is missing.
  const loaded = new Set(Object.keys(pyodide.loadedPackages).map(canonicalName));
  const missing = start.packages.filter((name) => !loaded.has(canonicalName(name)));
  if (missing.length > 0) throw new Error(`not all packages could be loaded: ${missing.join(", ")}`);
  const site = pyodide.pyimport("site").getsitepackages().get(0);
  return {
    files: collectFiles(pyodide.FS, [site, LIBRARIES]),
    loadedPackages: { ...pyodide.loadedPackages },
  };
}

/** @param {Start} start @param {MessagePort | null} filePort */
function filesOf(start, filePort) {
  const handed = filePort && new HandedFiles(filePort, NOT_HANDED, new Downloads());
  return new SiteFiles(start, handed, new Downloads());
}

/** A start whose progress is not reported. @param {Start} start @param {SiteFiles} files @param {Modules} modules */
function begin(start, files, modules) {
  return new PyodideLoader(start, files, modules, new Downloads(), () => {});
}
