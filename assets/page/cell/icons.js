/** The pictures on buttons and beside states: lines in the colour of the text, in forced colours too. */
import { button } from "../dom.js";

const SVG = "http://www.w3.org/2000/svg";

/** Paths in a square of 16 by 16. */
const PATHS = {
  copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
  add: "M8 3v10M3 8h10",
  rename: "M3 13l.7-3L11 2.7l2.3 2.3L6 12.3zM9.5 4.2l2.3 2.3",
  more: "M3 8h.01M8 8h.01M13 8h.01",
  clear: "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9",
  collapse: "M3.5 10.5 8 6l4.5 4.5",
  expand: "M3.5 6 8 10.5 12.5 6",
  loading: "M8 2.5A5.5 5.5 0 1 1 2.5 8",
  input: "M2.5 13.5h11M5 3.5h2m0 0h2m-2 0v7m-2 0h4",
  done: "M2.5 8.5 6 12l7.5-8",
  error: "M8 2 14.5 13.5h-13zM8 6.5v3.5M8 12v.01",
  stopped: "M4 4h8v8h-8z",
};

/** @typedef {keyof typeof PATHS} Icon */

/**
 * @param {Icon} name
 * @param {string} [className]
 */
export function icon(name, className = "") {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 16 16");
  picture.setAttribute("aria-hidden", "true");
  picture.setAttribute("class", `icon ${className}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  picture.append(path);
  return picture;
}

/**
 * A button with a picture for its name.
 * @param {Icon} picture
 * @param {string} name
 * @param {() => void} onClick
 */
export const pictured = (picture, name, onClick) => draw(button("", {}, onClick), picture, name);

/** Changes what a button shows. @param {HTMLButtonElement} made @param {Icon} picture @param {string} name */
export function draw(made, picture, name) {
  made.setAttribute("aria-label", name);
  made.title = name;
  made.replaceChildren(icon(picture));
  made.classList.add("pictured");
  return made;
}
