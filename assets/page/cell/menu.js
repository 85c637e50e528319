/** The menu of a cell: opens below its button, in the top layer, where no box of the theme cuts it off. */
import { button, element } from "../dom.js";
import { ownKeys } from "../keys/field_keys.js";
import { TOOLBAR_LABELS } from "../messages.js";
import { menuEntries } from "./menu_entries.js";

/** @import { MenuContext, MenuEntry } from "./menu_entries.js" */

const MENU_ID = "menu";

/** Between the button and the menu, and between the menu and the edge of the window. In px. */
const GAP = 4;

/** A menu as the ARIA practices describe it: https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/ */
export class Menu {
  #context;
  #opener;
  /** The open one. @type {HTMLElement | null} */
  #menu = null;
  /** What was typed last, for finding entries by their first letters, and when. */
  #typed = { text: "", time: 0 };

  /** @param {MenuContext} context @param {HTMLButtonElement} opener the button **More** */
  constructor(context, opener) {
    this.#context = context;
    this.#opener = opener;
    opener.setAttribute("aria-haspopup", "menu");
    opener.setAttribute("aria-expanded", "false");
    // A click would first take the focus from the menu, which closes it, and then open it again.
    opener.addEventListener("mousedown", (event) => this.#menu && event.preventDefault());
  }

  /** Opens it, with the focus on its first entry, or closes it. */
  toggle() {
    if (this.#menu) this.#close(true);
    else this.#open();
  }

  #open() {
    const menu = element(
      "div",
      { id: MENU_ID, className: "menu", part: "menu", role: "menu", "aria-label": TOOLBAR_LABELS.more },
      ...menuEntries(this.#context).map((entry) => this.#item(entry)),
    );
    this.#menu = menu;
    ownKeys(menu, (event) => this.#onKey(/** @type {KeyboardEvent} */ (event)));
    // Escape and Tab reach listeners as always (hold_keys.js).
    menu.addEventListener("keydown", (event) => this.#onLeavingKey(event));
    menu.addEventListener("mousedown", (event) => event.preventDefault()); // Safari would move the focus to the page
    menu.addEventListener("focusout", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && menu.contains(relatedTarget))) this.#close(false);
    });
    this.#opener.after(menu);
    this.#opener.setAttribute("aria-expanded", "true");
    this.#opener.setAttribute("aria-controls", MENU_ID);
    if ("showPopover" in menu) {
      menu.popover = "manual";
      menu.showPopover();
      this.#place(menu);
      this.#stayWith(menu);
    }
    this.#items.at(0)?.focus({ preventScroll: true });
  }

  /** @param {boolean} keepsFocus in the cell, on the button */
  #close(keepsFocus) {
    const menu = this.#menu;
    if (!menu) return;
    this.#menu = null; // removing it moves the focus, which would close it again
    this.#opener.setAttribute("aria-expanded", "false");
    this.#opener.removeAttribute("aria-controls");
    menu.remove();
    if (keepsFocus) this.#opener.focus({ preventScroll: true });
  }

  /** @param {MenuEntry} entry */
  #item({ label, action }) {
    const properties = { role: "menuitem", part: "button menu-item", tabIndex: -1 };
    const item = button(label, properties, () => {
      if (!action) return;
      this.#close(true);
      void action();
    });
    if (!action) item.setAttribute("aria-disabled", "true");
    item.addEventListener("pointerenter", () => item.focus({ preventScroll: true }));
    return item;
  }

  /** At the end of the button, below it, or above it if there is more room. @param {HTMLElement} menu */
  #place(menu) {
    const opener = this.#opener.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = menu;
    const { clientWidth, clientHeight } = document.documentElement;
    const start = getComputedStyle(menu).direction === "rtl" ? opener.left : opener.right - width;
    const fitsBelow = opener.bottom + GAP + height <= clientHeight || opener.top < clientHeight / 2;
    const left = Math.max(GAP, Math.min(start, clientWidth - width - GAP));
    const top = fitsBelow ? opener.bottom + GAP : Math.max(GAP, opener.top - GAP - height);
    menu.style.left = `${left + scrollX}px`;
    menu.style.top = `${top + scrollY}px`;
  }

  /** @returns {HTMLElement[]} */
  get #items() {
    return [...(this.#menu?.querySelectorAll("button") ?? [])];
  }

  /** The button moves when the window is resized, or the reader zooms. @param {HTMLElement} menu */
  #stayWith(menu) {
    const follow = () => (menu.isConnected ? this.#place(menu) : removeEventListener("resize", follow));
    addEventListener("resize", follow);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.type !== "keydown" || event.ctrlKey || event.metaKey || event.altKey) return;
    const items = this.#items;
    const at = items.findIndex((item) => item.matches(":focus"));
    const places = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const place = /** @type {Partial<Record<string, number>>} */ (places)[event.key];
    if (place !== undefined) items.at(place % items.length)?.focus();
    else if (event.key.length === 1 && event.key !== " ") this.#find(event, items, at);
    else return;
    event.preventDefault();
  }

  /** Goes to the next entry that begins with what was typed. @param {KeyboardEvent} event @param {HTMLElement[]} items @param {number} at */
  #find({ key, timeStamp }, items, at) {
    const continues = timeStamp - this.#typed.time < 500;
    const text = (continues ? this.#typed.text : "") + key.toLowerCase();
    this.#typed = { text, time: timeStamp };
    const from = text.length > 1 ? at : at + 1;
    const ordered = [...items.slice(from), ...items.slice(0, from)];
    ordered.find(({ textContent }) => textContent?.toLowerCase().startsWith(text))?.focus();
  }

  /** @param {KeyboardEvent} event */
  #onLeavingKey(event) {
    if (event.key === "Tab") this.#close(true); // and the browser goes on from the button
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.#close(true);
  }
}
