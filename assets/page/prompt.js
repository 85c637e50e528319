import { element } from "./dom.js";
import { WORDS } from "./words.js";

/**
 * A text box for `input()`, in line with the output that asks for it. Enter sends the line; Control-D in an empty
 * box ends the input, as in a terminal.
 * @param {string} text the prompt
 * @param {(answer: string | null) => void} onAnswer called once
 */
export function makePrompt(text, onAnswer) {
  const box = element("input", {
    type: "text",
    autocomplete: "off",
    spellcheck: false,
    "aria-label": text.trim() || WORDS.input,
    autocapitalize: "none",
  });
  const form = element("form", { className: "prompt", part: "prompt" }, box);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onAnswer(box.value);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "d" && event.ctrlKey && box.value === "") {
      event.preventDefault();
      onAnswer(null);
    }
  });
  return { element: form, focus: () => box.focus() };
}
