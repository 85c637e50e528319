/** Zip archives, with the terms of https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT. */

/**
 * A file in an archive. `bytes` is its size, `crc` its CRC-32, `packed` its compressed content; `local` and `central` are
 * its two headers, both with its name.
 * @typedef {{
 *   name: string, bytes: number, crc: number, method: number, packed: Uint8Array<ArrayBuffer>,
 *   local: Uint8Array<ArrayBuffer>, central: Uint8Array<ArrayBuffer>,
 * }} Entry
 */

/** The archive is damaged, or made to deceive what unpacks it: nothing should. */
export class RefusedArchive extends Error {}

/** Offsets of the fields that are used, in both headers. */
const LOCAL = {
  ...{ signature: 0x04034b50, flags: 6, method: 8, crc: 14, packedBytes: 18, bytes: 22 },
  ...{ nameLength: 26, extraLength: 28, length: 30 },
};
const CENTRAL = {
  ...{ signature: 0x02014b50, flags: 8, method: 10, crc: 16, packedBytes: 20, bytes: 24 },
  ...{ nameLength: 28, extraLength: 30, commentLength: 32, offset: 42, length: 46 },
};
const END = {
  ...{ signature: 0x06054b50, count: 8, total: 10, centralBytes: 12, centralOffset: 16 },
  ...{ commentLength: 20, length: 22 },
};

/** Of the record that says where the one for Zip64 is. It stands before the end. */
const LOCATOR = { signature: 0x07064b50, length: 20 };

export const STORED = 0;
const DEFLATED = 8;

/** Replace a size that needs more than four bytes, and a number that needs more than two (Zip64). */
const TOO_LARGE = 0xffffffff;
const TOO_MANY = 0xffff;

/** A flag: the sizes follow the content. */
const STREAMED = 1 << 3;
const ENCRYPTED = 1 << 0;

/** Deflate cannot make a file smaller than by this factor: https://zlib.net/zlib_tech.html */
const MOST_TIMES_SMALLER = 1032;

/** Of all files together: many times what packages have, and not too much for a tab. */
const MOST_BYTES = 1_000_000_000;

/** Names that lead out of the folder. */
const OUTSIDE = /^\/|(^|\/)\.\.(\/|$)|\0/;

/**
 * @param {Uint8Array<ArrayBuffer>} archive
 * @returns {Entry[]} views of the archive
 * @throws {RefusedArchive} what it says about its files is not true
 * @throws {Error} it cannot be read here
 */
export function readEntries(archive) {
  try {
    return listEntries(archive, viewOf(archive));
  } catch (error) {
    if (error instanceof RangeError) throw new RefusedArchive("a header is outside of the archive");
    throw error;
  }
}

/** @param {Uint8Array<ArrayBuffer>} archive @param {DataView} view of it @returns {Entry[]} */
function listEntries(archive, view) {
  const end = endOf(view);
  const [count, length, offset] = [
    view.getUint16(end + END.total, true),
    view.getUint32(end + END.centralBytes, true),
    view.getUint32(end + END.centralOffset, true),
  ];
  if (count === TOO_MANY || Math.max(length, offset) === TOO_LARGE) throw new Error("not a plain archive");
  // Otherwise programs disagree on where the files are: Python's zipfile follows a locator that nothing needs.
  const isLocated = end >= LOCATOR.length && view.getUint32(end - LOCATOR.length, true) === LOCATOR.signature;
  refuseUnless(!isLocated, "it has two lists of files");
  refuseUnless(offset + length === end, "its list of files is not where it should be");
  let at = offset;
  /** @type {[start: number, end: number][]} */
  const places = [];
  const entries = Array.from({ length: count }, () => {
    const { place, entry } = readEntry(archive, view, at);
    places.push(place);
    at += entry.central.length;
    return entry;
  });
  refuseUnless(at === end, "its list of files is not as long as it says");
  places.sort(([one], [other]) => one - other);
  for (const [index, [, last]] of places.entries())
    refuseUnless(last <= (places[index + 1]?.[0] ?? offset), "files overlap in the archive");
  refuseContradictions(entries);
  return entries;
}

/** @param {DataView} view of an archive @returns {number} where its last record begins, before the comment */
function endOf(view) {
  const last = view.byteLength - END.length;
  for (let end = last; end >= Math.max(0, last - TOO_MANY); end -= 1) {
    if (view.getUint32(end, true) !== END.signature) continue;
    // Python's zipfile takes the last one, whatever it says about its comment.
    refuseUnless(
      end + view.getUint16(end + END.commentLength, true) === last,
      "it does not end where it says",
    );
    return end;
  }
  throw new RefusedArchive("it is no zip archive");
}

/**
 * @param {Uint8Array<ArrayBuffer>} archive
 * @param {DataView} view of it
 * @param {number} at where the header in the list of files begins
 * @returns {{ entry: Entry, place: [start: number, end: number] }}
 */
