/** Shows other files of a playground in the editor of its code. Each keeps its history, its cursor and its selection. */

/** @import { EditorState } from "@codemirror/state" */
/** @import { EditorView } from "@codemirror/view" */

/**
 * A file beside the code. `key` is the same object as long as the editor is to keep the history of the file.
 * @typedef {{ key: object, name: string, code: string, isPython: boolean, onChange: (code: string) => void }} ShownFile
 */

/** The states of the editor that are not in view. */
export class OtherFiles {
  #view;
  #make;
  /** Stands for the code. */
  #shown = {};
  #code = this.#shown;
  /** @type {WeakMap<object, EditorState>} */
  #states = new WeakMap();

  /** @param {EditorView} view with the code @param {(file: ShownFile) => EditorState} make */
  constructor(view, make) {
    this.#view = view;
    this.#make = make;
  }

  /** @param {ShownFile | null} file `null` for the code */
  show(file) {
    const next = file?.key ?? this.#code;
    if (next === this.#shown) return;
    // Cancels completions that are asked for: their answer would come to a state that has none.
    this.#view.dispatch({ selection: this.#view.state.selection });
    this.#states.set(this.#shown, this.#view.state);
    this.#shown = next;
    const state = this.#states.get(next) ?? (file && this.#make(file));
    if (state) this.#view.setState(state);
  }
}
