/** The tabs of a playground, one for each file: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
import { pictured } from "../cell/icons.js";
import { button, element } from "../dom.js";
import { ownKeys } from "../keys/field_keys.js";
import { PLAYGROUND_MESSAGES } from "../messages.js";
import { MAIN } from "./file_name.js";

/**
 * What the reader does with files, by their names.
 * @typedef {{ select(name: string): void, add(): void, rename(name: string): void, remove(name: string): void }} Actions
 */

/** A row of tabs, and the buttons beside it. */
export class Tabs {
  #actions;
  #names = [MAIN];
  #selected = MAIN;
  #list = element("div", { role: "tablist", "aria-label": PLAYGROUND_MESSAGES.files });
  #add;
  #rename;
  #remove;

  /** @param {Actions} actions */
  constructor(actions) {
    this.#actions = actions;
    ownKeys(this.#list, (event) => this.#onKey(/** @type {KeyboardEvent} */ (event)));
    this.#add = pictured("add", PLAYGROUND_MESSAGES.newFile, () => actions.add());
    this.#rename = pictured("rename", "", () => actions.rename(this.#selected));
    this.#remove = pictured("clear", "", () => actions.remove(this.#selected));
    this.elements = [this.#list, this.#add, this.#rename, this.#remove];
  }

  /** @param {readonly string[]} names of the files beside the code @param {string} selected */
  show(names, selected) {
    const hadFocus = this.#list.matches(":focus-within");
    const isNew = selected !== this.#selected;
    this.#names = [MAIN, ...names];
    this.#selected = selected;
    this.#list.replaceChildren(...this.#names.map((name) => this.#tab(name)));
    for (const tool of [this.#rename, this.#remove]) tool.hidden = selected === MAIN;
    this.#label(this.#rename, PLAYGROUND_MESSAGES.rename({ name: selected }));
    this.#label(this.#remove, PLAYGROUND_MESSAGES.remove({ name: selected }));
    const tab = this.#list.querySelector("[aria-selected=true]");
    if (isNew) tab?.scrollIntoView?.({ block: "nearest", inline: "nearest", behavior: "instant" });
    if (hadFocus) this.focus();
  }

  /** Focuses the tab of the file that is shown. */
  focus() {
    const tab = this.#list.querySelector("[aria-selected=true]");
    if (tab instanceof HTMLElement) tab.focus({ preventScroll: true });
  }

  /** @param {HTMLButtonElement} tool @param {string} label */
  #label(tool, label) {
    tool.setAttribute("aria-label", label);
    tool.title = label;
  }

  /** @param {string} name */
  #tab(name) {
    const isSelected = name === this.#selected;
    const tab = button(name, { role: "tab", part: "tab", tabIndex: isSelected ? 0 : -1 }, () =>
      this.#actions.select(name),
    );
    tab.setAttribute("aria-selected", String(isSelected));
    tab.dir = "ltr";
    if (name !== MAIN) tab.addEventListener("dblclick", () => this.#actions.rename(name));
    return tab;
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const { key } = event;
    if (event.type !== "keydown" || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.#names.indexOf(this.#selected);
    const forward = getComputedStyle(this.#list).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const places = { Home: 0, End: -1, [forward]: (at + 1) % this.#names.length };
    const back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    const place = key === back ? at - 1 : /** @type {Partial<Record<string, number>>} */ (places)[key];
    const isMain = this.#selected === MAIN;
    if (place !== undefined) this.#actions.select(this.#names.at(place) ?? MAIN);
    else if (key === "F2" && !isMain) this.#actions.rename(this.#selected);
    else if (key === "Delete" && !isMain) this.#actions.remove(this.#selected);
    else return;
    event.preventDefault();
  }
}
