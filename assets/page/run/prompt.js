/** The text box in which a reader answers `input()`. */
import { button, element } from "../dom.js";
import { isComposition, ownKeys } from "../keys/field_keys.js";
import { RUN_MESSAGES } from "../messages.js";
import { EscapeStripper } from "../output/terminal/escape_parser.js";
import { promptForm } from "./prompt_form.js";

/** Earlier answers on this page, oldest first, for the arrow keys. @type {string[]} */
const earlierAnswers = [];

/**
 * A text box for what Python reads, in line with the output. Enter sends; further pasted lines answer the next prompts.
 * Control-D in an empty box ends the input, as in a terminal; while `sys.stdin` is read there is also a button for
 * that.
 * @param {string} text the prompt
 * @param {import("../../shared/protocol.js").Prompt["kind"]} kind
 * @param {(answer: string | null) => void} onAnswer called once
 */
export function makePrompt(text, kind, onAnswer) {
  const name = new EscapeStripper().strip(text).trim() || RUN_MESSAGES.input;
  const box = kind === "secret" ? secretBox(name) : lineBox(name);
  box.setAttribute("autocorrect", "off");
  const form = promptForm(box);
  if (kind === "stream") {
    form.append(button(RUN_MESSAGES.endInput, {}, () => onAnswer(null)));
  }
  const send = () => {
    const answer = box.value.replace(/\r?\n$/, "");
    if (kind !== "secret" && answer && answer !== earlierAnswers.at(-1)) earlierAnswers.push(answer);
    onAnswer(answer);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  const earlier = box instanceof HTMLTextAreaElement ? new EarlierAnswers(box) : null;
  let breaksLine = false;
  ownKeys(box, (event) => {
    if (event instanceof InputEvent && event.type === "beforeinput") {
      // Some keyboards of phones send no key for Enter.
      if (event.inputType !== "insertLineBreak" || event.isComposing || breaksLine) return;
      event.preventDefault();
      send();
    }
    if (!(event instanceof KeyboardEvent) || event.type !== "keydown" || isComposition(event)) return;
    breaksLine = event.key === "Enter" && event.shiftKey;
    if (event.key === "Enter" && !breaksLine) {
      event.preventDefault();
      send();
    } else if (event.key === "d" && event.ctrlKey && box.value === "") {
      event.preventDefault();
      onAnswer(null);
    } else earlier?.onKey(event);
  });
  return { element: form, name, box };
}

/** One line high, but not an `input`, which drops line breaks. @param {string} name */
function lineBox(name) {
  return element("textarea", {
    rows: 1,
    autocomplete: "off",
    spellcheck: false,
    autocapitalize: "none",
    "aria-label": name,
  });
}

/** @param {string} name */
function secretBox(name) {
  return element("input", {
    type: "password",
    autocomplete: "off",
    "aria-label": name,
  });
}

/** The up and down keys walk through earlier answers, unless they move the cursor between lines. */
class EarlierAnswers {
  #box;
  #position = earlierAnswers.length;
  #typed = "";

  /** @param {HTMLTextAreaElement} box */
  constructor(box) {
    this.#box = box;
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const box = this.#box;
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    const target = this.#position + step;
    if (step === 0 || target < 0 || target > earlierAnswers.length) return;
    if (this.#position === earlierAnswers.length) {
      if (box.value.includes("\n")) return;
      this.#typed = box.value;
    }
    event.preventDefault();
    this.#position = target;
    box.value = earlierAnswers[target] ?? this.#typed;
    box.setSelectionRange(box.value.length, box.value.length);
  }
}
