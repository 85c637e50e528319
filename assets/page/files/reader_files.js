/** The reader's files that the code can open, dropped on a cell or chosen. */
import { MOST_READER_FILE_BYTES } from "../../shared/limits.js";
import { describeBytes } from "../descriptions.js";
import { element } from "../dom.js";
import { FILE_MESSAGES } from "../messages.js";
import readerFilesCss from "./reader_files.css";

/** @import { CellInterpreter, LiveCell } from "../cell/live_cell.js" */

/** One style sheet for all cells. */
const styles = new CSSStyleSheet();
styles.replaceSync(readerFilesCss);

/**
 * Lets the reader drop files on a cell. The editor handles everything else that is dragged.
 * @param {LiveCell} cell
 */
export function acceptDrops(cell) {
  cell.shadowRoot?.adoptedStyleSheets.push(styles);
  /** @param {DragEvent} event */
  const onDrag = (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    cell.toggleAttribute("data-drop", true);
  };
  cell.addEventListener("dragenter", onDrag, true);
  cell.addEventListener("dragover", onDrag, true);
  cell.addEventListener("dragleave", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && cell.contains(relatedTarget))) cell.removeAttribute("data-drop");
  });
  /** @param {DragEvent} event */
  const onDrop = (event) => {
    cell.removeAttribute("data-drop");
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    event.preventDefault();
    event.stopPropagation();
    void addFiles(cell, files);
  };
  cell.addEventListener("drop", onDrop, true);
}

/** Lets the reader choose files for a cell. @param {LiveCell} cell */
export function chooseFiles(cell) {
  const chooser = element("input", { type: "file", multiple: true });
  chooser.onchange = () => void addFiles(cell, chooser.files ?? []);
  chooser.click();
}

/** Lets the code open the reader's files. @param {LiveCell} cell @param {Iterable<File>} files */
async function addFiles(cell, files) {
  const { interpreter } = cell;
  interpreter.warm(cell.dataset.page); // the files will be used soon
  cell.notice(await shareFiles(files, interpreter));
}

/**
 * @param {Iterable<File>} files
 * @param {CellInterpreter} interpreter receives them
 * @returns {Promise<string>} a message for the reader
 */
async function shareFiles(files, interpreter) {
  const chosen = [...files];
  const problem = tooLarge(chosen);
  if (problem) return problem;
  /** @type {{ name: string, content: Uint8Array<ArrayBuffer> }[]} */
  const shared = [];
  for (const file of chosen) {
    try {
      shared.push({ name: file.name, content: new Uint8Array(await file.arrayBuffer()) });
    } catch {
      return FILE_MESSAGES.unreadable({ name: file.name }); // a folder, or a deleted file
    }
  }
  interpreter.files.add(shared);
  return FILE_MESSAGES.shared({
    files: shared.map(({ name, content }) =>
      FILE_MESSAGES.sizedFile({ name, size: describeBytes(content.length) }),
    ),
  });
}

/** @param {File[]} files @returns {string | null} a message for the reader if they are too large */
export function tooLarge(files) {
  let bytes = 0;
  for (const { name, size } of files) {
    bytes += size;
    if (bytes > MOST_READER_FILE_BYTES)
      return FILE_MESSAGES.tooLarge({ name, size: describeBytes(MOST_READER_FILE_BYTES) });
  }
  return null;
}
