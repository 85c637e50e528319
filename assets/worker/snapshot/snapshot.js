import { collectFiles, placeFiles, sumOfLibrary } from "../pyodide/file_system.js";
import { resumeFromSnapshot } from "../pyodide/runtime.js";
import { packHeap, unpackHeap } from "./heap.js";
import { Replay } from "../pyodide/linking.js";
import { sumOf } from "./sum.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../../shared/protocol.js").Modules} Modules */
/** @typedef {import("./coming.js").Content} Content */
/** @typedef {import("../pyodide/file_system.js").Places} Places */
/** @typedef {import("./heap.js").Layout} Layout */
/** @typedef {import("../pyodide/linking.js").Links} Links */
/** @typedef {import("../pyodide/linking.js").Module} Module */
/** @typedef {import("../pyodide/linking.js").Recording} Recording */
/** @typedef {import("./entry.js").Entry} Entry */

/**
 * What is neither heap nor file. `head` is the beginning of Pyodide's own snapshot, before the heap; `streams` are files
 * that are open: `[descriptor, path, flags, position]`; `library` is the sum of the standard library.
 * @typedef {{
 *   head: number[], layout: Layout, links: Links, places: Places, streams: [number, string, number, number][],
 *   library: number, loadedPackages: Record<string, string>,
 * }} Description
 */

/**
 * An interpreter as it stands still. `heap` is what is not zero in the heap, `files` the files, both back to back.
 * @typedef {{ description: Description, heap: Uint8Array<ArrayBuffer>, files: Uint8Array<ArrayBuffer> }} Snapshot
 */

/** Descriptors below are those of input and output. */
const FIRST_OPENED = 3;

/** Flags of `open` that would make or empty the file again. */
const MAKES_OR_EMPTIES = 0o100 | 0o200 | 0o1000;

/**
 * @param {PyodideInterface} pyodide started with `_makeSnapshot`, and with this recording as `pyrunLinking`
 * @param {Recording} recording
 * @param {ReadonlySet<string>} spent files that nobody will read any more
 * @returns {Snapshot}
 * @throws {Error} it holds something that cannot be saved
 */
export function takeSnapshot(pyodide, recording, spent) {
  const { FS, loadedPackages } = pyodide;
  const loaded = { ...loadedPackages };
  for (const name of Object.keys(loadedPackages)) delete loadedPackages[name]; // Pyodide saves none with packages
  const whole = /** @type {Uint8Array<ArrayBuffer>} */ (pyodide.makeMemorySnapshot());
  const start = startOfHeap(whole);
  const { layout, content: heap } = packHeap(whole.subarray(start));
  const { places, content } = collectFiles(FS, ["/"], spent);
  const open = /** @type {({ path: string, flags: number, position: number } | null)[]} */ (FS.streams);
  return {
    description: {
      head: [...whole.subarray(0, start)],
      layout,
      links: recording.links(moduleOf(pyodide)),
      places,
      streams: open.flatMap((stream, descriptor) =>
        stream && descriptor >= FIRST_OPENED
          ? [[descriptor, stream.path, stream.flags, stream.position]]
          : [],
      ),
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
  // Pyodide reads the head, and goes by the length. The heap itself comes while it works.
  const withoutHeap = new Uint8Array(head.length + layout.bytes);
  withoutHeap.set(head);
  const preparing = coming.then(async ({ heap, files }) => {
    checkSum(files, filesSum);
    const compiling = compile(links, places, files, modules);
    checkSum(heap, heapSum); // while other threads compile
    return { heap, files, libraries: await compiling };
  });
  preparing.catch(() => {}); // `fsInit` waits for it
  const replay = new Replay(links, modules);
  /** @type {Uint8Array<ArrayBuffer> | null} */
  let content = null;
  /** What has gone wrong. Pyodide only logs what `fsInit` throws. @type {unknown} */
  let problem = new Error("the files of the snapshot are missing");
  return {
    _loadSnapshot: withoutHeap,
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
    pyrunLinking: {
      get again() {
        return replay.again;
      },
      get isStarting() {
        return replay.isStarting;
      },
      exported: replay.exported,
      start: replay.start,
      scopeOf: () => 0,
      /** @param {Module & { FS: PyodideInterface["FS"] }} module */
      restore(module) {
        if (!content) throw problem;
        if (sumOfLibrary(module.FS) !== library) throw new Error("the standard library is another one");
        replay.link(module);
        unpackHeap(new Uint8Array(module.HEAP8.buffer), layout, content);
        for (const [descriptor, path, flags, position] of streams) {
          const stream = module.FS.open(path, flags & ~MAKES_OR_EMPTIES);
          module.FS.closeStream(stream.fd);
          module.FS.createStream(Object.assign(stream, { position }), descriptor);
        }
        module.pyrunInternals.setTrampoline();
      },
    },
  };
}

/** What the heap does not have. @param {PyodideInterface} pyodide @param {Description} description */
export function finishRestoring(pyodide, { loadedPackages }) {
  Object.assign(pyodide.loadedPackages, loadedPackages);
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

/** Pyodide's snapshot begins with numbers; the second is where the heap begins. @param {Uint8Array} heap */
function startOfHeap(heap) {
  return /** @type {number} */ (new Uint32Array(heap.buffer, heap.byteOffset, 2)[1]);
}

/** Pyodide's inside. @param {PyodideInterface} pyodide @returns {Module} */
export function moduleOf(pyodide) {
  return /** @type {{ _module: Module }} */ (/** @type {unknown} */ (pyodide))._module;
}
