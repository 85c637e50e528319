/**
 * The files of an interpreter, which are outside of its heap. Many of them are kept in one buffer, back to back.
 *
 * Emscripten: nodes and streams of its file system, which documents neither (`node_ops`, `contents`, `usedBytes`,
 * `createNode`, `streams`, `createStream`, `closeStream`, `nextfd`). 0.27.7 to 315; without them files would have to be written one
 * by one, and neither snapshots nor wheels that the browser unpacks could work.
 * https://github.com/emscripten-core/emscripten/blob/main/src/lib/libmemfs.js
 */

/** @typedef {import("pyodide").PyodideInterface["FS"]} FileSystem */

/** Where Python starts to work. */
export const HOME = "/home/pyodide";

/** A file that is open. @typedef {[descriptor: number, path: string, flags: number, position: number]} Stream */

/** @typedef {import("../../shared/snapshot_messages.js").Files} Files */

/** Where files are in a buffer: `[path, offset, bytes]`. @typedef {{ directories: string[], files: [string, number, number][] }} FileIndex */

const ALIGNMENT = 16;

/** Devices, and files that change by themselves. */
const EXCLUDED = /^\/(dev|proc)$/;

/** The standard library, which every start has anyway. */
const LIBRARY = /^\/lib\/python\d+\.zip$/;

/** Lower descriptors are those of input and output. */
const FIRST_OPENED = 3;

/** Flags of `open`. */
const O_RDONLY = 0;
const O_WRONLY = 0o1;
const O_RDWR = 0o2;
const WRITES = O_WRONLY | O_RDWR;

/** Emscripten's number of the error EMFILE. */
const TOO_MANY_OPEN = 33;

/** Flags of `open` that would create the file, or empty it. */
const CREATES_OR_EMPTIES = 0o100 | 0o200 | 0o1000;

/** The end record of an archive. At byte 12 it has the length of the list of files, which precedes it. */
const END_BYTES = 22;

/** Where the next file begins: libraries are compiled from the buffer without a copy. @param {number} end */
export const alignedAfter = (end) => Math.ceil(end / ALIGNMENT) * ALIGNMENT;

/**
 * All files below some folders, as views: of a hundred megabytes there is no second copy.
 * @param {FileSystem} FS
 * @param {string[]} folders
 * @param {ReadonlySet<string>} without paths to leave out
 * @returns {Files}
 */
export function collectFiles(FS, folders, without = new Set()) {
  /** @type {Files} */
  const found = { directories: [], files: [] };
  /** @param {string} folder */
  const walk = (folder) => {
    for (const name of FS.readdir(folder)) {
      const path = `${folder === "/" ? "" : folder}/${name}`;
      if (name === "." || name === ".." || EXCLUDED.test(path) || LIBRARY.test(path)) continue;
      if (without.has(path)) continue;
      const { mode, contents, usedBytes } = FS.lookupPath(path, { follow: false }).node;
      if (FS.isDir(mode)) {
        found.directories.push(path);
        walk(path);
      } else if (FS.isFile(mode)) {
        const isView = contents instanceof Uint8Array;
        found.files.push([path, isView ? contents.subarray(0, usedBytes) : FS.readFile(path)]);
      }
    }
  };
  for (const folder of folders) if (FS.analyzePath(folder).exists) walk(folder);
  return found;
}

/**
 * Adds files. They share their content with the caller.
 * @param {FileSystem} FS
 * @param {Files} added
 */
export function addFiles(FS, { directories, files }) {
  const { MEMFS } = FS.filesystems;
  /** @type {Map<string, ReturnType<FileSystem["lookupPath"]>["node"]>} */
  const nodes = new Map([["", FS.lookupPath("/", {}).node]]);
  /** @param {string} path @returns {[parent: any, name: string]} */
  const parentOf = (path) => {
    const slash = path.lastIndexOf("/");
    return [nodes.get(path.slice(0, slash)) ?? directory(path.slice(0, slash)), path.slice(slash + 1)];
  };
  /** @param {string} path */
  const directory = (path) => {
    const [parent, name] = parentOf(path);
    const node = Object.hasOwn(parent.contents, name)
      ? parent.contents[name]
      : MEMFS.createNode(parent, name, 0o040777, 0);
    nodes.set(path, node);
    return node;
  };
  for (const path of directories) directory(path);
  for (const [path, content] of files) {
    const [parent, name] = parentOf(path);
    // Two packages may contain the same file.
    const node = Object.hasOwn(parent.contents, name)
      ? parent.contents[name]
      : MEMFS.createNode(parent, name, 0o100644, 0);
    node.contents = content;
    node.usedBytes = content.length;
  }
}

/**
 * Files as they are stored.
 * @param {Files} files
 * @returns {{ index: FileIndex, pieces: Uint8Array<ArrayBuffer>[] }} the pieces make up the buffer
 */
export function packFiles({ directories, files }) {
  /** @type {FileIndex} */
  const index = { directories, files: [] };
  const padding = new Uint8Array(ALIGNMENT);
  const pieces = [];
  let end = 0;
  for (const [path, content] of files) {
    const start = alignedAfter(end);
    pieces.push(padding.subarray(0, start - end), content);
    index.files.push([path, start, content.length]);
    end = start + content.length;
  }
  return { index, pieces };
}

