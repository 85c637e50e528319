/** The outputs between the lines of an editor: what the documentation says, and what a run shows in its place. */
import { StateEffect, StateField, Text } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";
import { linesOf } from "../code_lines.js";
import { PLACE_MESSAGES } from "../messages.js";
import { followWidth } from "./code_box.js";
import { documentedOutputs } from "./documented.js";
import { ElementWidget } from "./element_widget.js";
import { foldedLines, hasFolded } from "./folds.js";
import { Layer } from "./layer.js";

/** @import { Extension } from "@codemirror/state" */
/** @import { DecorationSet } from "@codemirror/view" */
/** @import { CodeBox } from "./code_box.js" */
/** @import { Region } from "./hidden_regions.js" */

/** @typedef {Layer<HTMLElement>} Elements */

/**
 * What stands where. `gaps` keep joined blocks apart. `run` has the outputs of the run that is shown; `next` has the lines
 * of one that has shown nothing yet. The documented outputs of statements that the run has `reached` (by their lines in
 * the code that ran) are hidden.
 * @typedef {{ documented: Elements, gaps: Elements, run: Elements | null, next: Elements | null, reached: number }} Placed
 */

/** @type {import("@codemirror/state").StateEffectType<Placed>} */
const setPlaced = StateEffect.define();

/** Outputs come before a gap. */
const OUTPUT_SIDE = 1;
const GAP_SIDE = 2;

/** @type {StateField<{ placed: Placed, widgets: DecorationSet }>} */
const field = StateField.define({
  create: ({ doc }) => shown(nothing(doc), doc),
  update(value, transaction) {
    const { changes, docChanged, newDoc, effects } = transaction;
    let { placed } = value;
    if (docChanged) placed = mapped(placed, (layer) => layer.after(changes.desc, newDoc));
    for (const effect of effects) if (effect.is(setPlaced)) placed = effect.value;
    if (placed === value.placed && !hasFolded(transaction)) return value;
    return shown(placed, newDoc, foldedLines(transaction.state));
  },
  provide: (self) => EditorView.decorations.from(self, ({ widgets }) => widgets),
});

/** @param {Text} doc @returns {Placed} */
const nothing = (doc) => ({
  ...{ documented: new Layer(doc), gaps: new Layer(doc) },
  ...{ run: null, next: null, reached: 0 },
});

/** @param {Placed} placed @param {(layer: Elements) => Elements} map @returns {Placed} */
const mapped = ({ documented, gaps, run, next, reached }, map) => ({
  ...{ documented: map(documented), gaps: map(gaps) },
  ...{ run: run && map(run), next: next && map(next), reached },
});

/** @param {Placed} placed @param {Text} doc @param {readonly Region[]} [folded] lines that are folded away */
function shown(placed, doc, folded = []) {
  const { documented, gaps, run, reached } = placed;
  const reachedTo = run === null || reached === 0 ? -1 : run.endOf(reached, doc);
  const outputs = [
    ...documented.placed(doc).filter(({ at }) => at > reachedTo && !foldAt(folded, at)),
    ...(run
      ?.placed(doc)
      .map((one) => named(one, PLACE_MESSAGES.outputOfLine({ line: doc.lineAt(one.at).number }))) ?? []),
  ];
  const ranges = [
    // What hidden lines show in a run stands below the control.
    ...outputs.map(({ at, item }) => widget(item, OUTPUT_SIDE).range(foldAt(folded, at)?.to ?? at)),
    ...gaps.placed(doc).map(({ at, item }) => widget(item, GAP_SIDE).range(at)),
  ];
  return { placed, widgets: Decoration.set(ranges, true) };
}

/** @param {readonly Region[]} folded @param {number} at the end of a line */
const foldAt = (folded, at) => folded.find(({ from, to }) => from <= at && at <= to);

/** @param {{ at: number, item: HTMLElement }} one @param {string} name */
function named(one, name) {
  one.item.shadowRoot?.querySelector("[role=group]")?.setAttribute("aria-label", name);
  return one;
}

