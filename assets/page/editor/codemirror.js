/**
 * What the bundle `commands` uses of CodeMirror. There must be one copy of it in a page, so the editor hands its own to that
 * bundle. tests/js/editor_bundles.test.js compares the names.
 */
import { ensureSyntaxTree } from "@codemirror/language";
import {
  CharCategory,
  codePointAt,
  codePointSize,
  combineConfig,
  EditorSelection,
  EditorState,
  Facet,
  findClusterBreak,
  fromCodePoint,
  Prec,
  RangeSetBuilder,
  StateEffect,
  StateField,
} from "@codemirror/state";
import {
  Decoration,
  EditorView,
  getDialog,
  getPanel,
  runScopeHandlers,
  showDialog,
  showPanel,
  ViewPlugin,
} from "@codemirror/view";

export const CODEMIRROR = {
  "@codemirror/language": { ensureSyntaxTree },
  "@codemirror/state": {
    CharCategory,
    codePointAt,
    codePointSize,
    combineConfig,
    EditorSelection,
    EditorState,
    Facet,
    findClusterBreak,
    fromCodePoint,
    Prec,
    RangeSetBuilder,
    StateEffect,
    StateField,
  },
  "@codemirror/view": {
    Decoration,
    EditorView,
    getDialog,
    getPanel,
    runScopeHandlers,
    showDialog,
    showPanel,
    ViewPlugin,
  },
};
