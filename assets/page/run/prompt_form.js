/** What the prompts of a run have in common: a form in line with the output, and how it gets the focus. */
import { element } from "../dom.js";

/** @typedef {{ element: HTMLFormElement, name: string, box: HTMLInputElement | HTMLTextAreaElement }} Prompt */

const BEFORE_ID = "before-prompt";

/** A form, which screen readers hear of because it gets the focus, and not because it is new. @param {...Node} parts */
export const promptForm = (...parts) =>
  element("form", { className: "prompt", part: "prompt", "aria-live": "off" }, ...parts);

/**
 * Puts the focus into the box of a prompt.
 * @param {Prompt} prompt
 * @param {string} before what the run has shown before: said with the prompt, because a change of focus interrupts speech
 */
export function focusPrompt({ element: form, box }, before) {
  if (before !== "") {
    form.append(element("span", { id: BEFORE_ID, hidden: true }, before));
    box.setAttribute("aria-describedby", BEFORE_ID);
  }
  box.focus();
}
