/** Sentences with choices above the code of a cell, such as what to do with an older edit. */
import { button, element } from "../dom.js";
import bannerCss from "./banner.css";
import { codeBlockOf } from "./code_block.js";

/** @import { LiveCell } from "./live_cell.js" */

/**
 * `isOpen` makes it a button that shows and hides something.
 * @typedef {{ label: string, onChoose: () => void, isOpen?: boolean }} Choice
 */

/**
 * - `kind`: a cell has one banner of each
 * - `text`: a sentence or two
 * - `content`: what is below the choices
 *
 * @typedef {{ kind: string, text: string, choices: Choice[], content?: Node }} Banner
 */

/** One style sheet for all cells. */
const styles = new CSSStyleSheet();
styles.replaceSync(bannerCss);

/** The cells that have it. @type {WeakSet<LiveCell>} */
const styled = new WeakSet();

/** Shows a banner, in place of one of the same kind. @param {LiveCell} cell @param {Banner} banner */
export function showBanner(cell, { kind, text, choices, content }) {
  const root = rootOf(cell);
  const made = element(
    "div",
    { className: `banner about-${kind}`, part: "banner", role: "group", "aria-label": text },
    element("p", { role: "alert" }, text),
    element("div", { className: "choices" }, ...choices.map(choiceButton)),
    ...(content ? [content] : []),
  );
  const present = find(root, kind);
  const pressed = [...(present?.querySelectorAll("button") ?? [])].findIndex((each) =>
    each.matches(":focus"),
  );
  keepInPlace(cell, () => {
    if (present) present.replaceWith(made);
    else root.querySelector(".body")?.before(made);
  });
  if (pressed >= 0) made.querySelectorAll("button")[Math.min(pressed, choices.length - 1)]?.focus();
}

/** Removes the banner of this kind, if there is one. The focus stays in the cell. @param {LiveCell} cell @param {string} kind */
export function hideBanner(cell, kind) {
  const present = cell.shadowRoot && find(cell.shadowRoot, kind);
  if (!present) return;
  const hadFocus = present.matches(":focus-within");
  keepInPlace(cell, () => present.remove());
  if (hadFocus) cell.focus({ preventScroll: true });
}

/** @param {LiveCell} cell @returns {ShadowRoot} */
function rootOf(cell) {
  if (cell.shadowRoot === null) cell.say(""); // makes what is around the code
  const root = /** @type {ShadowRoot} */ (cell.shadowRoot);
  if (!styled.has(cell)) root.adoptedStyleSheets.push(styles);
  styled.add(cell);
  return root;
}

/** @param {ShadowRoot} root @param {string} kind */
const find = (root, kind) => root.querySelector(`.banner.about-${kind}`);

/** @param {Choice} choice */
const choiceButton = ({ label, onChoose, isOpen }) =>
  button(label, isOpen === undefined ? {} : { "aria-expanded": String(isOpen) }, onChoose);

/**
 * Keeps the code where the reader sees it. Where the top of the cell is out of sight, the browser does that itself.
 * @param {LiveCell} cell
 * @param {() => void} change above the code
 */
function keepInPlace(cell, change) {
  const block = codeBlockOf(cell) ?? cell;
  const before = block.getBoundingClientRect().top;
  const isInSight = 0 <= cell.getBoundingClientRect().top && before < innerHeight;
  change();
  const moved = block.getBoundingClientRect().top - before;
  if (isInSight && scrollY > 0) scrollBy({ top: moved, behavior: "instant" });
}