/** @param {HTMLElement} element @param {number} side */
const widget = (element, side) =>
  Decoration.widget({ widget: new ElementWidget(element), block: true, side });

/** Those of a cell, while it has an editor and while it has none. @type {WeakMap<HTMLElement, Places>} */
const placesByCell = new WeakMap();

/** The outputs between the lines of a cell. They outlive its editors. */
export class Places {
  /** @type {EditorView | null} */
  #view = null;
  /** While there is no editor. @type {Placed} */
  #kept;
  #unfollow = () => {};

  /** @param {HTMLElement} cell @param {Text} original the author's code */
  constructor(cell, original) {
    const documented = new Layer(original, documentedOutputs(cell.dataset.expected));
    this.#kept = { ...nothing(original), documented };
  }

  /**
   * @param {HTMLElement} cell
   * @param {string} source the author's code
   * @param {boolean} isJoined whether it has several blocks
   * @returns {Places | null} `null` if nothing is ever between its lines
   */
  static of(cell, source, isJoined) {
    const { interactive, expected } = cell.dataset;
    if (interactive === undefined && expected === undefined && !isJoined) return null;
    const places = placesByCell.get(cell) ?? new Places(cell, Text.of(linesOf(source)));
    placesByCell.set(cell, places);
    return places;
  }

  /** @returns {Extension} for the state of an editor */
  get extension() {
    return field.init(({ doc }) =>
      shown(
        mapped(this.#kept, (layer) => layer.fitted(doc)),
        doc,
      ),
    );
  }

  /** @param {EditorView} view with `extension` @param {CodeBox} box around it */
  enter(view, box) {
    this.#view = view;
    this.#unfollow = followWidth(box);
  }

  /** The editor goes. */
  leave() {
    this.#unfollow();
    this.#kept = this.#placed;
    this.#view = null;
  }

  /** A run will begin, with the code as it is now. What an earlier run has shown stays until `clear` or `start`. */
  begin() {
    if (this.#view) this.#set({ next: new Layer(this.#view.state.doc) });
  }

  /** The run begins: what is placed from now on belongs to its lines. */
  start() {
    const { run, next } = this.#placed;
    if (next) this.#set({ run: next, next: null, reached: 0 });
    else if (run === null) this.#set({ run: new Layer(this.#doc), reached: 0 });
  }

  /**
   * Places an output of the run.
   * @param {number} line of the code that runs, from 1
   * @param {HTMLElement} element
   * @returns {boolean} `false` if the line is gone
   */
  put(line, element) {
    const { run } = this.#placed;
    if (!run?.has(line)) return false;
    this.#set({ run: run.with(line, element) });
    return true;
  }

  /** The statement that ends in this line runs, so that its documented output does not hold. @param {number} line from 1 */
  reach(line) {
    const { reached } = this.#placed;
    if (line > reached) this.#set({ reached: line });
  }

  /** Shows the documented outputs again. */
  clear() {
    const { run, next } = this.#placed;
    this.#set({ run: next ?? run?.emptied ?? null, next: null, reached: 0 });
  }

  /** @param {[line: number, element: HTMLElement][]} gaps after lines of the author's code */
  keepApart(gaps) {
    this.#set({ gaps: new Layer(this.#doc, gaps) });
  }

  /** An output has got another size. */
  resized() {
    this.#view?.requestMeasure();
  }

  /** Only while there is an editor. */
  get #doc() {
    return /** @type {EditorView} */ (this.#view).state.doc;
  }

  get #placed() {
    return this.#view?.state.field(field).placed ?? this.#kept;
  }

  /** @param {Partial<Placed>} changed */
  #set(changed) {
    const placed = { ...this.#placed, ...changed };
    if (this.#view) this.#view.dispatch({ effects: setPlaced.of(placed) });
    else this.#kept = placed;
  }
}
