import { element } from "../dom.js";

/**
 * Puts text on the clipboard.
 * @param {string} text
 * @returns {Promise<boolean>} whether the browser allowed it
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelection(text);
  }
}

/** The old way, for pages that come over plain HTTP: those have no clipboard object. @param {string} text */
function copySelection(text) {
  const focused = document.activeElement;
  const box = element("textarea", { value: text, "aria-hidden": "true" });
  document.body.append(box);
  box.select();
  const copied = document.execCommand("copy");
  box.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return copied;
}
