/**
 * What a test measures before and after the editor has loaded: this script is loaded into the page.
 * @typedef {[left: number, top: number, width: number, height: number]} Box
 */

const TRANSPARENT = "rgba(0, 0, 0, 0)";

/** Elements inside the code that contain no code. */
const NOT_CODE = ".linenos, .cm-gutters, .cm-announced, .pyrun-show";

/** @param {Element} cell @returns {HTMLElement} the innermost element that exists before and after */
function codeElement(cell) {
  const block = cell.querySelector("td.code pre") ?? cell.querySelector("pre");
  return block.querySelector(":scope > code") ?? block;
}

/** @param {DOMRect} rect @returns {Box} relative to the page, independent of scrolling */
function box(rect) {
  return [rect.left + scrollX, rect.top + scrollY, rect.width, rect.height];
}

/** @param {Element} element @returns {Text[]} */
function codeTexts(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest(NOT_CODE)) texts.push(walker.currentNode);
  return texts;
}

/**
 * Every character of the code with its text node and its offset there; line breaks have none.
 * @param {Element} element
 * @returns {{ character: string, text: Text, at: number }[]}
 */
function characters(element) {
  const lines = [...element.querySelectorAll(".cm-line")];
  if (lines.length) {
    return lines.flatMap((line, index) => [
      ...(index ? [{ character: "\n" }] : []),
      ...charactersOf(codeTexts(line)),
    ]);
  }
  const folds = new Set();
  const all = codeTexts(element).flatMap((text) => {
    const fold = text.parentElement.closest(".pyrun-fold:not([open])");
    if (!fold) return charactersOf([text]);
    const isFirst = !folds.has(fold);
    folds.add(fold);
    return isFirst ? [{ character: "\n" }] : []; // the line of the control
  });
  return all.at(-1)?.character === "\n" ? all.slice(0, -1) : all;
}

/** @param {Text[]} texts */
function charactersOf(texts) {
  return texts.flatMap((text) => {
    let at = 0;
    return [...text.data].map((character) => {
      const found = { character, text, at };
      at += character.length;
      return found;
    });
  });
}

/** @param {{ character: string, text: Text, at: number }} found @returns {Box} */
function characterBox({ character, text, at }) {
  const range = document.createRange();
  range.setStart(text, at);
  range.setEnd(text, at + character.length);
  return box(range.getBoundingClientRect());
}

/** @param {Element} element @param {string} selector @returns {Element[]} without blank numbers in controls */
const visible = (element, selector) =>
  [...element.querySelectorAll(selector)].filter(
    (found) => found.checkVisibility() && !found.closest(".pyrun-show .linenos"),
  );

/** The code as it is rendered. @param {Element} cell */
globalThis.drawnCode = (cell) =>
  characters(codeElement(cell))
    .map(({ character }) => character)
    .join("");

/**
 * The boxes that must not move, each under a name for it.
 * @param {Element} cell
 * @returns {Record<string, Box>}
 */
globalThis.codeBoxes = (cell) => {
  /** @type {Record<string, Box>} */
  const boxes = {};
  const code = codeElement(cell);
  for (let element = code, depth = 0; element; element = element.parentElement, depth += 1) {
    boxes[`${depth} around the code, ${element.localName}`] = box(element.getBoundingClientRect());
  }
  for (const [index, element] of document.querySelectorAll("p, h1, pyrun-cell, footer").entries()) {
    if (element.checkVisibility()) {
      boxes[`${element.localName} ${index}`] = box(element.getBoundingClientRect());
    }
  }
  let line = [];
  let number = 1;
  for (const found of [...characters(code), { character: "\n" }]) {
    if (found.character !== "\n") line.push(found);
    else {
      if (line.length) {
        boxes[`line ${number}, first character`] = characterBox(line[0]);
        boxes[`line ${number}, last character`] = characterBox(line.at(-1));
      }
      number += 1;
      line = [];
    }
  }
  for (const [index, element] of visible(code, ".pyrun-show").entries()) {
    const [, top, , height] = box(element.getBoundingClientRect());
    boxes[`control ${index + 1}`] = [0, top + height / 2, 0, 0]; // of a block or of text
  }
  for (const [index, element] of visible(code, ".linenos").entries()) {
    // Material generates the number by CSS; the element itself is empty.
    if (element.textContent.trim()) boxes[`line number ${index + 1}`] = box(element.getBoundingClientRect());
  }
  for (const [index, element] of visible(code, ".hll").entries()) {
    // Without a style sheet for Pygments, the line looks like any other.
    if (getComputedStyle(element).backgroundColor === TRANSPARENT) continue;
    const [left, top, , height] = box(element.getBoundingClientRect());
    boxes[`emphasised line ${index + 1}`] = [left, top, 0, height];
  }
  return boxes;
};

/**
 * The first class of every character of the code, which Pygments assigned.
 * @param {Element} cell
 * @returns {[character: string, className: string][]} without white space
 */
globalThis.codeClasses = (cell) =>
  characters(codeElement(cell))
    .filter(({ character }) => character.trim())
    .map(({ character, text }) => [character, text.parentElement.closest("span[class]")?.classList[0] ?? ""]);
