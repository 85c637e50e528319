/** The row below the code: Run, and Stop and the state once something runs. The other controls come on intent. */
import { button, element } from "../dom.js";
import { rowAttributes, spoken } from "../language/current.js";
import { CELL_MESSAGES, TOOLBAR_LABELS } from "../messages.js";

/** @import { State } from "../run/run_view.js" */
/** What a button of the toolbar does. @typedef {keyof typeof TOOLBAR_LABELS} Action */

/** States in which Stop can do something. @type {ReadonlySet<State>} */
export const BUSY = new Set(["loading", "running", "input"]);

/** The row below the code. It has one height from the beginning, and nothing in it moves when something is added. */
export class Toolbar {
  #act;
  #stop;
  /** A new element for each text, so that none moves when Stop comes and goes. */
  #status = element("span", { className: "status", role: "status" });

  /** Whether nothing may run on this page. */
  isOff = false;
  /** Draws a state, or nothing, once the controls are loaded. @type {((state: State) => Node | string) | null} */
  picture = null;
  /** How far a download is: the next message empties it. @type {Element | null} */
  progress = null;

  /** @param {(action: Action) => void} act @param {Action[]} shown from the beginning, besides Run */
  constructor(act, shown) {
    this.#act = act;
    this.run = this.button("run");
    this.#stop = this.button("stop");
    this.#stop.hidden = true;
    this.row = element("div", { className: "toolbar", part: "toolbar" }, this.run);
    this.element = element(
      "div",
      { className: "toolbar-place", ...rowAttributes(spoken.language) },
      this.row,
    );
    if (shown.length > 0) this.add(...shown.map((action) => this.button(action)));
  }

  /** @param {Action} kind */
  button(kind) {
    return button(TOOLBAR_LABELS[kind], { className: kind, part: `button ${kind}` }, () => this.#act(kind));
  }

  /** @param {Action} action @returns {HTMLButtonElement | null} its button, if the row has one */
  find(action) {
    return this.row.querySelector(`.${action}`);
  }

  /** Adds controls to the far side of the row, and before them what a run needs. @param {...Element} controls */
  add(...controls) {
    if (!this.#status.isConnected) {
      this.row.append(this.#stop, this.#status, element("span", { className: "space" }));
    }
    this.row.append(...controls);
  }

  /** @param {State} state */
  show(state) {
    const busy = BUSY.has(state);
    // Not `disabled`, which would take the focus from the button that was just pressed.
    this.run.setAttribute("aria-disabled", String(busy || this.isOff));
    if (!busy && this.#stop.matches(":focus")) this.run.focus();
    this.#stop.hidden = !busy;
    this.row.classList.toggle("busy", busy);
    this.say(CELL_MESSAGES[state], state);
  }

  /** @param {string} text, which screen readers announce @param {State} [state] that it names */
  say(text, state) {
    this.add(); // the row has no status before there is something to say
    // The same text again would be announced again.
    if (this.#status.textContent !== text) {
      const picture = (state && this.picture?.(state)) || "";
      this.#status.replaceChildren(...(text ? [element("span", {}, picture, text)] : []));
    }
    this.progress?.replaceChildren();
  }
}
