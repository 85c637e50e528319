/** The controls of a cell that a reader sees on intent: Copy, the menu More, the progress, and which run it was. */
import { element } from "../dom.js";
import { languageAttributes } from "../language/current.js";
import { TOOLBAR_LABELS } from "../messages.js";
import { codeBlockOf } from "./code_block.js";
import controlsCss from "./controls.css";
import { draw, icon } from "./icons.js";
import { Menu } from "./menu.js";
import preferencesCss from "./preferences.css";

/** @import { Output } from "../output/output.js" */
/** @import { State } from "../run/run_view.js" */
/** @import { Icon } from "./icons.js" */
/** @import { MenuContext } from "./menu_entries.js" */
/** @import { Toolbar } from "./toolbar.js" */

/** Copy buttons of themes: the cell's own takes the place of such a one. */
const THEMES_COPY = ".copybtn, .md-clipboard, .md-code__nav";

/** @type {Record<State, Icon | null>} */
const PICTURES = {
  idle: null,
  loading: "loading",
  running: "loading",
  input: "input",
  done: "done",
  error: "error",
  stopped: "stopped",
};

/** One style sheet for all cells. */
const styles = new CSSStyleSheet();
styles.replaceSync(controlsCss + preferencesCss);

/**
 * @typedef {object} Controls
 * @property {() => void} toggleMenu opens the menu, or closes it
 * @property {(text: string) => void} showResult says which run the output is from
 */

/**
 * Adds the controls, and the output.
 * @param {MenuContext} context
 * @param {Toolbar} toolbar
 * @param {Output} output
 * @returns {Controls}
 */
export function addControls(context, toolbar, output) {
  const { cell } = context;
  const root = /** @type {ShadowRoot} */ (cell.shadowRoot);
  root.adoptedStyleSheets.push(styles);
  toolbar.picture = (state) => {
    const name = PICTURES[state];
    return name ? icon(name, state) : "";
  };
  const progress = element("span", { className: "progress" });
  const result = element("span", { id: "result", className: "result", part: "result" });
  output.element.setAttribute("aria-describedby", result.id);
  const isMinimal = cell.dataset.toolbar === "minimal";
  const more = toolbar.find("more") ?? draw(toolbar.button("more"), "more", TOOLBAR_LABELS.more);
  toolbar.progress = progress;
  toolbar.add(progress, result, ...(isMinimal ? [] : [more]));
  if (!toolbar.find("copy"))
    addCopy(cell, draw(toolbar.button("copy"), "copy", TOOLBAR_LABELS.copy), isMinimal);
  cell.dataset.live = ""; // hides the theme's copy button (page.css)
  const menu = new Menu(context, more);
  return {
    toggleMenu: () => menu.toggle(),
    showResult(text) {
      if (result.textContent !== text) result.replaceChildren(...(text ? [element("span", {}, text)] : []));
    },
  };
}

/**
 * Puts Copy where the theme has its own copy button, or into the corner of the block.
 * @param {HTMLElement} cell
 * @param {HTMLButtonElement} copy
 * @param {boolean} onlyForTheme not where the theme has none
 */
function addCopy(cell, copy, onlyForTheme) {
  const place = cell.shadowRoot?.querySelector(".body");
  const block = codeBlockOf(cell);
  if (!place || !block) return;
  const outer = place.getBoundingClientRect();
  const inner = block.getBoundingClientRect();
  const themes = cell.querySelector(THEMES_COPY)?.getBoundingClientRect();
  const isShown = themes !== undefined && themes.width > 0;
  if (onlyForTheme && !isShown) return;
  copy.style.setProperty("--_top", `${(isShown ? themes.top : inner.top) - outer.top}px`);
  copy.style.setProperty("--_right", `${isShown ? outer.right - themes.right : outer.right - inner.right}px`);
  Object.assign(copy, languageAttributes());
  copy.classList.toggle("inset", !isShown);
  place.append(copy);
}