/** @param {FileIndex} index @param {Uint8Array<ArrayBuffer>} buffer @returns {Files} views of it */
export function unpackFiles({ directories, files }, buffer) {
  return {
    directories,
    files: files.map(([path, start, bytes]) => [path, buffer.subarray(start, start + bytes)]),
  };
}

/**
 * A checksum of the list of files in the archive of the standard library. Python caches that list, so a snapshot can be
 * restored only with the same archive; the URL may be the same for another version.
 * @param {FileSystem} FS
 * @returns {number}
 */
export function checksumOfStdlib(FS) {
  const name = FS.readdir("/lib").find((/** @type {string} */ each) => LIBRARY.test(`/lib/${each}`));
  const path = `/lib/${name}`;
  const { size } = FS.stat(path);
  const end = readPart(FS, path, size - END_BYTES, END_BYTES);
  const listBytes = new DataView(end.buffer).getUint32(12, true);
  let sum = 0;
  for (const byte of readPart(FS, path, size - END_BYTES - listBytes, END_BYTES + listBytes)) {
    sum = (Math.imul(sum, 31) + byte) | 0;
  }
  return sum;
}

/** A part of a file, which may not be there as a whole. @param {FileSystem} FS @param {string} path @param {number} start @param {number} bytes */
function readPart(FS, path, start, bytes) {
  const stream = FS.open(path, "r");
  const part = new Uint8Array(bytes);
  FS.read(stream, part, 0, bytes, start);
  FS.close(stream);
  return part;
}

/** The files that are open. @param {FileSystem} FS @returns {Stream[]} */
export function openStreams(FS) {
  const streams = /** @type {({ path: string, flags: number, position: number } | null)[]} */ (FS.streams);
  return streams.flatMap((stream, descriptor) =>
    stream && descriptor >= FIRST_OPENED
      ? [/** @type {Stream} */ ([descriptor, stream.path, stream.flags, stream.position])]
      : [],
  );
}

/** The files that are open for writing. @param {FileSystem} FS @returns {number[]} */
export function descriptorsToWrite(FS) {
  return openStreams(FS).flatMap(([descriptor, , flags]) => (flags & WRITES ? [descriptor] : []));
}

/** Opens them again, under the same descriptors. @param {FileSystem} FS @param {Stream[]} streams */
export function openAgain(FS, streams) {
  for (const [descriptor, path, flags, position] of streams) {
    const stream = FS.open(path, flags & ~CREATES_OR_EMPTIES);
    FS.closeStream(stream.fd);
    FS.createStream(Object.assign(stream, { position }), descriptor);
  }
}

/**
 * Keeps the content of a file when it is opened for writing the next time: Pyodide unpacks an empty file over it.
 * @param {FileSystem} FS
 * @param {string} path
 */
export function ignoreNextTruncation(FS, path) {
  const { node } = FS.lookupPath(path, {});
  const usual = node.node_ops;
  node.node_ops = {
    ...usual,
    setattr(/** @type {unknown} */ target, /** @type {{ size?: number }} */ attributes) {
      if (attributes.size === 0) node.node_ops = usual;
      else usual.setattr(target, attributes);
    },
  };
}

/** Writes a file to the folder in which Python starts. @param {FileSystem} FS @param {string} name @param {Uint8Array} content */
export function writeHomeFile(FS, name, content) {
  FS.mkdirTree(HOME); // the code may have removed it
  FS.writeFile(`${HOME}/${name}`, content);
}

/**
 * Reads one.
 * @param {FileSystem} FS
 * @param {string} path relative to that folder
 * @returns {Uint8Array<ArrayBuffer> | null} a copy; `null` if there is no such file
 */
export function readHomeFile(FS, path) {
  try {
    return FS.readFile(`${HOME}/${path}`);
  } catch {
    return null;
  }
}

/**
 * Keeps the descriptors of input and output for these, also after code has closed one: a file that got it would be taken
 * for the input or the output by everything else.
 * @param {FileSystem} FS
 */
export function reserveDescriptors(FS) {
  FS.nextfd = () => {
    const streams = /** @type {unknown[]} */ (FS.streams);
    let descriptor = FIRST_OPENED;
    while (streams[descriptor]) descriptor += 1;
    if (descriptor > FS.MAX_OPEN_FDS) throw new FS.ErrnoError(TOO_MANY_OPEN);
    return descriptor;
  };
}

/**
 * Opens devices under the first descriptors, unless they are open there.
 * @param {FileSystem} FS
 * @param {string[]} paths
 */
export function openDevices(FS, paths) {
  paths.forEach((path, descriptor) => {
    const open = /** @type {{ path: string } | null} */ (FS.streams[descriptor]);
    if (open?.path === path) return;
    if (open) FS.closeStream(descriptor);
    openAgain(FS, [[descriptor, path, descriptor === 0 ? O_RDONLY : O_WRONLY, 0]]);
  });
}

/**
 * Gives a device a size, for code that reads as many bytes as a file has.
 * @param {FileSystem} FS
 * @param {string} path
 * @param {() => number} size
 */
export function setDeviceSize(FS, path, size) {
  const { node } = FS.lookupPath(path, {});
  const usual = node.node_ops;
  node.node_ops = {
    ...usual,
    getattr: (/** @type {unknown} */ device) => ({ ...usual.getattr(device), size: size() }),
  };
}