function readEntry(archive, view, at) {
  const listed = headerAt(view, at, CENTRAL);
  const central = archive.subarray(at, at + listed.length + view.getUint16(at + CENTRAL.commentLength, true));
  const { method, bytes, crc, packedBytes } = listed;
  const isPlain =
    (method === STORED || method === DEFLATED) &&
    !(listed.flags & ENCRYPTED) &&
    Math.max(packedBytes, bytes) < TOO_LARGE;
  if (!isPlain) throw new Error("not a plain archive");
  const encoded = central.subarray(CENTRAL.length, CENTRAL.length + listed.nameLength);
  const name = new TextDecoder("utf-8", { fatal: true }).decode(encoded);

  const start = view.getUint32(at + CENTRAL.offset, true);
  const here = headerAt(view, start, LOCAL);
  const content = start + here.length;
  const end = content + packedBytes;
  const sameName = archive.subarray(start + LOCAL.length, start + LOCAL.length + here.nameLength);
  const sizesFollow = (listed.flags & STREAMED) !== 0 && here.crc + here.packedBytes + here.bytes === 0;
  const agrees =
    method === here.method &&
    encoded.length === sameName.length &&
    encoded.every((byte, index) => byte === sameName[index]) &&
    (sizesFollow || (crc === here.crc && bytes === here.bytes && packedBytes === here.packedBytes));
  refuseUnless(agrees, `it says two different things about ${name}`);
  refuseUnless(!OUTSIDE.test(name), `${name} would be outside of its folder`);
  const isPossible = method === STORED ? bytes === packedBytes : bytes <= packedBytes * MOST_TIMES_SMALLER;
  refuseUnless(isPossible, `${name} cannot be as long as it says`);
  const packed = archive.subarray(content, end);
  const local = archive.subarray(start, content);
  return { entry: { name, bytes, crc, method, packed, local, central }, place: [start, end] };
}

/**
 * @param {DataView} view
 * @param {number} at
 * @param {typeof LOCAL | typeof CENTRAL} offsets
 * @returns its fields, and its length without a comment
 */
function headerAt(view, at, offsets) {
  refuseUnless(view.getUint32(at, true) === offsets.signature, "a header is missing");
  const short = (/** @type {number} */ offset) => view.getUint16(at + offset, true);
  const long = (/** @type {number} */ offset) => view.getUint32(at + offset, true);
  const nameLength = short(offsets.nameLength);
  return {
    flags: short(offsets.flags),
    method: short(offsets.method),
    crc: long(offsets.crc),
    packedBytes: long(offsets.packedBytes),
    bytes: long(offsets.bytes),
    nameLength,
    length: offsets.length + nameLength + short(offsets.extraLength),
  };
}

/** @param {Entry[]} entries @throws {RefusedArchive} they cannot all be unpacked */
function refuseContradictions(entries) {
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  refuseUnless(bytes <= MOST_BYTES, `its files have ${bytes} bytes`);
  /** @type {Set<string>} */
  const names = new Set();
  for (const { name } of entries) {
    refuseUnless(!names.has(name), `it has ${name} twice`);
    names.add(name);
  }
  for (const name of names) {
    for (let end = name.lastIndexOf("/", name.length - 2); end > 0; end = name.lastIndexOf("/", end - 1))
      refuseUnless(!names.has(name.slice(0, end)), `${name.slice(0, end)} is a file and a folder`);
  }
}

/** @param {boolean} condition @param {string} problem @returns {asserts condition} */
function refuseUnless(condition, problem) {
  if (!condition) throw new RefusedArchive(problem);
}

/** The same file, empty. @param {Entry} entry @returns {Entry} */
export function withoutContent({ name, local, central }) {
  const [emptyLocal, emptyCentral] = [local.slice(), central.slice()];
  for (const [header, offsets] of /** @type {const} */ ([
    [emptyLocal, LOCAL],
    [emptyCentral, CENTRAL],
  ])) {
    const view = viewOf(header);
    view.setUint16(offsets.flags, view.getUint16(offsets.flags, true) & ~STREAMED, true);
    view.setUint16(offsets.method, STORED, true);
    for (const offset of [offsets.crc, offsets.packedBytes, offsets.bytes]) view.setUint32(offset, 0, true);
  }
  return {
    name,
    bytes: 0,
    crc: 0,
    method: STORED,
    packed: new Uint8Array(),
    local: emptyLocal,
    central: emptyCentral,
  };
}

/** An archive. @param {Entry[]} entries @returns {Blob} */
export function writeArchive(entries) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const centrals = [];
  let offset = 0;
  for (const { local, packed, central } of entries) {
    const header = central.slice();
    viewOf(header).setUint32(CENTRAL.offset, offset, true);
    centrals.push(header);
    offset += local.length + packed.length;
  }
  const end = new Uint8Array(END.length);
  const view = viewOf(end);
  view.setUint32(0, END.signature, true);
  view.setUint16(END.count, entries.length, true);
  view.setUint16(END.total, entries.length, true);
  view.setUint32(
    END.centralBytes,
    centrals.reduce((sum, { length }) => sum + length, 0),
    true,
  );
  view.setUint32(END.centralOffset, offset, true);
  return new Blob([...entries.flatMap(({ local, packed }) => [local, packed]), ...centrals, end]);
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function viewOf({ buffer, byteOffset, byteLength }) {
  return new DataView(buffer, byteOffset, byteLength);
}
