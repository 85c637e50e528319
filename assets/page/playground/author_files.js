/** The author's files of a playground that are text: those become tabs. Code can open the others as it can everywhere. */
import { isFileName } from "./file_name.js";

/** @import { FolderFile } from "../../shared/protocol.js" */
/** @import { LiveCell } from "../cell/live_cell.js" */

/** The endings of files that are text. */
const TEXT =
  /\.(py|pyi|txt|md|rst|csv|tsv|json|jsonl|geojson|toml|ya?ml|ini|cfg|xml|html?|css|js|sql|svg|tex|bib)$/i;

/** Longer ones are data, which nobody edits here. */
const MOST_BYTES = 100_000;

/**
 * @param {LiveCell} cell
 * @returns {Promise<FolderFile[]>}
 * @throws {Error} the site cannot be reached, or a file is not the one that was built
 */
export async function authorFiles(cell) {
  const { files, requirements } = cell.dataset;
  if (files === undefined) return [];
  const settlement = await cell.interpreter.site.fresh();
  const texts = settlement
    .filesOf(requirements)
    .filter(({ path, bytes }) => isFileName(path) && TEXT.test(path) && bytes <= MOST_BYTES);
  const read = await Promise.all(texts.map(readText));
  return read.filter((file) => file !== null);
}

/** @param {{ path: string, url: string, integrity: string }} file @returns {Promise<FolderFile | null>} `null` if it is no text */
async function readText({ path, url, integrity }) {
  const response = await fetch(url, { integrity });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const bytes = await response.arrayBuffer();
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : { name: path, code: text.replace(/\r\n?/g, "\n") };
  } catch {
    return null;
  }
}
