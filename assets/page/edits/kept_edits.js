/** Stores what the reader types into the cells of the page, and brings it back. */
import { isConsole } from "../cell/example_data.js";
import { pageCells } from "../cell/page_cells.js";
import { sourceOf } from "../cell/source.js";
import { EDIT_MESSAGES } from "../messages.js";
import { hashOf, matchEdits, placesOf } from "./edit.js";
import { browserStorage, EditStore } from "./edit_store.js";
import { showModified } from "./modified.js";
import { offerGone, offerOther } from "./other_edits.js";
import { pagePath } from "./page_path.js";
import { restoreInPlace } from "./restore_in_place.js";

/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { CellEdits, Edit, Place } from "./edit.js" */
/** @import { Kept } from "./edit_store.js" */

/**
 * The edit of a cell. `path` is that of the page when the cell came into it: with instant navigation the address changes
 * before the cells go. `stored` is the code that this page has stored or restored last.
 * @typedef {{ path: string, place: Place, id: string, stored: string | null }} Known
 */

/** How long the reader pauses before the code is stored. */
const PAUSE_MS = 300;

const store = new EditStore(browserStorage());

/** @type {WeakMap<LiveCell, Known>} */
const known = new WeakMap();

/** Those whose code is still to be stored. @type {Set<LiveCell>} */
const unstored = new Set();

/** Those that have come into the page in this task. @type {Set<LiveCell>} */
const arrived = new Set();

/** The code of a link in a cell, as long as the reader has not edited it. @type {WeakMap<LiveCell, { code: string, onEdit: () => void }>} */
const proposals = new WeakMap();

/** Resolves when the edit of a cell is back. @type {WeakMap<LiveCell, Promise<void>>} */
const restoring = new WeakMap();

/** Why edits were not stored, as readers know by now. @type {Set<Kept>} */
const told = new Set();

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;

/** Whether the reader may edit the code, and pyrun may store it. @param {LiveCell} cell */
const isKept = (cell) =>
  !cell.hidden && !("readonly" in cell.dataset || "forgetEdits" in cell.dataset || isConsole(cell));

/** All visible cells of a page, and where they are. @returns {{ cells: LiveCell[], places: Place[] }} */
export function placedCells(all = pageCells()) {
  const places = placesOf(
    all.map((cell) => ({
      page: cell.dataset.page ?? "",
      name: cell.dataset.name ?? "",
      code: sourceOf(cell),
    })),
  );
  const isVisible = all.map(({ hidden }) => !hidden);
  return { cells: all.filter((_, at) => isVisible[at]), places: places.filter((_, at) => isVisible[at]) };
}

/** A cell has come into the page. @param {LiveCell} cell */
export function arrive(cell) {
  if (arrived.size === 0) queueMicrotask(restoreArrived);
  arrived.add(cell);
}

function restoreArrived() {
  storeAll(); // what the cells of the page before may have left
  const path = pagePath();
  const { cells, places } = placedCells();
  const { cells: found, gone } = matchEdits(store.read(path) ?? [], places);
  for (const [at, cell] of cells.entries()) {
    const edits = found[at];
    if (edits && arrived.has(cell) && isKept(cell)) restore(cell, edits);
  }
  arrived.clear();
  const lost = [
    ...gone.filter(({ page }) => cells.some(({ dataset }) => dataset.page === page)),
    ...found.flatMap(({ current, others }, at) =>
      cells[at] && !isKept(cells[at]) && !("forgetEdits" in cells[at].dataset) ? [current, ...others] : [],
    ),
  ].filter((edit) => edit !== null);
  const [first] = cells;
  if (first && lost[0]) offerGone(first, lost[0], (edit) => store.remove(path, edit));
}

/** @param {LiveCell} cell @param {CellEdits} edits */
function restore(cell, { current, others }) {
  if (known.has(cell)) return;
  if (current === null || cell.content !== sourceOf(cell)) {
    offer(cell, current ? [current, ...others] : others);
    return;
  }
  showsEdit(cell, current);
  if (current.foreign) cell.isForeign = true;
  restoring.set(cell, restoreInPlace(cell, current.code));
  offer(cell, others);
}

/** @param {LiveCell} cell @param {Edit} edit that it shows */
const showsEdit = (cell, { id, code }) => know(cell, id, code, pagePath(), pageCells());

/** @param {LiveCell} cell @param {string} id @param {string | null} stored @param {string} path of its page @param {LiveCell[]} all of its page */
function know(cell, id, stored, path, all) {
  const { cells, places } = placedCells(all);
  const place = places[cells.indexOf(cell)];
  if (place) known.set(cell, { path, place, id, stored });
}

const newId = () => Math.random().toString(36).slice(2);

