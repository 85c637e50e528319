/**
 * Shows a cell on the whole window, with its code and its output side by side. The cell stays where it is in the document,
 * because moving it would load its frames again and lose what is scrolled and selected.
 */
import { cellName } from "../cell/page_cells.js";
import { backgroundBehind, followTheme } from "../cell/theme.js";
import { button, element } from "../dom.js";
import { FULL_SCREEN_MESSAGES } from "../messages.js";
import fullScreenCss from "./full_screen.css";

/** @import { LiveCell } from "../cell/live_cell.js" */

const ATTRIBUTE = "data-full-screen";

/** One style sheet for all cells. */
const styles = new CSSStyleSheet();
styles.replaceSync(fullScreenCss);

/** The cell that has the window, if one has. @type {FullScreen | null} */
let shown = null;

/** @param {HTMLElement} cell */
export const isFullScreen = (cell) => cell.hasAttribute(ATTRIBUTE);

/** Gives a cell the whole window, or gives the window back to the page. @param {LiveCell} cell */
export function toggleFullScreen(cell) {
  const isOpen = isFullScreen(cell);
  shown?.close();
  if (!isOpen) shown = new FullScreen(cell);
}

/** One cell on the whole window, until it is closed. */
class FullScreen {
  #cell;
  /** In place of the cell in the page, so that the page keeps its length and its position. */
  #place = element("div", { "aria-hidden": "true" });
  #bar;
  /** What cannot be used meanwhile. @type {HTMLElement[]} */
  #behind = [];
  /** Where the page was. */
  #scrolled = { left: scrollX, top: scrollY };
  #ended = new AbortController();
  /** The reader pressed Escape in the editor, where it first lets Tab leave. */
  #mayLeave = false;
  /** Instant navigation replaces the page, together with the cell. */
  #watch = new MutationObserver(() => this.#cell.isConnected || this.close());

  /** @param {LiveCell} cell */
  constructor(cell) {
    this.#cell = cell;
    const { signal } = this.#ended;
    const root = /** @type {ShadowRoot} */ (cell.shadowRoot);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, styles];
    this.#bar = element(
      "div",
      { className: "full-screen-bar", part: "full-screen-bar" },
      element("span", {}, cellName(cell)),
      button(FULL_SCREEN_MESSAGES.exit, { "aria-keyshortcuts": "Escape" }, () => this.close()),
    );
    const { marginTop, marginBottom } = getComputedStyle(cell);
    Object.assign(this.#place.style, {
      height: `${cell.offsetHeight}px`,
      marginBlock: `${marginTop} ${marginBottom}`,
    });
    cell.after(this.#place);
    root.prepend(this.#bar);
    this.#behind = everythingBut(cell);
    for (const part of this.#behind) part.inert = true;
    cell.setAttribute(ATTRIBUTE, "");
    followTheme(() => colours(cell), signal);
    colours(cell)();
    // In the top layer no box of the theme cuts it off. Browsers without it show what is fixed.
    if ("showPopover" in cell) {
      cell.popover = "manual";
      cell.showPopover();
    }
    document.documentElement.style.setProperty("overflow", "hidden");
    cell.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    cell.addEventListener("focusout", () => (this.#mayLeave = false), { signal });
    this.#watch.observe(document.body, { childList: true, subtree: true });
    cell.say(FULL_SCREEN_MESSAGES.hint);
  }

  /** Gives the window back to the page. */
  close() {
    const cell = this.#cell;
    const root = /** @type {ShadowRoot} */ (cell.shadowRoot);
    const focused =
      root.activeElement ?? (cell.contains(document.activeElement) ? document.activeElement : null);
    const isLeaving = focused === null || this.#bar.contains(focused);
    shown = null;
    this.#ended.abort();
    this.#watch.disconnect();
    for (const part of this.#behind) part.inert = false;
    cell.removeAttribute(ATTRIBUTE);
    cell.removeAttribute("popover"); // hides it in the top layer, and shows it in the page
    for (const name of ["--_page-background", "--_page-color"]) cell.style.removeProperty(name);
    this.#bar.remove();
    this.#place.remove();
    document.documentElement.style.removeProperty("overflow");
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== styles);
    if (!cell.isConnected) return;
    if (isLeaving) cell.focus({ preventScroll: true });
    else if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    scrollTo({ ...this.#scrolled, behavior: "instant" });
  }

  /** @param {KeyboardEvent} event that no part of the cell has used */
  #onKey(event) {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) {
      this.#mayLeave = false;
      return;
    }
    event.stopPropagation(); // a dialog or a search of the theme would close
    const isInEditor = event
      .composedPath()
      .some((node) => node instanceof Element && node.matches(".cm-editor"));
    if (isInEditor && !this.#mayLeave) this.#mayLeave = true;
    else this.close();
  }
}

/** The colours of the page around a cell. @param {HTMLElement} cell @returns {() => void} sets them on the cell */
function colours(cell) {
  const around = cell.parentElement ?? cell;
  const background = backgroundBehind(around);
  const { color } = getComputedStyle(around);
  return () => {
    cell.style.setProperty("--_page-background", background);
    cell.style.setProperty("--_page-color", color);
  };
}

/** Everything in the page that neither contains an element nor is in it. @param {HTMLElement} kept @returns {HTMLElement[]} */
function everythingBut(kept) {
  const others = [];
  for (let at = kept; at.parentElement; at = at.parentElement) {
    for (const other of at.parentElement.children)
      if (other !== at && other instanceof HTMLElement && !other.inert) others.push(other);
  }
  return others;
}
