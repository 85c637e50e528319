/** Shows the traceback of a run, with links to the lines of the page's code. */
import { cellOfFile } from "../cell/page_cells.js";
import { button, element } from "../dom.js";
import { RUN_MESSAGES } from "../messages.js";

/** @import { SourceLine, Traceback } from "../../shared/protocol.js" */

/**
 * @param {Pick<Traceback, "text" | "whole" | "sourceLines">} traceback
 * @returns {HTMLElement}
 */
export function drawTraceback({ text, whole, sourceLines }) {
  const drawn = element("div", { className: "failure" }, block(withLineLinks(text, sourceLines)));
  if (whole !== null) {
    const details = element(
      "details",
      {},
      element("summary", {}, RUN_MESSAGES.wholeTraceback),
      block([whole]),
    );
    drawn.append(details);
  }
  return drawn;
}

/** @param {(Node | string)[]} parts */
const block = (parts) =>
  element("pre", { className: "traceback-block" }, element("span", { className: "traceback" }, ...parts));

/** @param {string} text @param {SourceLine[]} sourceLines @returns {(Node | string)[]} */
function withLineLinks(text, sourceLines) {
  const rows = text.trimEnd().split("\n");
  /** @type {(Node | string)[]} */
  const parts = [];
  let plain = 0;
  for (const { row, file, line } of sourceLines) {
    const cell = cellOfFile(file);
    const named = `"${file}", line ${line}`;
    const at = rows[row]?.indexOf(named) ?? -1;
    // Hidden set-up code has no line to go to.
    if (!cell || cell.hidden || at < 0) continue;
    const before = [...rows.slice(plain, row), rows[row]?.slice(0, at)];
    const name = RUN_MESSAGES.sourceLine(file, line);
    const go = () => void cell.showLine(line);
    const link = button(named, { className: "link", part: "", "aria-label": name }, go);
    parts.push(before.join("\n"), link);
    rows[row] = rows[row]?.slice(at + named.length) ?? "";
    plain = row;
  }
  parts.push(rows.slice(plain).join("\n"));
  return parts;
}
