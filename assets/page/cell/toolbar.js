import { button, element } from "../dom.js";
import { WORDS } from "../messages.js";

/** @typedef {import("./cell.js").State} State */
/** @typedef {import("../messages.js").ShownProgress} ShownProgress */

/** States in which Stop can do something. @type {ReadonlySet<State>} */
export const BUSY = new Set(["loading", "running", "input"]);

/** @type {Record<State, string>} */
const STATUS = {
  idle: "",
  loading: WORDS.loading,
  running: WORDS.running,
  input: WORDS.asking,
  done: WORDS.done,
  error: WORDS.error,
  stopped: WORDS.stopped,
};

/** The row of buttons below the code, and the line that says what is going on. */
export class Toolbar {
  #status = element("span", { className: "status", role: "status" });
  #amount = element("span", { className: "amount" });
  #bar = element("progress", { className: "bar", "aria-label": WORDS.progress, hidden: true });
  /** Which run the output is from. */
  result = element("span", { id: "result", className: "result", part: "result" });

  /** @param {Record<"run" | "stop" | "reset" | "copy" | "more", () => void>} actions */
  constructor(actions) {
    this.run = action(WORDS.run, "run", actions.run);
    this.stop = action(WORDS.stop, "stop", actions.stop);
    this.more = action(WORDS.more, "more", actions.more);
    this.more.setAttribute("aria-expanded", "false");
    this.element = element(
      "div",
      { className: "toolbar", part: "toolbar" },
      this.run,
      this.stop,
      this.#status,
      this.#amount,
      this.#bar,
      this.result,
      element("span", { className: "space" }),
      action(WORDS.reset, "reset", actions.reset),
      action(WORDS.copy, "copy", actions.copy),
      this.more,
    );
    this.show("idle");
  }

  /** @param {State} state */
  show(state) {
    const busy = BUSY.has(state);
    // Not `disabled`, which would take the focus away from who has just pressed it.
    this.run.setAttribute("aria-disabled", String(busy));
    if (!busy && this.stop.matches(":focus")) this.run.focus();
    this.stop.hidden = !busy;
    this.element.classList.toggle("busy", busy);
    this.say(STATUS[state]);
  }

  /** @param {string} text for eyes and for screen readers */
  say(text) {
    // The same text again would be announced again.
    if (this.#status.textContent !== text) this.#status.textContent = text;
    this.#amount.textContent = "";
    this.#bar.hidden = true;
  }

  /** @param {ShownProgress} progress */
  showProgress({ text, amount, fraction }) {
    this.say(text);
    this.#amount.textContent = amount;
    this.#bar.hidden = fraction === null;
    if (fraction !== null) this.#bar.value = fraction;
  }
}

/** @param {string} label @param {string} kind names it to style sheets @param {() => void} onClick */
const action = (label, kind, onClick) => button(label, { className: kind, part: `button ${kind}` }, onClick);
