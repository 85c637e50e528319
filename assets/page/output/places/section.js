/** The output of one statement, below its last line. */
import { element } from "../../dom.js";
import { OutputView } from "../view/output_view.js";
import { resembles } from "../view/terminal_size.js";
import placesCss from "./places.css";

/** @import { Terms } from "../view/run_output.js" */

/** One style sheet for all such outputs. */
const styles = new CSSStyleSheet();
styles.replaceSync(placesCss);

/**
 * An element with a shadow tree in the theme's block of code, which looks like the output of its cell.
 * @param {HTMLElement} cell
 * @param {HTMLElement} scroller in the shadow tree
 */
export function makePlace(cell, scroller) {
  const place = element("div", { className: "pyrun-place" });
  const root = place.attachShadow({ mode: "open" });
  const sheets = /** @type {ShadowRoot} */ (cell.shadowRoot).adoptedStyleSheets;
  root.adoptedStyleSheets = [...sheets, styles];
  place.toggleAttribute("data-nowrap", cell.hasAttribute("data-nowrap"));
  root.append(scroller);
  return place;
}

/**
 * The output of a statement. The editor names its group by its line. It has a shadow tree, because it is in the theme's block of code, which has styles for
 * what is in it.
 */
export class Section {
  element;
  /** Can have the focus, so that its text can be selected. */
  #scroller = element("div", { className: "scroller", role: "group", tabIndex: -1 });
  view;

  /**
   * @param {HTMLElement} cell
   * @param {HTMLElement} log of the cell
   * @param {() => void} onDrawn
   * @param {Terms} terms
   * @param {() => Blob} wholeFile all text of the run
   */
  constructor(cell, log, onDrawn, terms, wholeFile) {
    this.element = makePlace(cell, this.#scroller);
    const content = element("div", { className: "text" });
    const below = element("div", { className: "below" });
    this.#scroller.append(content, below);
    resembles(this.#scroller, log);
    this.view = new OutputView(this.#scroller, content, below, onDrawn, terms, wholeFile);
  }

  /** Makes a long output scrollable by keyboard. This costs a layout. */
  settle() {
    const { scrollHeight, clientHeight } = this.#scroller;
    if (scrollHeight > clientHeight) this.#scroller.tabIndex = 0;
  }
}
