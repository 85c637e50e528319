/** Creating elements, and other small things that all parts of the page do. */

/**
 * An element with its properties and children.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, unknown>} [properties] set as they are; names with a dash, and `role`, as attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") made.setAttribute(name, String(value));
    else Reflect.set(made, name, value);
  }
  made.append(...children);
  return made;
}

/**
 * A button.
 * @param {string} label
 * @param {Record<string, unknown>} properties as for `element`, in addition to those of all buttons
 * @param {(() => void) | null} onClick
 */
export const button = (label, properties, onClick) =>
  element("button", { type: "button", part: "button", onclick: onClick, ...properties }, label);

/** Sets an attribute, or removes it without a value. @param {Element} element @param {string} name @param {string | null} [value] */
export const setOrRemove = (element, name, value) =>
  value ? element.setAttribute(name, value) : element.removeAttribute(name);

/**
 * Resolves in a new task, so that the browser can handle events and the page never freezes.
 * @returns {Promise<void>}
 */
export const nextTask = () => new Promise((resolve) => setTimeout(resolve));

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

/** For pages that come over plain HTTP, which have no clipboard object. @param {string} text */
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
