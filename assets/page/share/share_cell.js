/** Shares the code of a cell: as a link, as a file, and as the text that an author writes. */
import { hideBanner, showBanner } from "../cell/banner.js";
import { isPlayground } from "../cell/example_data.js";
import { sourceOf } from "../cell/source.js";
import { copyText, element } from "../dom.js";
import { hashOf } from "../edits/edit.js";
import { placedCells } from "../edits/kept_edits.js";
import { save } from "../files/save.js";
import { ownKeys } from "../keys/field_keys.js";
import { CELL_MESSAGES, EDIT_MESSAGES, LINK_MESSAGES } from "../messages.js";
import { contentOf } from "../playground/content.js";
import { authorText, markupOf } from "./author_text.js";
import { encodeLink, LinkError } from "./link.js";

/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { Shared } from "./link.js" */

const KIND = "share";

/** Puts a link on the clipboard, or hands it to the phone. @param {LiveCell} cell */
export async function shareCell(cell) {
  const { cells } = placedCells();
  const shared = {
    cell: cell.dataset.name || String(cells.indexOf(cell)),
    of: hashOf(sourceOf(cell)),
    ...sharedBy(cell),
  };
  try {
    await offer(cell, location.origin + location.pathname + (await encodeLink(shared)));
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    cell.notice(LINK_MESSAGES.tooMuch);
  }
}

/**
 * What a link holds of the code: of a playground, all that its reader has changed.
 * @param {LiveCell} cell
 * @returns {Pick<Shared, "files" | "packages" | "deleted">}
 */
function sharedBy(cell) {
  const { fileName: name, code } = cell.sourceFile;
  if (!isPlayground(cell) || cell.content === code) return { files: [{ name, code }], packages: [] };
  const { files, deleted, packages } = contentOf(cell.content);
  return { files: [{ name, code }, ...files], packages, ...(deleted.length > 0 && { deleted }) };
}

/** @param {LiveCell} cell @param {string} url */
async function offer(cell, url) {
  const isTouched = matchMedia("(pointer: coarse)").matches;
  if (isTouched && navigator.canShare?.({ url })) {
    try {
      return await navigator.share({ url, title: document.title });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return; // the reader has changed their mind
    }
  }
  if (await copyText(url)) cell.say(LINK_MESSAGES.copied);
  else showField(cell, url);
}

/** A field to copy from, where the browser refuses to copy. @param {LiveCell} cell @param {string} url */
function showField(cell, url) {
  const field = element("input", { readOnly: true, value: url, "aria-label": LINK_MESSAGES.field });
  ownKeys(field, () => {});
  field.onfocus = () => field.select();
  showBanner(cell, {
    kind: KIND,
    text: LINK_MESSAGES.copyYourself,
    choices: [{ label: EDIT_MESSAGES.close, onChoose: () => hideBanner(cell, KIND) }],
    content: field,
  });
  field.focus();
}

/** Saves the code as a file. @param {LiveCell} cell */
export function downloadCell(cell) {
  const { fileName, code } = cell.sourceFile;
  const { name } = cell.dataset;
  save(`${code}\n`, name ? `${name}.py` : fileName, "text/x-python");
}

/** Copies the example as an author would write it. @param {LiveCell} cell */
export async function copyForAuthors(cell) {
  const isCopied = await copyText(authorText(cell.dataset, cell.sourceFile.code, markupOf(cell.dataset)));
  cell.say(isCopied ? CELL_MESSAGES.copied : CELL_MESSAGES.copyFailed);
}
