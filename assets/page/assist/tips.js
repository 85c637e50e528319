/** Tips about code: the call that is written, and the name under the pointer or at the cursor. */
import { Prec, StateEffect, StateField } from "@codemirror/state";
import {
  closeHoverTooltips,
  EditorView,
  hasHoverTooltips,
  hoverTooltip,
  keymap,
  showTooltip,
  ViewPlugin,
} from "@codemirror/view";
import { ask } from "./ask.js";
import { mistakeAt } from "./mistakes.js";
import { callTip, mistakeTip, nameTip, spokenCall, spokenName } from "./tip.js";
import { raiseLayer, tooltipLayer } from "./tooltip_layer.js";

/** @import { EditorState, Extension } from "@codemirror/state" */
/** @import { Tooltip, ViewUpdate } from "@codemirror/view" */
/** @import { LiveCell } from "../cell/live_cell.js" */

/** @typedef {{ kind: "call" | "name", tooltip: Tooltip, dom: HTMLElement, spoken: string }} Tip */

/** Longer than between two keys of somebody who types fast. */
const TYPING_DELAY_MS = 50;

const HOVER_MS = 400;

/** @type {import("@codemirror/state").StateEffectType<Tip | null>} */
const setTip = StateEffect.define();

/** The tip that the reader has opened, or that a call has. @type {StateField<Tip | null>} */
const shownTip = StateField.define({
  create: () => /** @type {Tip | null} */ (null),
  update(tip, { effects, docChanged, selection, changes }) {
    for (const effect of effects) if (effect.is(setTip)) return effect.value;
    if (tip === null || !(docChanged || selection)) return tip;
    if (tip.kind === "name") return null;
    return { ...tip, tooltip: { ...tip.tooltip, pos: changes.mapPos(tip.tooltip.pos) } };
  },
  provide: (field) => showTooltip.from(field, (tip) => tip?.tooltip ?? null),
});

/** Keeps the help with a call up to date. */
class CallWatcher {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #view;
  #cell;

  /** @param {EditorView} view @param {LiveCell} cell */
  constructor(view, cell) {
    this.#view = view;
    this.#cell = cell;
  }

  /** @param {ViewUpdate} update */
  update({ docChanged, selectionSet, transactions, state }) {
    const isOpen = state.field(shownTip)?.kind === "call";
    const begins = transactions.some((each) => each.isUserEvent("input")) && /[(,]/.test(written(state));
    if (!(docChanged || selectionSet) || !(isOpen || begins)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void showCall(this.#cell, this.#view), TYPING_DELAY_MS);
  }

  destroy() {
    clearTimeout(this.#timer);
  }
}

/** The character before the cursor. A bracket that closes itself has been written as well. @param {EditorState} state */
function written({ doc, selection }) {
  const { head } = selection.main;
  return doc
    .sliceString(head - 2, head)
    .trimEnd()
    .slice(-1);
}

/**
 * Shows help with the call at the cursor, or closes it.
 * @param {LiveCell} cell
 * @param {EditorView} view
 * @returns {Promise<boolean>} whether there is such a call
 */
async function showCall(cell, view) {
  const { state } = view;
  const { head } = state.selection.main;
  const before = state.field(shownTip, false);
  const help = view.composing ? null : await ask(cell, "signature", state, head);
  if (!view.state.doc.eq(state.doc)) return showCall(cell, view); // the reader has typed on
  const present = view.state.field(shownTip, false);
  if (before && !present) return false; // closed meanwhile
  if (help === null || !view.hasFocus) {
    if (present?.kind === "call") view.dispatch({ effects: setTip.of(null) });
    return false;
  }
  const spoken = spokenCall(help);
  if (present?.kind === "call" && present.spoken === spoken) return true;
  const pos = present?.kind === "call" ? present.tooltip.pos : head;
  const tip = tipAt(cell, "call", pos, callTip(cell, help), spoken);
  view.dispatch({ effects: [setTip.of(tip), EditorView.announce.of(spoken)] });
  return true;
}

/**
 * @param {LiveCell} cell
 * @param {Tip["kind"]} kind
 * @param {number} pos
 * @param {HTMLElement} dom
 * @param {string} spoken
 * @returns {Tip}
 */
const tipAt = (cell, kind, pos, dom, spoken) => ({
  kind,
  dom,
  spoken,
  tooltip: {
    pos,
    above: true,
    strictSide: false,
    arrow: false,
    create: () => ({ dom, mount: () => raiseLayer(cell) }),
  },
});

/**
 * Explains the name at the cursor; the call around it, if there is none. If that is shown already, goes to its link.
 * @param {LiveCell} cell
 * @param {EditorView} view
 */
async function explain(cell, view) {
  const { state } = view;
  const link = state.field(shownTip)?.dom.querySelector("a");
  if (link) return link.focus();
  const { head } = state.selection.main;
  const { dom, spoken } = (await describe(cell, state, head)) ?? {};
  if (view.state !== state) return;
  if (!dom || !spoken) return void showCall(cell, view);
  view.dispatch({
    effects: [setTip.of(tipAt(cell, "name", head, dom, spoken)), EditorView.announce.of(spoken)],
  });
}

/**
 * What there is to say about a position: the mistake there, and the name.
 * @param {LiveCell} cell
 * @param {EditorState} state
 * @param {number} position
 * @returns {Promise<{ dom: HTMLElement, spoken: string } | null>}
 */
async function describe(cell, state, position) {
  const mistake = mistakeAt(state, position);
  if (mistake) return { dom: mistakeTip(mistake), spoken: mistake };
  const description = await ask(cell, "describe", state, position);
  return description && { dom: nameTip(cell, description), spoken: spokenName(description) };
}

/** @param {EditorView} view */
function close(view) {
  if (view.state.field(shownTip) || hasHoverTooltips(view.state))
    view.dispatch({ effects: [setTip.of(null), closeHoverTooltips] });
  return false; // Escape also lets Tab leave the editor
}

/** @param {LiveCell} cell @returns {Extension} */
export const tips = (cell) => {
  const run = (/** @type {EditorView} */ view) => {
    void explain(cell, view);
    return true;
  };
  return [
    shownTip,
    ViewPlugin.define((view) => new CallWatcher(view, cell)),
    Prec.high(
      keymap.of([
        { key: "F1", run, preventDefault: true },
        { key: "Mod-Shift-Space", run, preventDefault: true },
        { key: "Escape", run: close },
      ]),
    ),
    hoverTooltip(
      async (view, pos) => {
        const { dom } = (await describe(cell, view.state, pos)) ?? {};
        return dom ? { pos, above: true, create: () => ({ dom, mount: () => raiseLayer(cell) }) } : null;
      },
      { hideOnChange: true, hoverTime: HOVER_MS },
    ),
    EditorView.domEventHandlers({
      blur({ relatedTarget }, view) {
        if (!(relatedTarget instanceof Node && tooltipLayer().contains(relatedTarget))) close(view);
      },
    }),
  ];
};

/**
 * Escape in a tip goes back to the editor, and so does leaving it.
 * @param {EditorView} view
 * @returns {() => void} ends it
 */
export function returnFromTips(view) {
  const layer = tooltipLayer();
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || view.state.field(shownTip, false) === null) return;
    event.preventDefault();
    view.focus();
    close(view);
  };
  layer.addEventListener("keydown", onKey);
  return () => layer.removeEventListener("keydown", onKey);
}
