/** What a snapshot contains: the heap, the files and the state of shared libraries. */
import {
  addFiles,
  checksumOfStdlib,
  collectFiles,
  openAgain,
  openStreams,
  packFiles,
  unpackFiles,
} from "../pyodide/file_system.js";
import { markLoaded } from "../pyodide/internals.js";
import { Replay } from "../pyodide/linking.js";
import { memoryOf, restoreOptions } from "../pyodide/memory_snapshot.js";
import { resumeFromSnapshot } from "../start/runtime.js";
import { entryOf } from "./entry.js";
import { compactHeap, restoreHeap } from "./heap.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../../shared/protocol.js").Modules} Modules */
/** @typedef {import("../../shared/snapshot_messages.js").SnapshotParts} SnapshotParts */
/** @typedef {import("./pending_snapshot.js").PendingSnapshot} PendingSnapshot */
/** @typedef {import("../pyodide/file_system.js").FileIndex} FileIndex */
/** @typedef {import("../pyodide/linking.js").Links} Links */
/** @typedef {import("../pyodide/linking.js").Recording} Recording */
/** @typedef {import("./entry.js").Description} Description */

/**
 * @param {PyodideInterface} pyodide started with `saveOptions(recording)`
 * @param {Recording} recording
 * @param {ReadonlySet<string>} spent files that will not be read again
 * @returns {SnapshotParts} the pages of the heap that are not zero, and the files, which are those of Python: it may run no more
 * @throws {Error} something in it cannot be saved
 */
export function takeSnapshot(pyodide, recording, spent) {
  const { FS, loadedPackages } = pyodide;
  const loaded = { ...loadedPackages };
  const { head, heap } = memoryOf(pyodide);
  const compact = compactHeap(heap);
  const packed = packFiles(collectFiles(FS, ["/"], spent));
  const entry = entryOf({
    head,
    layout: compact.layout,
    links: recording.links(pyodide),
    index: packed.index,
    streams: openStreams(FS),
    library: checksumOfStdlib(FS),
    loadedPackages: loaded,
  });
  return { entry: [entry], heap: [compact.content], files: packed.pieces };
}

/**
 * Options of `loadPyodide` that restore a snapshot. The slow work starts now.
 * @param {Description} description
 * @param {PendingSnapshot} pending
 * @param {Modules} modules WebAssembly that is compiled already; the libraries of the snapshot are added
 */
export function optionsToRestore({ head, layout, links, index, streams, library }, pending, modules) {
  const compiling = pending.files.then((files) => compileLibraries(links, index, files, modules));
  const preparing = Promise.all([pending.files, pending.heap, compiling]);
  preparing.catch(() => {}); // `fsInit` awaits it
  /** @type {Uint8Array<ArrayBuffer> | null} */
  let content = null;
  /** What went wrong. Pyodide only logs what `fsInit` throws. @type {unknown} */
  let problem = new Error("the files of the snapshot are missing");
  const replay = new Replay(links, modules, {
    check(FS) {
      if (!content) throw problem;
      if (checksumOfStdlib(FS) !== library)
        throw new Error("the standard library differs from that of the snapshot");
    },
    restore(memory, FS) {
      restoreHeap(memory, layout, /** @type {Uint8Array} */ (content));
      openAgain(FS, streams);
    },
  });
  return {
    ...restoreOptions(head, layout.bytes, replay),
    /** @param {PyodideInterface["FS"]} FS */
    async fsInit(FS) {
      try {
        const [files, heap, libraries] = await preparing;
        for (const [name, library] of libraries) modules.set(name, library);
        addFiles(FS, unpackFiles(index, files));
        content = heap;
      } catch (error) {
        problem = error;
      }
    },
  };
}

/** Restores what is not in the heap. @param {PyodideInterface} pyodide @param {Description} description */
export function finishRestoring(pyodide, { loadedPackages }) {
  markLoaded(pyodide, loadedPackages);
  resumeFromSnapshot(pyodide);
}

/**
 * Compiles the libraries, by path.
 * @param {Links} links
 * @param {FileIndex} index
 * @param {Uint8Array<ArrayBuffer>} content of all files
 * @param {Modules} cached
 * @returns {Promise<Modules>}
 */
async function compileLibraries({ loads }, { files: all }, content, cached) {
  const byPath = new Map(all.map((file) => [file[0], file]));
  const names = new Set(loads.filter(({ isReused }) => !isReused).map(({ name }) => name));
  const compiling = [...names].map(async (name) => {
    const file = byPath.get(name);
    if (!file) throw new Error(`the library ${name} is missing`);
    const [, offset, bytes] = file;
    const library = cached.get(name) ?? (await WebAssembly.compile(content.subarray(offset, offset + bytes)));
    return /** @type {const} */ ([name, library]);
  });
  return new Map(await Promise.all(compiling));
}
