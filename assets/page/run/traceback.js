/** Shows the traceback of a run, with links to the lines of the page's code. */
import { button, element } from "../dom.js";
import { RUN_MESSAGES } from "../messages.js";
import { drawPiece, pieces } from "../output/view/pieces.js";

/** @import { SourceLine, Traceback } from "../../shared/protocol.js" */

/** How far from the end of an output, in pixels, still counts as there: positions are rounded. */
const AT_END_PX = 4;

/** What shows a line (from 1) of a file; `null` if the page does not show it. @typedef {(file: string) => ((line: number) => void) | null} FindLines */

/**
 * @param {Pick<Traceback, "text" | "whole" | "sourceLines">} traceback
 * @param {FindLines} linesOf
 * @returns {HTMLElement}
 */
export function drawTraceback({ text, whole, sourceLines }, linesOf) {
  const drawn = element("div", { className: "failure" }, block(withLineLinks(text, sourceLines, linesOf)));
  if (whole !== null) {
    const details = element(
      "details",
      {},
      element("summary", {}, RUN_MESSAGES.wholeTraceback),
      block(drawnText(whole)),
    );
    drawn.append(details);
  }
  return drawn;
}

/**
 * Remembers whether the end of an output is in view, before a traceback comes below it.
 * @param {HTMLElement} log
 * @returns {() => void} brings the end of the traceback into view: the error itself
 */
export function errorInView(log) {
  const isAtEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - AT_END_PX;
  return () => {
    const end = log.querySelector(".failure .end");
    if (!isAtEnd || !end) return;
    log.scrollTop = log.scrollHeight;
    // What is below, such as an explanation, can be higher than the output.
    log.scrollTop -= Math.max(0, log.getBoundingClientRect().top - end.getBoundingClientRect().top);
    // A reader who has just used a button here may have to see below the edge of the window.
    const root = /** @type {ShadowRoot} */ (log.getRootNode());
    if (root.activeElement) end.scrollIntoView({ block: "nearest", behavior: "instant" });
  };
}

/** @param {(Node | string)[]} parts */
const block = (parts) =>
  element("pre", { className: "traceback-block" }, element("span", { className: "traceback" }, ...parts));

/** @param {string} text @param {SourceLine[]} sourceLines @param {FindLines} linesOf @returns {(Node | string)[]} */
function withLineLinks(text, sourceLines, linesOf) {
  const rows = text.trimEnd().split("\n");
  /** @type {(Node | string)[]} */
  const parts = [];
  let plain = 0;
  for (const { row, file, line } of sourceLines) {
    const show = linesOf(file);
    const named = `"${file}", line ${line}`;
    const at = rows[row]?.indexOf(named) ?? -1;
    if (!show || at < 0) continue;
    const before = [...rows.slice(plain, row), rows[row]?.slice(0, at)];
    const name = RUN_MESSAGES.sourceLine({ file, line: String(line) });
    const link = button(named, { className: "link", part: "", "aria-label": name }, () => show(line));
    parts.push(...drawnText(before.join("\n")), link);
    rows[row] = rows[row]?.slice(at + named.length) ?? "";
    plain = row;
  }
  const rest = rows.slice(plain, -1).map((row) => `${row}\n`);
  const end = element("span", { className: "end" }, ...drawnText(rows.at(-1) ?? ""));
  return [...parts, ...drawnText(rest.join("")), end];
}

/** @param {string} text @returns {(Node | string)[]} */
const drawnText = (text) => pieces(text).map(drawPiece);
