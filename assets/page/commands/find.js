/** Find and replace in the code of a cell. */
import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  openSearchPanel,
  replaceAll,
  replaceNext,
  SearchQuery,
  search,
  setSearchQuery,
} from "@codemirror/search";
import { StateEffect } from "@codemirror/state";
import { button, element } from "../dom.js";
import { FIND_MESSAGES } from "../messages.js";
import { field, openPanel, Panel } from "./panel.js";

/** @import { EditorView } from "@codemirror/view" */

/** More matches than this are not counted while a reader types. */
const MOST_COUNTED = 1000;

/** A longer text than this is nothing that a reader wants to find. */
const MOST_SELECTED = 200;

/** CodeMirror marks matches while its own panel is open, which shows nothing here. */
const extension = search({ createPanel: () => ({ dom: element("span", { hidden: true }) }) });

/** Editors that have the extension. @type {WeakSet<EditorView>} */
const prepared = new WeakSet();

/** The fields of a cell's panel, so that the command focuses them a second time. @type {WeakMap<Panel, HTMLInputElement>} */
const fields = new WeakMap();

/** @param {HTMLElement} cell @param {EditorView} view */
export function find(cell, view) {
  const shown = openPanel(cell);
  const present = shown && fields.get(shown);
  if (present) return focus(present);
  if (!prepared.has(view)) view.dispatch({ effects: StateEffect.appendConfig.of(extension) });
  prepared.add(view);
  const { from, to } = view.state.selection.main;
  const selected = view.state.sliceDoc(from, Math.min(to, from + MOST_SELECTED));
  const last = getSearchQuery(view.state);
  const wanted = selected && !selected.includes("\n") ? selected : last.search;

  const ask = () => {
    const query = new SearchQuery({
      search: text.value,
      replace: replacement?.value ?? "",
      caseSensitive: isExact.checked,
      regexp: isPattern.checked,
      literal: !isPattern.checked,
    });
    view.dispatch({ effects: setSearchQuery.of(query) });
    panel.say(describe(view, query));
    return query;
  };
  /** @param {(view: EditorView) => boolean} command */
  const then = (command) => () => {
    if (!ask().valid) return;
    command(view);
    panel.say(describe(view, getSearchQuery(view.state)));
  };
  const text = field(
    FIND_MESSAGES.find,
    wanted,
    ({ shiftKey }) => then(shiftKey ? findPrevious : findNext)(),
    ask,
  );
  const isExact = element("input", { type: "checkbox", checked: last.caseSensitive, onchange: ask });
  const isPattern = element("input", { type: "checkbox", checked: last.regexp, onchange: ask });
  const replacement = view.state.readOnly
    ? null
    : field(FIND_MESSAGES.replacement, last.replace, then(replaceNext), ask);
  const rows = [
    [
      text,
      button(FIND_MESSAGES.previous, {}, then(findPrevious)),
      button(FIND_MESSAGES.next, {}, then(findNext)),
      element("label", {}, isExact, FIND_MESSAGES.matchCase),
      element("label", {}, isPattern, FIND_MESSAGES.pattern),
    ],
    ...(replacement
      ? [
          [
            replacement,
            button(FIND_MESSAGES.replace, {}, then(replaceNext)),
            button(FIND_MESSAGES.replaceAll, {}, then(replaceAll)),
          ],
        ]
      : []),
  ];
  const panel = new Panel(cell, view, FIND_MESSAGES.name, rows, () => closeSearchPanel(view));
  fields.set(panel, text);
  openSearchPanel(view);
  ask();
  focus(text);
}

/** @param {HTMLInputElement} field */
function focus(field) {
  field.focus();
  field.select();
}

/** @param {EditorView} view @param {SearchQuery} query @returns {string} which match is selected, and how many there are */
function describe({ state }, query) {
  if (query.search === "") return "";
  if (!query.valid) return FIND_MESSAGES.badPattern;
  const { from, to } = state.selection.main;
  const cursor = query.getCursor(state);
  let count = 0;
  let current = 0;
  for (let next = cursor.next(); !next.done; next = cursor.next()) {
    count += 1;
    if (next.value.from === from && next.value.to === to) current = count;
    if (count > MOST_COUNTED) return FIND_MESSAGES.many({ count: MOST_COUNTED });
  }
  if (count === 0) return FIND_MESSAGES.none;
  return current
    ? FIND_MESSAGES.current({ number: current, total: count })
    : FIND_MESSAGES.matches({ count });
}

/** @param {HTMLElement} cell @param {EditorView} view @param {(view: EditorView) => boolean} step */
function again(cell, view, step) {
  if (!prepared.has(view) || getSearchQuery(view.state).search === "") find(cell, view);
  else step(view);
}

/** @param {HTMLElement} cell @param {EditorView} view */
export const findAgain = (cell, view) => again(cell, view, findNext);

/** @param {HTMLElement} cell @param {EditorView} view */
export const findBefore = (cell, view) => again(cell, view, findPrevious);
