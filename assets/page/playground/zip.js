/** Writes files into an archive, as they are: text of a playground is too short to be worth compressing. */

/** @import { FolderFile } from "../../shared/protocol.js" */

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7, 4.3.12 and 4.3.16 */
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

/** Bit 11 of the flags: names are in UTF-8. */
const UTF8 = 0x0800;

const VERSION = 20;

/** The first day that an archive can tell: the same files make the same archive. */
const DATE = 0x0021;

/** @param {readonly FolderFile[]} files @returns {Blob} */
export function zip(files) {
  const encoder = new TextEncoder();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const directory = [];
  let offset = 0;
  for (const { name, code } of files) {
    const [path, content] = [encoder.encode(name), encoder.encode(code)];
    const about = [VERSION, UTF8, 0, 0, DATE];
    const sizes = [checksum(content), content.length, content.length];
    const local = bytes([LOCAL], about, sizes, [path.length, 0]);
    parts.push(local, path, content);
    directory.push(
      bytes([CENTRAL], [VERSION, ...about], sizes, [path.length, 0, 0, 0, 0], [0, offset]),
      path,
    );
    offset += local.length + path.length + content.length;
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const end = bytes([END], [0, 0, files.length, files.length], [length, offset], [0]);
  return new Blob([...parts, ...directory, end], { type: "application/zip" });
}

/**
 * Numbers in the order of the format: groups of 4 bytes and of 2 bytes take turns.
 * @param {...number[]} groups
 */
function bytes(...groups) {
  const width = (/** @type {number} */ at) => (at % 2 === 0 ? 4 : 2);
  const made = new DataView(
    new ArrayBuffer(groups.reduce((sum, group, at) => sum + group.length * width(at), 0)),
  );
  let position = 0;
  for (const [at, group] of groups.entries()) {
    for (const value of group) {
      if (width(at) === 4) made.setUint32(position, value, true);
      else made.setUint16(position, value, true);
      position += width(at);
    }
  }
  return new Uint8Array(made.buffer);
}

/** CRC-32, bit by bit. @param {Uint8Array} content */
function checksum(content) {
  let sum = 0xffffffff;
  for (const byte of content) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
