/** The buttons of an output: Copy output, Clear output, Collapse output. */
import { draw, pictured } from "../../cell/icons.js";
import { copyText, element } from "../../dom.js";
import { languageAttributes } from "../../language/current.js";
import { CELL_MESSAGES, OUTPUT_MESSAGES } from "../../messages.js";
import controlsCss from "./output_controls.css";

/** @import { RunView } from "../../run/run_view.js" */

const LOG_ID = "output";

/** @type {WeakMap<RunView, OutputControls>} */
const controlsOf = new WeakMap();

/** One style sheet for all cells. */
const styles = new CSSStyleSheet();
styles.replaceSync(controlsCss);

/** The pictured buttons in the corner of an output: collapse, copy and clear. */
export class OutputControls {
  #view;
  #log;
  #clear = pictured("clear", OUTPUT_MESSAGES.clear, () => this.#empty());
  #fold = pictured("collapse", OUTPUT_MESSAGES.collapse, () => this.#collapse(!this.#log.hidden));

  /** @param {RunView} view @returns {OutputControls} added to the output at its first run */
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
    const group = element(
      "div",
      {
        className: "controls",
        part: "output-controls",
        role: "group",
        ...languageAttributes(),
        "aria-label": OUTPUT_MESSAGES.controls,
      },
      pictured("copy", OUTPUT_MESSAGES.copy, () => void this.#copy()),
      this.#clear,
      this.#fold,
    );
    const root = /** @type {ShadowRoot} */ (this.#log.getRootNode());
    root.adoptedStyleSheets.push(styles);
    const { dataset } = /** @type {HTMLElement} */ (root.host);
    // Outputs between the lines have many corners: their controls are in the toolbar.
    const result = "interactive" in dataset || "expected" in dataset ? root.querySelector(".result") : null;
    if (result) result.before(group);
    else this.#log.after(group);
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
    this.#log.parentElement?.classList.toggle("collapsed", collapsed);
    const root = /** @type {ShadowRoot} */ (this.#log.getRootNode());
    root.host.toggleAttribute("data-collapsed", collapsed); // hides those between the lines (editor.css)
    this.#fold.setAttribute("aria-expanded", String(!collapsed));
    draw(this.#fold, collapsed ? "expand" : "collapse", OUTPUT_MESSAGES[collapsed ? "expand" : "collapse"]);
  }

  #empty() {
    const view = this.#view;
    const { state } = view;
    if (state === "input") return;
    view.focus(); // this group disappears with the output
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
