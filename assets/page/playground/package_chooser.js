/** The list of the site's packages in a playground, from which a reader chooses. */
import { button, element } from "../dom.js";
import { ownKeys } from "../keys/field_keys.js";
import { CELL_MESSAGES, PLAYGROUND_MESSAGES } from "../messages.js";

/** @import { LiveCell } from "../cell/live_cell.js" */

/** A button, and the list that it shows below the tabs. */
export class PackageChooser {
  #cell;
  #onChoose;
  /** @type {readonly string[]} */
  #chosen = [];
  /** @type {HTMLElement | null} */
  #list = null;

  /** @param {LiveCell} cell @param {(packages: string[]) => void} onChoose */
  constructor(cell, onChoose) {
    this.#cell = cell;
    this.#onChoose = onChoose;
    this.button = button(
      "",
      { className: "packages-button", "aria-expanded": "false" },
      () => void this.#toggle(),
    );
  }

  /** @param {readonly string[]} chosen */
  show(chosen) {
    this.#chosen = chosen;
    const { packages, packagesChosen } = PLAYGROUND_MESSAGES;
    this.button.textContent = chosen.length > 0 ? packagesChosen({ number: chosen.length }) : packages;
    for (const box of this.#boxes) box.checked = chosen.includes(box.value);
  }

  /** @returns {HTMLInputElement[]} */
  get #boxes() {
    return [...(this.#list?.querySelectorAll("input") ?? [])].filter(({ type }) => type === "checkbox");
  }

  async #toggle() {
    if (this.#list) return this.#close();
    try {
      const { packageNames } = await this.#cell.interpreter.site.fresh();
      if (this.#list === null) this.#open(packageNames);
    } catch {
      this.#cell.say(CELL_MESSAGES.notLoaded);
    }
  }

  /** @param {string[]} names */
  #open(names) {
    const { packages, search, aboutPackages, noPackages, noPackage } = PLAYGROUND_MESSAGES;
    const field = element("input", {
      ...{
        type: "search",
        placeholder: search,
        "aria-label": search,
        autocomplete: "off",
        spellcheck: false,
      },
    });
    const nothing = element("p", { role: "status" });
    const entries = names.map((name) => this.#entry(name));
    ownKeys(field, (event) => {
      if (event.type !== "input") return;
      const wanted = field.value.trim().toLowerCase();
      for (const [at, entry] of entries.entries()) entry.hidden = !names[at]?.includes(wanted);
      nothing.textContent = entries.every(({ hidden }) => hidden) ? noPackage : "";
    });
    const about = element("p", {}, names.length > 0 ? aboutPackages : noPackages);
    const choices = element("div", { className: "choices" }, ...entries);
    const content = names.length > 0 ? [about, field, choices, nothing] : [about];
    const list = element("div", { className: "packages", role: "group", "aria-label": packages }, ...content);
    list.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation(); // full screen would close
      this.#close();
    });
    this.#list = list;
    this.button.setAttribute("aria-expanded", "true");
    this.button.parentElement?.after(list);
    this.show(this.#chosen);
    if (names.length > 0) field.focus({ preventScroll: true });
  }

  #close() {
    const hadFocus = this.#list?.matches(":focus-within");
    this.#list?.remove();
    this.#list = null;
    this.button.setAttribute("aria-expanded", "false");
    if (hadFocus) this.button.focus({ preventScroll: true });
  }

  /** @param {string} name */
  #entry(name) {
    const onchange = () =>
      this.#onChoose(this.#boxes.filter(({ checked }) => checked).map(({ value }) => value));
    return element("label", {}, element("input", { type: "checkbox", value: name, onchange }), name);
  }
}
