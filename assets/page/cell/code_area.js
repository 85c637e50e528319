import { nextTask } from "../dom.js";
import { importEditor } from "../editor/editor_parts.js";
import { CELL_MESSAGES } from "../messages.js";
import { codeBlockOf } from "./theme.js";

/** @typedef {import("../editor/editor.js").Editor} Editor */

/**
 * The code of a cell: the host's highlighted block until a reader is interested, an editor in its place from then
 * on. What the reader typed outlives the editor.
 */
export class CodeArea {
  /** Has the line that is marked. @type {Editor | null} */
  static #marked = null;
  #cell;
  #onRun;
  #onFailure;
  #onEdit;
  /** The code of the reader, where it differs from the author's. @type {string | null} */
  #edited = null;
  /** @type {Editor | null} */
  #editor = null;
  /** @type {Promise<void> | null} */
  #preparing = null;

  /**
   * @param {HTMLElement} cell
   * @param {() => void} onRun the reader pressed the keys that run the code
   * @param {() => void} onFailure the editor could not be loaded
   * @param {() => void} onEdit the code is another now
   */
  constructor(cell, onRun, onFailure, onEdit) {
    this.#cell = cell;
    this.#onRun = onRun;
    this.#onFailure = onFailure;
    this.#onEdit = onEdit;
    cell.addEventListener("pointerenter", () => void this.prepare());
    cell.addEventListener("focusin", () => void this.prepare());
    cell.addEventListener("pointerdown", (event) => void this.#startEditing(event));
  }

  /** As it would run now. */
  get code() {
    return this.#edited ?? this.#source;
  }

  get #source() {
    return this.#cell.dataset.source ?? "";
  }

  /** @returns {HTMLElement | null} what holds the code, as the host made it */
  get #block() {
    return codeBlockOf(this.#cell);
  }

  /** The cell is in a page. Until the editor is there the block can be reached with Tab, which brings the editor. */
  attach() {
    const block = this.#block;
    if (this.#editor || block === null) return;
    block.tabIndex = 0;
    block.setAttribute("role", "group");
    block.setAttribute("aria-label", CELL_MESSAGES.staticCode);
  }

  /** The cell has left its page: an editor would go on listening to the window. */
  detach() {
    this.#editor?.destroy();
    this.#editor = null;
    this.#preparing = null;
  }

  /** Marks a line (from 1), if the editor is there: the only one of the page. @param {number} line */
  markLine(line) {
    CodeArea.unmark();
    CodeArea.#marked = this.#editor;
    this.#editor?.markLine(line);
  }

  /** Takes the mark away. */
  static unmark() {
    CodeArea.#marked?.markLine(null);
    CodeArea.#marked = null;
  }

  /** Brings the editor, marks a line (from 1), and puts the cursor there. @param {number} line */
  async showLine(line) {
    await this.prepare();
    this.markLine(line);
    this.#editor?.goToLine(line);
  }

  /** Brings the author's code back, as a change that can be undone. */
  reset() {
    this.#editor?.replace(this.#source);
    this.#edited = null;
  }

  /** Brings the editor, once. A failure is said, and tried again with the next sign of interest. */
  prepare() {
    this.#preparing ??= this.#mount().catch(() => {
      this.#preparing = null;
      this.#onFailure();
    });
    return this.#preparing;
  }

  async #mount() {
    const block = this.#block;
    if (block === null) return;
    const { makeEditor } = await importEditor();
    await nextTask();
    const { emphasizeLines = "" } = this.#cell.dataset;
    const editor = await makeEditor({
      target: this.#cell,
      source: this.code,
      readOnly: this.#cell.hasAttribute("data-readonly"),
      emphasizedLines: emphasizeLines.split(" ").filter(Boolean).map(Number),
      label: CELL_MESSAGES.editor,
      description: CELL_MESSAGES.leaveEditor,
      onRun: this.#onRun,
      onChange: (code) => {
        this.#edited = code === this.#source ? null : code;
        this.#onEdit();
      },
    });
    // The cell may have left its page meanwhile, and come back and got another one.
    if (!this.#cell.isConnected || this.#editor) return editor.destroy();
    const hadFocus = block.matches(":focus");
    for (const name of ["tabindex", "role", "aria-label"]) block.removeAttribute(name);
    editor.mount();
    this.#editor = editor;
    editor.replace(this.code); // does nothing unless Reset was pressed meanwhile
    if (hadFocus) editor.focus();
  }

  /** A click into the code before the editor is there puts the cursor where it went. @param {PointerEvent} event */
  async #startEditing({ target, clientX, clientY }) {
    if (this.#editor || !(target instanceof Node) || !this.#block?.contains(target)) return;
    await this.prepare();
    const editor = /** @type {Editor | null} */ (this.#editor);
    editor?.focusAt(clientX, clientY);
  }
}
