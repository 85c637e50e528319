import { collectFiles, openAgain, openStreams, placeFiles, sumOfLibrary } from "../pyodide/file_system.js";
import { markLoaded } from "../pyodide/internals.js";
import { Replay } from "../pyodide/linking.js";
import { memoryOf, restoreOptions } from "../pyodide/memory_snapshot.js";
import { resumeFromSnapshot } from "../start/runtime.js";
import { sumOf } from "./checksum.js";
import { packHeap, unpackHeap } from "./heap.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../../shared/protocol.js").Modules} Modules */
/** @typedef {import("./pending_snapshot.js").Content} Content */
/** @typedef {import("../pyodide/file_system.js").Places} Places */
/** @typedef {import("../pyodide/file_system.js").Stream} Stream */
/** @typedef {import("./heap.js").Layout} Layout */
/** @typedef {import("../pyodide/linking.js").Links} Links */
/** @typedef {import("../pyodide/linking.js").Recording} Recording */
/** @typedef {import("./entry.js").Entry} Entry */

/**
 * What is neither heap nor file. `head` is the beginning of Pyodide's own snapshot, before the heap; `streams` are the
 * files that are open; `library` is the sum of the standard library.
 * @typedef {{
 *   head: number[], layout: Layout, links: Links, places: Places, streams: Stream[],
 *   library: number, loadedPackages: Record<string, string>,
 * }} Description
 */

/**
 * An interpreter as it stands still. `heap` is what is not zero in the heap, `files` the files, both back to back.
 * @typedef {{ description: Description, heap: Uint8Array<ArrayBuffer>, files: Uint8Array<ArrayBuffer> }} Snapshot
 */

/**
 * @param {PyodideInterface} pyodide started with `saveOptions(recording)`
 * @param {Recording} recording
 * @param {ReadonlySet<string>} spent files that nobody will read any more
 * @returns {Snapshot}
 * @throws {Error} it holds something that cannot be saved
 */
export function takeSnapshot(pyodide, recording, spent) {
  const { FS, loadedPackages } = pyodide;
  const loaded = { ...loadedPackages };
  const memory = memoryOf(pyodide);
  const { layout, content: heap } = packHeap(memory.heap);
  const { places, content } = collectFiles(FS, ["/"], spent);
  return {
    description: {
      head: memory.head,
      layout,
      links: recording.links(pyodide),
      places,
      streams: openStreams(FS),
      library: sumOfLibrary(FS),
      loadedPackages: loaded,
    },
    heap,
    files: content,
  };
}

/**
 * Options of `loadPyodide` that restore it. All that takes time begins now.
 * @param {Entry} entry
 * @param {Promise<Content>} coming
 * @param {Modules} modules what is compiled already; its libraries are added
 */
export function restoring({ description, heapSum, filesSum }, coming, modules) {
  const { head, layout, links, places, streams, library } = description;
  const preparing = coming.then(async ({ heap, files }) => {
    checkSum(files, filesSum);
    const compiling = compile(links, places, files, modules);
    checkSum(heap, heapSum); // while other threads compile
    return { heap, files, libraries: await compiling };
  });
  preparing.catch(() => {}); // `fsInit` waits for it
  /** @type {Uint8Array<ArrayBuffer> | null} */
  let content = null;
  /** What has gone wrong. Pyodide only logs what `fsInit` throws. @type {unknown} */
  let problem = new Error("the files of the snapshot are missing");
  const replay = new Replay(links, modules, {
    check(FS) {
      if (!content) throw problem;
      if (sumOfLibrary(FS) !== library)
        throw new Error("the standard library differs from that of the snapshot");
    },
    restore(memory, FS) {
      unpackHeap(memory, layout, /** @type {Uint8Array} */ (content));
      openAgain(FS, streams);
    },
  });
  return {
    ...restoreOptions(head, layout.bytes, replay),
    /** @param {PyodideInterface["FS"]} FS */
    async fsInit(FS) {
      try {
        const { heap, files, libraries } = await preparing;
        for (const [name, library] of libraries) modules.set(name, library);
        placeFiles(FS, places, files);
        content = heap;
      } catch (error) {
        problem = error;
      }
    },
  };
}

/** What the heap does not have. @param {PyodideInterface} pyodide @param {Description} description */
export function finishRestoring(pyodide, { loadedPackages }) {
  markLoaded(pyodide, loadedPackages);
  resumeFromSnapshot(pyodide);
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {string} sum @throws {Error} */
function checkSum(bytes, sum) {
  if (sumOf(bytes) !== sum) throw new Error("the snapshot is damaged");
}

/**
 * The libraries, compiled, by their paths.
 * @param {Links} links
 * @param {Places} places
 * @param {Uint8Array<ArrayBuffer>} content of all files
 * @param {Modules} known
 * @returns {Promise<Modules>}
 */
async function compile({ loads }, { files: all }, content, known) {
  const byPath = new Map(all.map((file) => [file[0], file]));
  const names = new Set(loads.filter(({ isReused }) => !isReused).map(({ name }) => name));
  const compiling = [...names].map(async (name) => {
    const file = byPath.get(name);
    if (!file) throw new Error(`the library ${name} is missing`);
    const [, offset, bytes] = file;
    const library = known.get(name) ?? (await WebAssembly.compile(content.subarray(offset, offset + bytes)));
    return /** @type {const} */ ([name, library]);
  });
  return new Map(await Promise.all(compiling));
}
