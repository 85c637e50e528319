/**
 * Help while a reader writes: completions, tips about calls and names, and mistakes. This is a bundle that an editor loads
 * when a reader comes near the code; the editor hands it CodeMirror (editor/codemirror.js).
 */
import { EditorView, tooltips, ViewPlugin } from "@codemirror/view";
import { completion } from "./completion.js";
import { mistakes } from "./mistakes.js";
import { returnFromTips, tips } from "./tips.js";
import { raiseLayer, tooltipLayer } from "./tooltip_layer.js";

/** @import { Extension } from "@codemirror/state" */
/** @import { LiveCell } from "../cell/live_cell.js" */

/**
 * What an editor gets.
 * @param {LiveCell} cell
 * @returns {Extension}
 */
export function assist(cell) {
  raiseLayer(cell);
  return [
    EditorView.updateListener.of(({ focusChanged, view }) => {
      if (focusChanged && view.hasFocus) raiseLayer(cell);
    }),
    tooltips({ position: "fixed", parent: tooltipLayer() }),
    completion(cell),
    tips(cell),
    mistakes(cell),
    ViewPlugin.define((view) => ({ destroy: returnFromTips(view) })),
  ];
}
