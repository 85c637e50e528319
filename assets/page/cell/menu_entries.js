/** What the menu of a cell offers, from top to bottom. */
import { enteredCode, transcriptText } from "../console/transcript.js";
import { copyText, element } from "../dom.js";
import { loadEdits } from "../edits/load_edits.js";
import { chooseFiles } from "../files/reader_files.js";
import { save } from "../files/save.js";
import { canFormat } from "../format/can_format.js";
import { isFullScreen, toggleFullScreen } from "../full_screen/full_screen.js";
import {
  CELL_MESSAGES,
  CONSOLE_MESSAGES,
  FILE_MESSAGES,
  FIND_MESSAGES,
  FORMAT_MESSAGES,
  FULL_SCREEN_MESSAGES,
  LINK_MESSAGES,
  PLACE_MESSAGES,
  RENAME_MESSAGES,
  RUN_MESSAGES,
  TOOLBAR_LABELS,
} from "../messages.js";
import { cellsAbove, cellsOfPage, runInOrder } from "../run/order.js";
import { markupOf } from "../share/author_text.js";
import { isConsole, isPlayground } from "./example_data.js";

/** @import { Command } from "../editor/commands.js" */
/** @import { CodeArea } from "./code_area.js" */
/** @import { LiveCell } from "./live_cell.js" */

/** The cell whose menu it is, and its code. @typedef {{ cell: LiveCell, code: CodeArea }} MenuContext */

/** `action` is `null` if there is nothing to do now: the entry says so. @typedef {{ label: string, action: (() => unknown) | null }} MenuEntry */

/** Makes an entry when the menu opens; `null` where the cell has no use for it. @typedef {(context: MenuContext) => MenuEntry | null} MakeEntry */

/** @type {MakeEntry} */
const reset = ({ cell }) => ({ label: TOOLBAR_LABELS.reset, action: () => cell.reset() });

/**
 * Something a reader does with the code outside of the page.
 * @param {LiveCell} cell
 * @param {"shareCell" | "downloadCell" | "copyForAuthors"} name
 */
const sharing = (cell, name) => async () => {
  try {
    await (await loadEdits())[name](cell);
  } catch {
    cell.say(CELL_MESSAGES.notLoaded);
  }
};

/** @type {MakeEntry} */
const copyForAuthors = ({ cell }) => {
  if (isConsole(cell) || isPlayground(cell)) return null; // an author's page has no text for all files
  const { copyAsReST, copyAsMarkdown } = LINK_MESSAGES;
  const label = markupOf(cell.dataset) === "rst" ? copyAsReST : copyAsMarkdown;
  return { label, action: sharing(cell, "copyForAuthors") };
};

/** @type {MakeEntry} */
const share = ({ cell }) =>
  isConsole(cell) ? null : { label: LINK_MESSAGES.share, action: sharing(cell, "shareCell") };

/** @type {MakeEntry} */
const download = ({ cell, code }) => {
  const { folder } = code;
  const label = LINK_MESSAGES.download;
  if (isConsole(cell)) {
    const entered = enteredCode(transcriptOf(code));
    const name = cell.dataset.name ?? "console";
    return { label, action: entered ? () => save(entered, `${name}.py`, "text/x-python") : null };
  }
  const hasFiles = folder !== null && folder.all.length > 1;
  return { label, action: hasFiles ? () => folder.download() : sharing(cell, "downloadCell") };
};

/** What a console has shown, or an empty element. @param {CodeArea} code @returns {HTMLElement} */
const transcriptOf = (code) => code.editor?.console?.transcript ?? element("div");

/** @type {MakeEntry} */
const copyTranscript = ({ cell, code }) => {
  if (!isConsole(cell)) return null;
  const transcript = transcriptOf(code);
  const copy = async () => {
    const isCopied = await copyText(await transcriptText(transcript));
    cell.say(isCopied ? CELL_MESSAGES.copied : CELL_MESSAGES.copyFailed);
  };
  return { label: CONSOLE_MESSAGES.copyTranscript, action: enteredCode(transcript) ? copy : null };
};

/** @type {MakeEntry} */
const fullScreen = ({ cell }) => {
  if (isConsole(cell)) return null;
  const { enter, exit } = FULL_SCREEN_MESSAGES;
  return { label: isFullScreen(cell) ? exit : enter, action: () => toggleFullScreen(cell) };
};

/** @type {MakeEntry} */
const runAbove = ({ cell }) => {
  const above = cellsAbove(cell);
  return { label: RUN_MESSAGES.runAbove, action: above.length > 0 ? () => runInOrder(above) : null };
};

/** @type {MakeEntry} */
const runAll = ({ cell }) => ({
  label: RUN_MESSAGES.runAll,
  action: () => runInOrder(cellsOfPage(cell).filter((other) => !isConsole(other))),
});

/** @type {MakeEntry} */
const addFiles = ({ cell }) => ({ label: FILE_MESSAGES.add, action: () => chooseFiles(cell) });

/** @type {MakeEntry} */
const find = ({ code }) => ({ label: FIND_MESSAGES.menu, action: () => carryOut(code, "find") });

/** @type {MakeEntry} */
const rename = ({ cell, code }) =>
  "readonly" in cell.dataset ? null : { label: RENAME_MESSAGES.menu, action: () => carryOut(code, "rename") };

/** @type {MakeEntry} */
const format = ({ cell, code }) =>
  canFormat(cell) && code.folder?.showsPython !== false
    ? { label: FORMAT_MESSAGES.menu, action: () => carryOut(code, "format") }
    : null;

/** Has the editor carry out a command, once it is there. @param {CodeArea} code @param {Command} command */
async function carryOut(code, command) {
  await code.prepare();
  code.editor?.carryOut(command);
}

/** Switches the interpreter view. @type {MakeEntry} */
const prompts = ({ cell, code }) => {
  if (!("interactive" in cell.dataset)) return null;
  const areShown = code.editor?.showsPrompts ?? false;
  const label = areShown ? PLACE_MESSAGES.hidePrompts : PLACE_MESSAGES.showPrompts;
  const action = async () => {
    await code.prepare();
    if (code.editor) code.editor.showsPrompts = !areShown;
  };
  return { label, action };
};

/** Ends all runs of the page, and Python with all names. @type {MakeEntry} */
const restartPython = ({ cell }) => ({
  label: RUN_MESSAGES.restartPython,
  action: () => {
    cell.interpreter.restart();
    cell.say(RUN_MESSAGES.pythonRestarted);
  },
});

/** In the order of the menu. @type {MakeEntry[]} */
const ENTRIES = [
  reset,
  copyForAuthors,
  copyTranscript,
  share,
  download,
  fullScreen,
  find,
  rename,
  format,
  prompts,
  runAbove,
  runAll,
  addFiles,
  restartPython,
];

/** @param {MenuContext} context @returns {MenuEntry[]} */
export const menuEntries = (context) =>
  ENTRIES.map((make) => make(context)).filter((entry) => entry !== null);
