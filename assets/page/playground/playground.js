/** A playground: files as tabs around the editor of a cell, and packages to choose from. Its runs get all of them. */
import { hideBanner, showBanner } from "../cell/banner.js";
import { sourceOf } from "../cell/source.js";
import { element } from "../dom.js";
import { save } from "../files/save.js";
import { rowAttributes } from "../language/current.js";
import { EDIT_MESSAGES, PLAYGROUND_MESSAGES } from "../messages.js";
import { contentOf, textOf } from "./content.js";
import { freeName, isPython, MAIN, MOST_FILES, nameProblem } from "./file_name.js";
import { FolderFiles } from "./folder_files.js";
import { askName } from "./name_form.js";
import { PackageChooser } from "./package_chooser.js";
import playgroundCss from "./playground.css";
import { Tabs } from "./tabs.js";
import { zip } from "./zip.js";

/** @import { FolderFile } from "../../shared/protocol.js" */
/** @import { Folder } from "../cell/folder.js" */
/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { Editor } from "../editor/editor.js" */
/** @import { Wanted } from "../run/pending_run.js" */
/** @import { Content } from "./content.js" */
/** @import { OpenFile } from "./folder_files.js" */

/** Of banners about files. */
const KIND = "files";

/** One style sheet for all cells. */
const styles = new CSSStyleSheet();
styles.replaceSync(playgroundCss);

/** @implements {Folder} */
export class Playground {
  #cell;
  #code;
  #onChange;
  #files;
  #tabs;
  #packages;
  #row;
  /** @type {Editor | null} */
  #editor = null;
  /** The file in the editor; `null` for the code. @type {OpenFile | null} */
  #shown = null;

