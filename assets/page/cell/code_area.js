/** The code of a cell: the theme's highlighted block, and the editor once a reader wants it. */
import { nextTask } from "../dom.js";
import { loadPlayground } from "../playground/load_playground.js";
import { codeBlockOf, leaveToEditor, makeFocusable } from "./code_block.js";
import { isPlayground } from "./example_data.js";
import { sourceOf } from "./source.js";
import { visibleSource } from "./visible_source.js";

/** @import { Editor } from "../editor/editor.js" */
/** @import { Folder } from "./folder.js" */
/** @import { LiveCell } from "./live_cell.js" */
/** @typedef {typeof import("../editor/import_editor.js").importEditor} ImportEditor */

/**
 * The code of a cell: first the host's highlighted block, and an editor in its place once a reader is interested. The
 * reader's edits outlive the editor.
 */
export class CodeArea {
  /** The editor with the marked line. @type {Editor | null} */
  static #marked = null;
  #cell;
  #onRun;
  #onFailure;
  #onEdit;
  #importEditor;
  /** The code of the reader, where it differs from the author's. @type {string | null} */
  #edited = null;
  /** Of a playground, once a reader is interested. @type {Folder | null} */
  folder = null;
  /** Only this class sets it. @type {Editor | null} */
  editor = null;
  /** @type {Promise<void> | null} */
  #preparing = null;

  /**
   * @param {LiveCell} cell
   * @param {() => void} onRun the reader pressed the keys that run the code
   * @param {(error: unknown) => void} onFailure the editor could not be loaded
   * @param {() => void} onEdit the code has changed
   * @param {ImportEditor} importEditor
   */
  constructor(cell, onRun, onFailure, onEdit, importEditor) {
    this.#cell = cell;
    this.#onRun = onRun;
    this.#onFailure = onFailure;
    this.#onEdit = onEdit;
    this.#importEditor = importEditor;
  }

  /** The code that would run now. */
  get code() {
    return this.#edited ?? sourceOf(this.#cell);
  }

  /** What Copy copies. */
  get copied() {
    return this.editor?.copied ?? this.#edited ?? visibleSource(this.#cell);
  }

  /** The code, and what the reader has changed beside it. */
  get content() {
    return this.folder?.content ?? this.code;
  }

  /** Whether that differs from the author's code. */
  get isEdited() {
    return this.content !== sourceOf(this.#cell);
  }

  /** @returns {HTMLElement | null} the host's block with the code */
  get #block() {
    return codeBlockOf(this.#cell);
  }

  /**
   * The cell has entered a page. Until the editor is loaded the block can be focused with Tab, which loads the editor.
   */
  attach() {
    if (!this.editor) makeFocusable(this.#cell);
  }

  /** The cell has left its page, where an editor would keep listening to the window. */
  detach() {
    this.folder?.leave();
    this.editor?.destroy();
    this.editor = null;
    this.#preparing = null;
  }

  /** Marks a line (from 1) if the editor is loaded. Only one line of the page is marked. @param {number} line */
  markLine(line) {
    CodeArea.unmark();
    if (this.folder?.isMainShown === false) return;
    CodeArea.#marked = this.editor;
    this.editor?.markLine(line);
  }

  /** Removes the mark. */
  static unmark() {
    CodeArea.#marked?.markLine(null);
    CodeArea.#marked = null;
  }

  /** Loads the editor, marks a line (from 1), and puts the cursor there. @param {number} line */
  async showLine(line) {
    await this.prepare();
    this.folder?.showMain();
    this.markLine(line);
    this.editor?.goToLine(line);
  }

  /** Restores the author's code, as a change that can be undone. */
  reset() {
    this.folder?.reset();
    this.editor?.replace(sourceOf(this.#cell));
    this.#edited = null;
  }

  /** Replaces the content, as a change that can be undone. Does nothing if the editor cannot be loaded. @param {string} content */
  async write(content) {
    await this.prepare();
    if (this.folder) this.folder.write(content);
    else this.editor?.replace(content);
  }

  /** Loads the editor, once. A failure is reported, and the next sign of interest tries again. */
  prepare() {
    this.#preparing ??= this.#mount().catch((error) => {
      this.#preparing = null;
      this.#onFailure(error);
    });
    return this.#preparing;
  }

  async #mount() {
    const block = this.#block;
    if (block === null) return;
    const opening = isPlayground(this.#cell) ? this.#openFolder() : null;
    const [{ makeEditor }] = await Promise.all([this.#importEditor(), opening]);
    await nextTask();
    const { emphasizeLines = "" } = this.#cell.dataset;
    const editor = await makeEditor({
      target: this.#cell,
      source: this.code,
      readOnly: this.#cell.hasAttribute("data-readonly"),
      emphasizedLines: emphasizeLines.split(" ").filter(Boolean).map(Number),
      onRun: this.#onRun,
      onChange: (code) => {
        this.#edited = code === sourceOf(this.#cell) ? null : code;
        this.#onEdit();
      },
    });
    // Meanwhile the cell may have left its page, come back, and got another editor.
    if (!this.#cell.isConnected || this.editor) return editor.destroy();
    const hadFocus = block.matches(":focus");
    leaveToEditor(block);
    editor.mount();
    this.editor = editor;
    editor.replace(this.code); // does nothing unless Reset was pressed meanwhile
    this.folder?.enter(editor);
    if (hadFocus) editor.focus();
  }

  async #openFolder() {
    const { openPlayground } = await loadPlayground();
    const folder = this.folder ?? (await openPlayground(this.#cell, this, this.#onEdit));
    this.folder ??= folder;
  }

  /** A click into the code puts the cursor there, once the editor is loaded. @param {PointerEvent} event */
  async startEditing({ target, clientX, clientY }) {
    if (this.editor || !(target instanceof Node) || !this.#block?.contains(target)) return;
    // A link in the code, or a marker of the theme that opens a note.
    if (this.#block.querySelector(":is(a,aside,button,summary):hover")) return;
    await this.prepare();
    const editor = /** @type {Editor | null} */ (this.editor);
    editor?.focusAt(clientX, clientY);
  }
}
