/** The text box in which a reader answers `input()`. */
import { button, element } from "../dom.js";
import { CELL_MESSAGES } from "../messages.js";
import { EscapeStripper } from "../output/terminal/escape_parser.js";

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
  const name = new EscapeStripper().strip(text).trim() || CELL_MESSAGES.input;
  const box = kind === "secret" ? secretBox(name) : lineBox(name);
  /** @type {HTMLElement} */
  const keys = box;
  const form = element("form", { className: "prompt", part: "prompt" }, box);
  if (kind === "stream") {
    form.append(button(CELL_MESSAGES.endInput, {}, () => onAnswer(null)));
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
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === "d" && event.ctrlKey && box.value === "") {
      event.preventDefault();
      onAnswer(null);
    }
  };
  keys.addEventListener("keydown", onKey);
  if (box instanceof HTMLTextAreaElement) offerEarlierAnswers(box);
  return { element: form, focus: () => box.focus() };
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

/**
 * The up and down keys walk through earlier answers, unless they move the cursor between lines.
 * @param {HTMLTextAreaElement} box
 */
function offerEarlierAnswers(box) {
  let position = earlierAnswers.length;
  let typed = "";
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    const target = position + step;
    if (step === 0 || target < 0 || target > earlierAnswers.length) return;
    if (position === earlierAnswers.length) {
      if (box.value.includes("\n")) return;
      typed = box.value;
    }
    event.preventDefault();
    position = target;
    box.value = earlierAnswers[position] ?? typed;
    box.setSelectionRange(box.value.length, box.value.length);
  };
  box.addEventListener("keydown", onKey);
}