  /**
   * @param {LiveCell} cell
   * @param {{ readonly code: string }} code the one that runs
   * @param {FolderFile[]} authors the author's files
   * @param {() => void} onChange a file or the choice of packages has changed
   */
  constructor(cell, code, authors, onChange) {
    this.#cell = cell;
    this.#code = code;
    this.#onChange = onChange;
    this.#files = new FolderFiles(authors);
    this.#tabs = new Tabs({
      select: (name) => this.#select(name),
      add: () => this.#add(),
      rename: (name) => this.#rename(name),
      remove: (name) => this.#remove(name),
    });
    this.#packages = new PackageChooser(cell, (packages) => {
      this.#files.packages = packages;
      this.#changed();
    });
    this.#row = element(
      "div",
      { className: "files-row", part: "files" },
      ...this.#tabs.elements,
      element("span", { className: "space" }),
      this.#packages.button,
    );
    const root = /** @type {ShadowRoot} */ (cell.shadowRoot);
    root.adoptedStyleSheets.push(styles);
    const place = element("div", { className: "files-place", ...rowAttributes() }, this.#row);
    root.querySelector(".body")?.before(place);
    cell.dataset.tabs = ""; // what page.css shows in its place goes
    this.#draw();
  }

  /** @param {Editor} editor in which the code is */
  enter(editor) {
    this.#editor = editor;
    this.#draw();
  }

  /** The editor goes. */
  leave() {
    this.showMain();
    this.#editor = null;
  }

  get content() {
    const changes = this.#files.changes;
    const main = this.#code.code;
    const isUnchanged = !this.#files.isChanged && main === sourceOf(this.#cell);
    return isUnchanged ? main : textOf({ main, ...changes });
  }

  /** Replaces the content: one change, of which the code can be undone. @param {string} content */
  write(content) {
    const isAuthors = content === sourceOf(this.#cell);
    const { main, ...changes } = isAuthors ? { main: content, ...NOTHING } : contentOf(content);
    this.showMain();
    this.#files.changes = changes;
    this.#editor?.replace(main);
    this.#changed();
  }

  /** Takes all back but the code, which the cell takes back itself. The reader can undo it. */
  reset() {
    this.showMain();
    if (!this.#files.isChanged) return;
    const before = this.content;
    this.#files.reset();
    this.#changed();
    this.#offer(PLAYGROUND_MESSAGES.reset, () => this.write(before));
  }

  get isMainShown() {
    return this.#shown === null;
  }

  get showsPython() {
    return this.#shown === null || isPython(this.#shown.name);
  }

  showMain() {
    this.#select(MAIN);
  }

  /** Adds all files to what a run gets. @param {Wanted} wanted @returns {Wanted} */
  complete(wanted) {
    const folder = this.#files.files.map(({ name, code }) => ({ name, code }));
    return { ...wanted, folder, chosen: [...this.#files.packages], content: this.content };
  }

  /** @param {string} file as tracebacks name it: by its name, or its path in the working directory */
  linesOf(file) {
    const name = file.slice(file.lastIndexOf("/") + 1);
    if (name !== MAIN && !this.#files.find(name)) return null;
    return (/** @type {number} */ line) => {
      this.#select(name);
      this.#editor?.markLine(line);
      this.#editor?.goToLine(line);
    };
  }

  /** All files, the code first. @returns {FolderFile[]} */
  get all() {
    return [{ name: MAIN, code: this.#code.code }, ...this.#files.files];
  }

  /** Saves all files on the reader's computer. */
  download() {
    const { name } = this.#cell.dataset;
    save(zip(this.all), `${name || "playground"}.zip`, "application/zip");
  }

  /** @param {string} name */
  #select(name) {
    const file = this.#files.find(name) ?? null;
    if (file !== this.#shown) {
      this.#shown = file;
      this.#editor?.showFile(file && this.#asShown(file));
    }
    this.#draw();
  }

  /** @param {OpenFile} file */
  #asShown(file) {
    const { name, code } = file;
    const onChange = (/** @type {string} */ text) => {
      if (file.code === text) return;
      file.code = text;
      this.#onChange();
    };
    return { key: file, name, code, isPython: isPython(name), onChange };
  }

  #draw() {
    this.#tabs.show(this.#names, this.#shown?.name ?? MAIN);
    this.#packages.show(this.#files.packages);
  }

  get #names() {
    return this.#files.files.map(({ name }) => name);
  }

  #changed() {
    this.#draw();
    this.#onChange();
  }

  #add() {
    if (this.#names.length >= MOST_FILES - 1)
      return this.#cell.say(PLAYGROUND_MESSAGES.tooMany({ most: MOST_FILES }));
    askName(this.#row, freeName(this.#names), this.#problemWith(this.#names), (name) => {
      if (name === null) return this.#tabs.focus();
      this.#files.files.push({ name, code: "" });
      this.#changed();
      this.#select(name);
      this.#editor?.focus();
    });
  }

  /** @param {string} name */
  #rename(name) {
    const others = this.#names.filter((other) => other !== name);
    askName(this.#row, name, this.#problemWith(others), (next) => {
      const at = this.#names.indexOf(name);
      const file = this.#files.files[at];
      if (next !== null && next !== name && file) {
        this.#files.files[at] = { ...file, name: next };
        this.#select(next);
        this.#changed();
      }
      this.#tabs.focus();
    });
  }

  /** @param {string[]} others */
  #problemWith(others) {
    return (/** @type {string} */ name) => {
      const problem = nameProblem(name, others);
      return problem === null ? "" : PLAYGROUND_MESSAGES[problem];
    };
  }

  /** @param {string} name */
  #remove(name) {
    const at = this.#names.indexOf(name);
    const file = this.#files.files[at];
    if (!file) return;
    this.#files.files.splice(at, 1);
    this.#select(this.#names[at - 1] ?? MAIN);
    this.#changed();
    this.#tabs.focus();
    this.#offer(PLAYGROUND_MESSAGES.removed({ name }), () => {
      if (nameProblem(name, this.#names) !== null) return; // another file has the name by now
      this.#files.files.splice(at, 0, file);
      this.#select(name);
      this.#changed();
      this.#tabs.focus();
    });
  }

  /** Says what happened, and offers to take it back. @param {string} text @param {() => void} undo */
  #offer(text, undo) {
    const close = () => hideBanner(this.#cell, KIND);
    const onUndo = () => {
      close();
      undo();
    };
    showBanner(this.#cell, {
      kind: KIND,
      text,
      choices: [
        { label: PLAYGROUND_MESSAGES.undo, onChoose: onUndo },
        { label: EDIT_MESSAGES.close, onChoose: close },
      ],
    });
  }
}

/** @type {Omit<Content, "main">} */
const NOTHING = { files: [], deleted: [], packages: [] };