/**
 * The code of a cell has changed, or the cell has left its page.
 * @param {LiveCell} cell
 * @param {string} path of its page
 * @param {LiveCell[]} all cells of that page
 */
export function change(cell, path = pagePath(), all = pageCells()) {
  if (isConsole(cell)) return;
  const { content: code } = cell;
  showModified(cell, code !== sourceOf(cell));
  const proposal = proposals.get(cell);
  if (proposal?.code === code) return;
  if (proposal) {
    proposals.delete(cell);
    proposal.onEdit();
  }
  if (!isKept(cell)) return;
  if (!known.has(cell)) know(cell, newId(), null, path, all);
  unstored.add(cell);
  clearTimeout(pause);
  if (cell.isConnected) pause = setTimeout(storeAll, PAUSE_MS);
  else storeAll();
}

/**
 * Shows code that is not the reader's. It is stored only if they edit it, and never in place of an edit of theirs.
 * @param {LiveCell} cell
 * @param {string} code
 * @param {() => void} onEdit called once, when something else is in the cell
 * @returns {Promise<boolean>} whether it is shown
 */
export async function propose(cell, code, onEdit) {
  await restoring.get(cell);
  storeAll();
  known.delete(cell);
  proposals.set(cell, { code, onEdit });
  cell.isForeign = true;
  await cell.writeCode(code);
  return cell.content === code;
}

/** Whether the reader has an edit of the cell that a proposal has replaced. @param {LiveCell} cell */
export const hasEdit = (cell) => editsOf(cell)[0]?.hash === hashOf(sourceOf(cell));

/** Shows the reader's edit again, or the author's code. @param {LiveCell} cell */
export async function takeBack(cell) {
  const edit = hasEdit(cell) ? editsOf(cell)[0] : null;
  if (edit) showsEdit(cell, edit);
  await cell.writeCode(edit?.code ?? sourceOf(cell));
}

/** The stored edits of a cell, first that of its present code. @param {LiveCell} cell @returns {Edit[]} */
function editsOf(cell) {
  const { cells, places } = placedCells();
  const found = matchEdits(store.read(pagePath()) ?? [], places).cells[cells.indexOf(cell)];
  return found ? [found.current, ...found.others].filter((edit) => edit !== null) : [];
}

/** Stores all that is not stored yet, such as before the page goes. */
export function storeAll() {
  clearTimeout(pause);
  for (const cell of unstored) storeOne(cell);
  unstored.clear();
}

/** @param {LiveCell} cell */
function storeOne(cell) {
  const about = known.get(cell);
  if (!about) return;
  const { path, place } = about;
  const { content: code } = cell;
  const present = store.read(path)?.find(({ id }) => id === about.id);
  // Another tab may have restored the same edit, and changed it since.
  const isOurs = !present || present.code === about.stored || present.code === code;
  if (!isOurs) about.id = newId();
  if (code === sourceOf(cell)) {
    if (present && isOurs) store.remove(path, present);
    about.stored = null;
    return;
  }
  const edit = { ...place, id: about.id, code, time: Date.now(), foreign: cell.isForeign };
  const kept = store.put(path, edit);
  if (kept === "kept") about.stored = code;
  else tell(cell, kept);
  showModified(cell, true, kept === "kept");
  if (path === pagePath()) offerUnknown(cell, about.id);
}

/** Tells the reader once why edits are not stored. @param {LiveCell} cell @param {Exclude<Kept, "kept">} why */
function tell(cell, why) {
  const { blocked, full, large, newerEdits } = EDIT_MESSAGES;
  if (!told.has(why)) cell.notice({ blocked, full, large, newer: newerEdits }[why]);
  told.add(why);
}

/** Offers the edits of a cell that this page has not shown. @param {LiveCell} cell @param {string} own the id of what it shows */
function offerUnknown(cell, own) {
  offer(
    cell,
    editsOf(cell).filter(({ id }) => id !== own),
  );
}

/** @param {LiveCell} cell @param {Edit[]} others of which it shows the first */
function offer(cell, others) {
  const path = pagePath();
  const next = () => offerUnknown(cell, known.get(cell)?.id ?? "");
  offerOther(cell, others[0] ?? null, {
    drop(other) {
      store.remove(path, other);
      next();
    },
    take(other) {
      const about = known.get(cell);
      const own = store.read(path)?.find(({ id, code }) => id === about?.id && code === about?.stored);
      if (own && own.id !== other.id) store.remove(path, own);
      showsEdit(cell, other);
      change(cell);
      storeAll();
    },
  });
}

/** Removes the stored edits of all pages below a folder of the origin. The cells keep their code. @param {string} folder */
export function forget(folder) {
  storeAll();
  store.forget(folder);
}
