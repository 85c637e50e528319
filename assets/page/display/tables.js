/** Makes tables readable: aligns numbers, and puts wide tables into a box that scrolls. */
import { element } from "../dom.js";
import { DISPLAY_MESSAGES } from "../messages.js";

/** With separators, signs, a unit before or after it; and the texts for a missing number. */
const NUMBER =
  /^(?:[-+\u2212]?\W?\d[\d,._'\u00a0\u202f ]*(?:e[-+]?\d+)?j?\W?|[-+]?(?:nan|inf|none|null|<na>|nat))$/i;

/** What browsers make of a larger `colspan`. */
const MOST_SPAN = 1000;

/** Places for cells. Aligning more numbers would be a long task, and nobody reads them. */
const MOST_ALIGNED = 50_000;

/**
 * One observer for all tables: a box that scrolls must be reachable by keyboard, and one that does not scroll must not
 * be a tab stop.
 */
const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) offerScrolling(/** @type {HTMLElement} */ (target));
});

/** @param {HTMLElement} content */
export function arrangeTables(content) {
  for (const table of content.querySelectorAll("table")) {
    alignNumbers(table);
    if (table.parentElement?.closest("table")) continue;
    const box = element("div", { className: "table" });
    table.replaceWith(box);
    box.append(table);
    widths.observe(box);
  }
}

/** @param {HTMLElement} box */
function offerScrolling(box) {
  if (box.scrollWidth > box.clientWidth) {
    box.tabIndex = 0;
    box.role = "region";
    box.ariaLabel = DISPLAY_MESSAGES.table;
  } else for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
}

/** @param {HTMLTableElement} table */
function alignNumbers(table) {
  const body = [...table.tBodies].flatMap(({ rows }) => [...rows]);
  const heads = [...(table.tHead?.rows ?? [])];
  const columns = [...body, ...heads].reduce((most, row) => Math.max(most, columnsOf(row)), 0);
  if (columns * (body.length + heads.length) > MOST_ALIGNED) return;
  const grid = body.map(cellsByColumn);
  const head = heads.map(cellsByColumn);
  for (let column = 0; column < columns; column += 1) {
    const cells = grid.flatMap((row) => row[column] ?? []);
    const texts = cells.map((cell) => (cell.textContent ?? "").trim()).filter((text) => !isFiller(text));
    if (texts.length === 0 || !texts.every((text) => NUMBER.test(text))) continue;
    for (const cell of [...cells, ...head.flatMap((row) => row[column] ?? [])]) {
      if (cell.colSpan === 1) cell.classList.add("number");
    }
  }
}

/** @param {string} text @returns {boolean} whether it is a placeholder for rows that are not shown */
const isFiller = (text) => /^(\.{3}|\u2026|)$/.test(text);

/** @param {HTMLTableRowElement} row */
const columnsOf = ({ cells }) =>
  [...cells].reduce((sum, { colSpan }) => sum + Math.min(colSpan, MOST_SPAN), 0);

/**
 * From the last to the first, because cells over several rows are at the beginning. One over several columns is in
 * each.
 * @param {HTMLTableRowElement} row
 * @returns {HTMLTableCellElement[]}
 */
const cellsByColumn = ({ cells }) =>
  [...cells]
    .reverse()
    .flatMap((cell) => Array.from({ length: Math.min(cell.colSpan, MOST_SPAN) }, () => cell));
