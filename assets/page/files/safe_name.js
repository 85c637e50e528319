/** Names that code gives to files, as a reader's computer can take them and as a reader can trust them. */

/** Control characters, marks that change the direction of writing, line ends, and halves of characters. */
const DECEPTIVE =
  /[\p{Cc}\p{Cs}\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\u{e0000}-\u{e007f}]/gu;

/** Not allowed by Windows. A colon would name a hidden stream of the file there. */
const FORBIDDEN = /[<>:"|?*]/g;

/** Devices of Windows, whatever follows the first dot. */
const DEVICE = /^(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9¹²³])(?=\s*(\.|$))/i;

/** Of a name as UTF-8. File systems take 255 bytes, and browsers add a number if there is such a file. */
const MOST_BYTES = 200;

/** Of a long name, that many from both ends are enough. Some patterns below need time with the square of the length. */
const END_CHARACTERS = 256;

/** The end of a longer name, from its last dot, which tells what kind of file it is. */
const EXTENSION = /\.[^.]{1,16}$/u;

const FALLBACK = "file";

const encoder = new TextEncoder();

/** @param {string} path @returns {string} as it can be shown: it reads as it is, from the left to the right */
export const shownPath = (path) => path.replace(DECEPTIVE, "_");

/**
 * The name under which a file is saved. Its extension stays, and is visible.
 * @param {string} path from the code
 * @returns {string}
 */
export function safeName(path) {
  const whole = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const isLong = whole.length > 2 * END_CHARACTERS;
  const name = shownPath(isLong ? whole.slice(0, END_CHARACTERS) + whole.slice(-END_CHARACTERS) : whole)
    .replace(FORBIDDEN, "_")
    .replace(/\s+/g, " ") // many of them would push the extension out of sight
    .replace(/^[ .]+|[ .]+$/g, (removed) => (removed.includes(".") ? "_" : ""))
    .replace(DEVICE, "_$1");
  return shortened(name) || FALLBACK;
}

/** @param {string} name */
function shortened(name) {
  if (encoder.encode(name).length <= MOST_BYTES) return name;
  const [extension = ""] = EXTENSION.exec(name) ?? [];
  let room = MOST_BYTES - encoder.encode(extension).length;
  let stem = "";
  for (const character of name) {
    room -= encoder.encode(character).length;
    if (room < 0) break;
    stem += character;
  }
  return stem.trimEnd() + extension;
}
