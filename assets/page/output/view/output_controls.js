/** The buttons below an output: Copy output, Clear output, Collapse output. */
import { button, copyText, element } from "../../dom.js";
import { CELL_MESSAGES, OUTPUT_MESSAGES } from "../../messages.js";
import controlsCss from "./output_controls.css";

/** @import { RunView } from "../../run/run_view.js" */

const LOG_ID = "output";

/** @type {WeakMap<RunView, OutputControls>} */
const controlsOf = new WeakMap();

/** One style sheet for all cells. */
const styles = new CSSStyleSheet();
styles.replaceSync(controlsCss);

/** The row of buttons under an output: copy, clear and collapse. */
export class OutputControls {
  #view;
  #log;
  #clear = button(OUTPUT_MESSAGES.clear, {}, () => this.#empty());
  #fold = button(OUTPUT_MESSAGES.collapse, {}, () => this.#collapse(!this.#log.hidden));

  /** @param {RunView} view @returns {OutputControls} put under the output at its first run */
  static of(view) {
    const controls = controlsOf.get(view) ?? new OutputControls(view);
    controlsOf.set(view, controls);
    return controls;
  }

  /** @param {RunView} view */
  constructor(view) {
    this.#view = view;
    this.#log = view.output.element;
    this.#log.id = LOG_ID;
    this.#fold.setAttribute("aria-controls", LOG_ID);
    this.expand();
    const row = element(
      "div",
      {
        className: "controls",
        part: "output-controls",
        role: "group",
        "aria-label": OUTPUT_MESSAGES.controls,
      },
      this.#fold,
      button(OUTPUT_MESSAGES.copy, {}, () => void this.#copy()),
      this.#clear,
    );
    this.#log.after(row);
    const root = /** @type {ShadowRoot} */ (this.#log.getRootNode());
    root.adoptedStyleSheets.push(styles);
  }

  /** Shows the output if it was folded away. */
  expand() {
    this.#collapse(false);
  }

  /** @param {boolean} can whether the output may be emptied now */
  setCanClear(can) {
    this.#clear.setAttribute("aria-disabled", String(!can));
  }

  /** @param {boolean} collapsed */
  #collapse(collapsed) {
    this.#log.hidden = collapsed;
    const root = /** @type {ShadowRoot} */ (this.#log.getRootNode());
    root.host.toggleAttribute("data-collapsed", collapsed); // hides those between the lines (editor.css)
    this.#fold.setAttribute("aria-expanded", String(!collapsed));
    this.#fold.textContent = collapsed ? OUTPUT_MESSAGES.expand : OUTPUT_MESSAGES.collapse;
  }

  #empty() {
    const view = this.#view;
    const { state } = view;
    if (state === "input") return;
    view.focus(); // this row disappears with the output
    // The run goes on and will write more, so the cell still shows which run it is.
    if (state === "running") return view.output.clear();
    view.clear();
    view.say(OUTPUT_MESSAGES.cleared);
  }

  async #copy() {
    const text = (await this.#view.output.shown?.file.text()) ?? "";
    if (text === "") this.#view.say(OUTPUT_MESSAGES.noText);
    else this.#view.say((await copyText(text)) ? CELL_MESSAGES.copied : CELL_MESSAGES.copyFailed);
  }
}
