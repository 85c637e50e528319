/** How a field of a cell receives what is typed into it. */

/** Where a field has its handler. The scripts of a page have separate copies of this module. */
export const FIELD = Symbol.for("pyrun");

/** The code of keys that an input method has taken. Safari sends it with `isComposing: false` after the composition. */
const TAKEN = 229;

/**
 * Keeps what is typed into a field from the page (hold_keys.js).
 * @param {HTMLElement} field
 * @param {(event: Event) => void} handle receives it, because it does not get to listeners of the field either
 */
export function ownKeys(field, handle) {
  Reflect.set(field, FIELD, handle);
}

/** @param {KeyboardEvent} event @returns {boolean} whether an input method has taken the key, such as the Enter that accepts a word */
export const isComposition = (event) => event.isComposing || event.keyCode === TAKEN;
