/** Brings what has the focus out from under a header of the theme that stays in place: WCAG 2.2, 2.4.11. */

/** Of an element that is higher, such as an editor, the browser shows the part that matters. In px. */
const HIGHEST = 120;

/**
 * Browsers scroll to what gets the focus only if it is outside of the window, not if something covers it.
 * @param {HTMLElement} cell in which something may have the focus already
 * @param {AbortSignal} signal
 */
export function uncoverFocus(cell, signal) {
  cell.addEventListener("focusin", (event) => uncover(cell, event.composedPath()[0]), { signal });
  if (cell.matches(":focus-within")) uncover(cell, cell.shadowRoot?.activeElement ?? document.activeElement);
}

/** @param {HTMLElement} cell @param {EventTarget | null | undefined} focused */
function uncover(cell, focused) {
  if (!(focused instanceof HTMLElement) || !focused.matches(":focus-visible")) return;
  const { left, top, width, height } = focused.getBoundingClientRect();
  if (height > HIGHEST) return;
  const above = document.elementFromPoint(left + width / 2, top + height / 2);
  if (above && !cell.contains(above)) focused.scrollIntoView({ block: "center", behavior: "instant" });
}
