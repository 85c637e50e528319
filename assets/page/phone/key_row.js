/**
 * A row of keys above the soft keyboard: the characters of Python that such keyboards hide. It appears when a field for
 * code has the focus on a device with touch, and goes as soon as the reader types on a real keyboard.
 */
import { element } from "../dom.js";
import { FIELD, ownKeys } from "../keys/field_keys.js";
import { PHONE_MESSAGES } from "../messages.js";
import { keepCursorInView } from "./cursor_in_view.js";
import keyRowCss from "./key_row.css";

const TAB = "Tab";

/** In the order in which they are met most often on phones with 320 CSS pixels, where the rest scrolls. */
const KEYS = [TAB, "(", ")", "[", "]", ":", "=", "_", '"'];

/** A soft keyboard is higher than anything else that covers a part of the window. */
const KEYBOARD_PX = 100;

/** The code that keyboards of phones send with every key. */
const SOFT = 229;

/** @type {HTMLElement | null} */
let row = null;

/** The fields whose keys are seen here. @type {WeakSet<HTMLElement>} */
const watched = new WeakSet();

/** Watches the fields of all cells, on devices whose main pointer is a finger. */
export function watchFields() {
  if (!matchMedia("(pointer: coarse)").matches || !("popover" in HTMLElement.prototype)) return;
  document.addEventListener("focusin", ({ target }) => {
    if (fieldOf(target)) show(/** @type {HTMLElement} */ (target));
  });
  document.addEventListener("focusout", () =>
    requestAnimationFrame(() => fieldOf(document.activeElement) ?? hide()),
  );
  if (fieldOf(document.activeElement)) show(/** @type {HTMLElement} */ (document.activeElement));
}

/**
 * The field for code that has the focus.
 * @param {EventTarget | null} target
 * @returns {HTMLElement | null}
 */
const fieldOf = (target) =>
  target instanceof HTMLElement && target.isContentEditable && FIELD in target && target.closest("pyrun-cell")
    ? target
    : null;

/** @param {HTMLElement} field */
function show(field) {
  row ??= makeRow();
  row.style.colorScheme = getComputedStyle(field).colorScheme;
  watchKeys(field);
  if (row.isConnected) return;
  document.body.append(row);
  row.showPopover(); // in the top layer, so that nothing of the theme covers or moves it; it takes no focus
  place();
  for (const type of ["resize", "scroll"]) visualViewport?.addEventListener(type, place);
}

function hide() {
  if (!row?.isConnected) return;
  row.remove();
  for (const type of ["resize", "scroll"]) visualViewport?.removeEventListener(type, place);
}

/** Puts the row at the lower edge of what the keyboard leaves of the window. */
function place() {
  const view = visualViewport;
  if (!view || !row) return;
  row.style.width = `${view.width}px`;
  row.style.translate = `${view.offsetLeft}px 0`;
  row.style.top = `${view.offsetTop + view.height - row.offsetHeight}px`;
  keepCursorInView(row.offsetHeight);
}

/** Sees the keys of a field, which no listener does (keys/hold_keys.js). @param {HTMLElement} field */
function watchKeys(field) {
  if (watched.has(field)) return;
  watched.add(field);
  const handle = Reflect.get(field, FIELD);
  ownKeys(field, (event) => {
    if (event instanceof KeyboardEvent && event.type === "keydown") hideFromKeyboard(event);
    handle(event);
  });
}

/** @param {KeyboardEvent} event */
function hideFromKeyboard({ isTrusted, code, keyCode }) {
  const covered = innerHeight - (visualViewport?.height ?? innerHeight) * (visualViewport?.scale ?? 1);
  if (isTrusted && code !== "" && keyCode !== SOFT && covered < KEYBOARD_PX) hide();
}

function makeRow() {
  const host = element("div", { className: "pyrun-keys", popover: "manual" });
  const root = host.attachShadow({ mode: "open" });
  const styles = new CSSStyleSheet();
  styles.replaceSync(keyRowCss);
  root.adoptedStyleSheets = [styles];
  const name = PHONE_MESSAGES.keys;
  const keys = KEYS.map((key) =>
    element("button", { type: "button", tabIndex: -1, onclick: () => type(key) }, key),
  );
  const bar = element("div", { className: "row", role: "toolbar", "aria-label": name }, ...keys);
  // Otherwise a tap takes the focus from the field, and the keyboard goes away.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  root.append(bar);
  return host;
}

/** Types into the field as the keyboard would: brackets close themselves, and an input method is left alone. @param {string} key */
function type(key) {
  const field = fieldOf(document.activeElement);
  if (!field) return;
  if (key !== TAB) document.execCommand("insertText", false, key);
  else {
    const init = { key: TAB, code: TAB, keyCode: 9, bubbles: true, cancelable: true };
    Reflect.get(field, FIELD)(new KeyboardEvent("keydown", init));
  }
}
