/** Commands that few readers need: their keys, and how an editor loads what carries them out. */
import { isolateHistory } from "@codemirror/commands";
import { EditorView, keymap } from "@codemirror/view";
import { isConsole } from "../cell/example_data.js";
import { canFormat } from "../format/can_format.js";
import { CELL_MESSAGES } from "../messages.js";
import { importPinned } from "../pinned_modules.js";
import { CODEMIRROR } from "./codemirror.js";
import { ConsoleField } from "./console_field.js";

/** @import { Extension } from "@codemirror/state" */
/** @import { LiveCell } from "../cell/live_cell.js" */

/** @typedef {typeof import("../commands/on_commands.js")} Commands */
/** What a reader can ask for. @typedef {"find" | "findAgain" | "findBefore" | "goToLine" | "rename" | "selectNext" | "format" | "searchHistory"} Command */

/** As in other editors. @type {[key: string, command: Command][]} */
const KEYS = [
  ["Mod-f", "find"],
  ["F3", "findAgain"],
  ["Shift-F3", "findBefore"],
  ["Mod-Alt-g", "goToLine"],
  ["F2", "rename"],
  ["Mod-d", "selectNext"],
];

/** As in VS Code. On a Mac, these keys type a character. @type {[key: string, command: Command][]} */
const FORMAT_KEYS = [
  ["Shift-Alt-f", "format"],
  ["Alt-Ï", "format"],
];

/** As in a shell. @type {[key: string, command: Command][]} */
const CONSOLE_KEYS = [["Ctrl-r", "searchHistory"]];

/** Keys after which one of these may follow: the next key is meant for what is loading. */
const MODIFIERS = new Set(["Control", "Meta"]);

/** For all editors. @type {Commands | null} */
let opened = null;

/** @returns {Promise<Commands>} @throws {Error} it cannot be loaded; the next call tries again */
async function load() {
  const { default: evaluate } = await importPinned(__PYRUN_COMMANDS__);
  opened ??= /** @type {Commands} */ (
    evaluate((/** @type {keyof typeof CODEMIRROR} */ name) => CODEMIRROR[name])
  );
  return opened;
}

/** @param {LiveCell} cell @returns {Extension} */
export function commandKeys(cell) {
  return [
    keymap.of(
      [...KEYS, ...(canFormat(cell) ? FORMAT_KEYS : []), ...(isConsole(cell) ? CONSOLE_KEYS : [])].map(
        ([key, command]) => ({
          key,
          preventDefault: true,
          run(view) {
            void carryOut(command, cell, view);
            return true;
          },
        }),
      ),
    ),
    EditorView.domEventHandlers({
      keydown({ key }) {
        if (MODIFIERS.has(key)) load().catch(() => {}); // the command says so
      },
    }),
  ];
}

/** @param {Command} command @param {LiveCell} cell @param {EditorView} view */
export async function carryOut(command, cell, view) {
  try {
    const commands = opened ?? (await load());
    const say = (/** @type {string} */ text) => cell.say(text);
    if (command === "selectNext") commands.selectNextOccurrence(view);
    else {
      const console = ConsoleField.of(cell, () => {});
      const editor = { importPinned, ownStep: isolateHistory.of("full"), console };
      await commands[command](cell, view, say, editor);
    }
  } catch {
    cell.say(CELL_MESSAGES.notLoaded);
  }
}
