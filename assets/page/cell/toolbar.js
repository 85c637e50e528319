/** The row of buttons above the output, with the state of the cell and the progress of a start. */
import { button, element } from "../dom.js";
import { CELL_MESSAGES, TOOLBAR_LABELS } from "../messages.js";

/** @import { State } from "../run/run_view.js" */
/** What a button of the toolbar does. @typedef {keyof typeof TOOLBAR_LABELS} Action */

/** States in which Stop can do something. @type {ReadonlySet<State>} */
export const BUSY = new Set(["loading", "running", "input"]);

/** The row of buttons below the code, with the status line. */
export class Toolbar {
  #status = element("span", { className: "status", role: "status" });
  /** How far a download is, and the same as a bar. */
  amount = element("span", { className: "amount" });
  bar = element("progress", { className: "bar", "aria-label": CELL_MESSAGES.progress, hidden: true });
  /** Which run the output is from. */
  result = element("span", { id: "result", className: "result", part: "result" });

  /** Whether nothing may run on this page. */
  isOff = false;

  #buttons;
  #row;

  /** @param {Record<Action, () => void>} actions */
  constructor(actions) {
    const kinds = /** @type {Action[]} */ (Object.keys(TOOLBAR_LABELS));
    const made = kinds.map((kind) => [kind, toolbarButton(kind, actions[kind])]);
    this.#buttons = /** @type {Record<Action, HTMLButtonElement>} */ (Object.fromEntries(made));
    const { run, stop, ...others } = this.#buttons;
    others.more.setAttribute("aria-expanded", "false");
    this.#row = element(
      "div",
      { className: "toolbar", part: "toolbar" },
      run,
      stop,
      this.#status,
      this.amount,
      this.bar,
      this.result,
      element("span", { className: "space" }),
      ...Object.values(others),
    );
    this.element = element("div", { className: "toolbar-place" }, this.#row);
    this.show("idle");
  }

  get run() {
    return this.#buttons.run;
  }

  get more() {
    return this.#buttons.more;
  }

  /** @param {State} state */
  show(state) {
    const busy = BUSY.has(state);
    // Not `disabled`, which would take the focus from the button that was just pressed.
    this.run.setAttribute("aria-disabled", String(busy || this.isOff));
    if (!busy && this.#buttons.stop.matches(":focus")) this.run.focus();
    this.#buttons.stop.hidden = !busy;
    this.#row.classList.toggle("busy", busy);
    this.say(CELL_MESSAGES[state]);
  }

  /** @param {string} text, which screen readers announce */
  say(text) {
    // The same text again would be announced again.
    if (this.#status.textContent !== text) this.#status.textContent = text;
    this.amount.textContent = "";
    this.bar.hidden = true;
  }
}

/** @param {Action} kind @param {() => void} onClick */
const toolbarButton = (kind, onClick) =>
  button(TOOLBAR_LABELS[kind], { className: kind, part: `button ${kind}` }, onClick);
