/** One stored edit, and to which cell of a page it belongs. Everything here works without a page. */

/**
 * Where a cell is, in terms that outlive a change of its page.
 *
 * - `page`: the source file
 * - `name`: empty without one
 * - `index`: among the cells of that source file, from 0
 * - `hash`: of the author's code
 * - `nth`: among the cells of that source file with the same code, from 0
 *
 * @typedef {{ page: string, name: string, index: number, hash: string, nth: number }} Place
 */

/**
 * `time` is that of the last change, in milliseconds since 1970; `foreign` says that it began with code from a link.
 * @typedef {Place & { id: string, code: string, time: number, foreign: boolean }} Edit
 */

/** The edits of one cell: the one of its present code, and older ones or those of other tabs. @typedef {{ current: Edit | null, others: Edit[] }} CellEdits */

/** A hash of 53 bits (cyrb53), which tells versions of an example apart. @param {string} text */
export function hashOf(text) {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return (0x100000000 * (0x1fffff & low) + (high >>> 0)).toString(36);
}

/**
 * The places of cells.
 * @param {{ page: string, name: string, code: string }[]} cells all of a page, from top to bottom, with the author's code
 * @returns {Place[]}
 */
export function placesOf(cells) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  const next = (/** @type {string[]} */ ...parts) => {
    const key = JSON.stringify(parts);
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return count;
  };
  return cells.map(({ page, name, code }) => {
    const hash = hashOf(code);
    const isCopy = name !== "" && next("name", page, name) > 0;
    return {
      page,
      name: isCopy ? "" : name,
      index: next("index", page),
      hash,
      nth: next("hash", page, hash),
    };
  });
}

/**
 * To which cells edits belong: by name, otherwise by the author's code, otherwise by position. So an edit follows its
 * example when the author adds another one above.
 * @param {readonly Edit[]} edits
 * @param {readonly Place[]} places
 * @returns {{ cells: CellEdits[], gone: Edit[] }} those of each place, the newest first; and those of cells that are gone
 */
export function matchEdits(edits, places) {
  const cells = places.map(() => /** @type {CellEdits} */ ({ current: null, others: [] }));
  /** @type {Edit[]} */
  const gone = [];
  /** Where other examples have moved to, as their edits show. */
  const taken = new Set();
  const found = [...edits]
    .sort((one, other) => other.time - one.time)
    .map((edit) => ({ edit, at: find(edit, places, [isNamesake, isSameCode]) }));
  for (const { edit, at } of found) if (places[at]?.index !== edit.index) taken.add(at);
  const isFree = (/** @type {Edit} */ edit, /** @type {Place} */ place) =>
    !edit.name && !place.name && edit.index === place.index && !taken.has(places.indexOf(place));
  for (const { edit, at: sure } of found) {
    const at = sure >= 0 ? sure : find(edit, places, [isFree]);
    const cell = cells[at];
    if (cell === undefined) gone.push(edit);
    else if (cell.current === null && edit.hash === places[at]?.hash) cell.current = edit;
    else cell.others.push(edit);
  }
  return { cells, gone };
}

/**
 * The index of the cell that a link means; -1 if it is gone.
 * @param {{ cell: string, of: string }} link the name of the cell or its position, and the hash of the author's code
 * @param {readonly Place[]} places
 */
export function findLinked({ cell, of }, places) {
  const index = /^\d+$/.test(cell) ? Number(cell) : -1;
  /** @type {((place: Place, at: number) => boolean)[]} */
  const ways = [
    ({ name, hash }) => name !== "" && name === cell && hash === of,
    ({ name }) => name !== "" && name === cell,
    ({ hash }, at) => at === index && hash === of,
    ({ hash }) => hash === of,
    (_, at) => at === index,
  ];
  return ways.map((way) => places.findIndex(way)).find((at) => at >= 0) ?? -1;
}

/**
 * @param {Edit} edit
 * @param {readonly Place[]} places
 * @param {((edit: Edit, place: Place) => boolean)[]} ways the first that finds one decides
 */
function find(edit, places, ways) {
  const isIt = (/** @type {(edit: Edit, place: Place) => boolean} */ way) =>
    places.findIndex((place) => place.page === edit.page && way(edit, place));
  return ways.map(isIt).find((at) => at >= 0) ?? -1;
}

/** @param {Edit} edit @param {Place} place */
const isNamesake = (edit, place) => edit.name !== "" && edit.name === place.name;

/** @param {Edit} edit @param {Place} place */
const isSameCode = (edit, place) => edit.hash === place.hash && edit.nth === place.nth;
