/** The row below the code of a cell in which a reader types what to find, a line, or a name. */
import { button, element } from "../dom.js";
import { isComposition, ownKeys } from "../keys/field_keys.js";
import { FIND_MESSAGES } from "../messages.js";
import panelCss from "./panel.css";

/** @import { EditorView } from "@codemirror/view" */

const styles = new CSSStyleSheet();
styles.replaceSync(panelCss);

/** The open panel of each cell, of which there is one. @type {WeakMap<HTMLElement, Panel>} */
const open = new WeakMap();

/** @param {HTMLElement} cell @returns {Panel | null} */
export const openPanel = (cell) => open.get(cell) ?? null;

/** One row of fields and buttons, or several on a phone. Escape closes it, and returns the focus to the editor. */
export class Panel {
  #cell;
  #view;
  #onClose;
  #status = element("span", { className: "status", role: "status" });

  /**
   * Replaces what another command has open in the cell.
   * @param {HTMLElement} cell
   * @param {EditorView} view
   * @param {string} name
   * @param {HTMLElement[][]} rows
   * @param {() => void} [onClose]
   */
  constructor(cell, view, name, rows, onClose = () => {}) {
    this.#cell = cell;
    this.#view = view;
    this.#onClose = onClose;
    const close = button(FIND_MESSAGES.close, { className: "close" }, () => this.close());
    const [first = [], ...more] = rows;
    this.element = element(
      "div",
      { className: "find", role: "group", "aria-label": name, part: "find" },
      ...[[...first, this.#status, close], ...more].map((row) =>
        element("div", { className: "row" }, ...row),
      ),
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
    });
    openPanel(cell)?.close({ keepsFocus: true });
    open.set(cell, this);
    const root = /** @type {ShadowRoot} */ (cell.shadowRoot);
    if (!root.adoptedStyleSheets.includes(styles)) root.adoptedStyleSheets.push(styles);
    root.querySelector(".toolbar-place")?.before(this.element);
  }

  /** @param {string} text, which screen readers announce */
  say(text) {
    this.#status.textContent = text;
  }

  close({ keepsFocus = false } = {}) {
    if (open.get(this.#cell) !== this) return;
    open.delete(this.#cell);
    this.#onClose();
    this.element.remove();
    if (!keepsFocus) this.#view.focus();
  }
}

/**
 * A field whose keys are its own.
 * @param {string} name
 * @param {string} value
 * @param {(event: KeyboardEvent) => void} onEnter
 * @param {() => void} [onInput]
 */
export function field(name, value, onEnter, onInput = () => {}) {
  const made = element("input", {
    ...{ type: "text", value, placeholder: name, "aria-label": name },
    ...{ autocomplete: "off", autocapitalize: "none", spellcheck: false },
  });
  made.setAttribute("autocorrect", "off");
  ownKeys(made, (event) => {
    if (event.type === "input") onInput();
    if (!(event instanceof KeyboardEvent) || event.type !== "keydown" || isComposition(event)) return;
    if (event.key !== "Enter") return;
    event.preventDefault();
    onEnter(event);
  });
  return made;
}
