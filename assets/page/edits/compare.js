/** Shows how two versions of some code differ. */
import { diffLines } from "diff";
import { element } from "../dom.js";
import { EDIT_MESSAGES } from "../messages.js";

/** For code that has nothing in common; then it is shown as two blocks. */
const LONGEST_MS = 300;

/** Unchanged lines shown around a change. */
const CONTEXT = 3;

/** @param {string} before @param {string} after @returns {HTMLElement} the lines, with what was removed and added */
export function changesBetween(before, after) {
  const parts = diffLines(`${before}\n`, `${after}\n`, { timeout: LONGEST_MS }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
  const lines = parts.flatMap(({ value, added, removed }, at) => {
    const texts = value.replace(/\n$/, "").split("\n");
    if (removed) return texts.map((text) => element("del", {}, `-\u00a0${text}`));
    if (added) return texts.map((text) => element("ins", {}, `+\u00a0${text}`));
    return shorten(texts, at > 0, at < parts.length - 1).map((text) =>
      element("span", {}, `\u00a0\u00a0${text}`),
    );
  });
  const label = EDIT_MESSAGES.changes;
  return element("div", { className: "changes", role: "group", "aria-label": label, tabIndex: 0 }, ...lines);
}

/** @param {string[]} lines without changes @param {boolean} isAfter a change @param {boolean} isBefore one */
function shorten(lines, isAfter, isBefore) {
  const head = isAfter ? CONTEXT : 0;
  const tail = isBefore ? CONTEXT : 0;
  if (lines.length <= head + tail + 1) return lines;
  return [...lines.slice(0, head), "…", ...(tail ? lines.slice(-tail) : [])];
}
