/** Markers that open notes about the code, in place of the comments that name the notes: Material's annotations. */
import { pythonLanguage } from "@codemirror/lang-python";
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";
import { ElementWidget } from "./element_widget.js";

/** @import { Range, Text } from "@codemirror/state" */

/** The theme's element for a marker with its note, and what has the number of the note. */
const MARKER = ".md-annotation";
const NUMBERED = "[data-md-annotation-id]";

/** With an exclamation mark, the marker replaces the whole comment. */
const NAMED_NOTE = /\((\d+)\)(!)?/g;

/** @typedef {ReadonlyMap<string, HTMLElement>} Markers the theme's markers, by the number of the note */

/** @type {import("@codemirror/state").StateEffectType<Markers>} */
const setMarkers = StateEffect.define();

/** The markers in an editor: none, until `takeMarkers` provides them. */
export const annotations = StateField.define({
  create: () => ({ markers: /** @type {Markers} */ (new Map()), shown: Decoration.none }),
  update(value, { effects, docChanged, newDoc }) {
    const markers = effects.find((effect) => effect.is(setMarkers))?.value ?? value.markers;
    if (markers === value.markers && (markers.size === 0 || !docChanged)) return value;
    return { markers, shown: Decoration.set([...decorate(newDoc, markers)]) };
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ shown }) => shown),
    EditorView.atomicRanges.of((view) => view.state.field(field).shown),
  ],
});

/**
 * Moves the markers of a highlighted block into the editor.
 * @param {EditorView} view
 * @param {Iterable<Node>} highlighted
 * @returns {() => void} puts them back
 */
export function takeMarkers(view, highlighted) {
  const found = [...highlighted].flatMap((node) =>
    node instanceof Element
      ? [.../** @type {NodeListOf<HTMLElement>} */ (node.querySelectorAll(MARKER))]
      : [],
  );
  const places = found.map((marker) => ({ marker, parent: marker.parentNode, next: marker.nextSibling }));
  const markers = new Map(found.map((marker) => [numberOf(marker), marker]));
  if (found.length > 0) view.dispatch({ effects: setMarkers.of(markers) });
  return () => {
    for (const { marker, parent, next } of places) parent?.insertBefore(marker, next);
  };
}

/** @param {HTMLElement} marker */
function numberOf(marker) {
  return marker.querySelector(NUMBERED)?.getAttribute("data-md-annotation-id") ?? "";
}

/**
 * Each marker at the first comment that names its note.
 * @param {Text} doc
 * @param {Markers} markers
 * @returns {Iterable<Range<Decoration>>}
 */
function* decorate(doc, markers) {
  const left = new Map(markers);
  for (const { from, to } of comments(doc)) {
    for (const match of doc.sliceString(from, to).matchAll(NAMED_NOTE)) {
      const [name, number = "", isWhole] = match;
      const element = left.get(number);
      if (!element) continue;
      left.delete(number);
      const start = from + match.index;
      const widget = Decoration.replace({ widget: new ElementWidget(element) });
      if (isWhole) {
        yield widget.range(from, to);
        break;
      }
      yield widget.range(start, start + name.length);
    }
  }
}

/** @param {Text} doc */
function comments(doc) {
  /** @type {{ from: number, to: number }[]} */
  const found = [];
  pythonLanguage.parser.parse(doc.toString()).iterate({
    enter({ name, from, to }) {
      if (name === "Comment") found.push({ from, to });
    },
  });
  return found;
}
