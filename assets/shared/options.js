/**
 * The options of an example, as `<pyrun-cell>` carries them in attributes. An attribute is absent where the
 * value is the default. Generated from pyrun_core/options/declare.py by `make options`; a test holds that.
 */

/**
 * @typedef {{
 *   loadMissing: boolean,
 *   load: string,
 *   snapshots: boolean,
 *   isolation: string,
 *   credentials: string,
 *   session: string,
 *   setup: boolean,
 *   needs: string[],
 *   timeout: number | null,
 *   outputLimit: number,
 *   figures: string,
 *   wrap: boolean,
 *   showValue: boolean,
 *   stdin: string[],
 *   autorun: boolean,
 *   caption: string,
 *   name: string,
 *   emphasizeLines: string[],
 *   toolbar: string,
 *   readonly: boolean,
 *   keepEdits: boolean,
 *   console: boolean,
 *   playground: boolean,
 *   hideLines: string[],
 *   hiddenLinesIn: string[],
 *   format: string,
 *   language: string,
 *   interactive: boolean,
 *   output: string,
 * }} CellOptions
 */

/** What the worker gets with each run. @typedef {Pick<CellOptions, "loadMissing" | "outputLimit" | "figures" | "showValue" | "stdin" | "interactive">} WorkerOptions */

/** @typedef {{ attribute: string, form: string, default: unknown }} OptionAttribute */

/** @type {Record<keyof CellOptions, OptionAttribute>} */
export const OPTIONS = {
  loadMissing: { attribute: "declaredOnly", form: "flag", default: true },
  load: { attribute: "load", form: "text", default: "intent" },
  snapshots: { attribute: "noSnapshots", form: "flag", default: true },
  isolation: { attribute: "isolation", form: "text", default: "origin" },
  credentials: { attribute: "credentials", form: "text", default: "omit" },
  session: { attribute: "session", form: "text", default: "page" },
  setup: { attribute: "setup", form: "flag", default: false },
  needs: { attribute: "needs", form: "words", default: [] },
  timeout: { attribute: "timeout", form: "number", default: null },
  outputLimit: { attribute: "outputLimit", form: "number", default: 10000000 },
  figures: { attribute: "figures", form: "text", default: "png" },
  wrap: { attribute: "nowrap", form: "flag", default: true },
  showValue: { attribute: "hideValue", form: "flag", default: true },
  stdin: { attribute: "stdin", form: "lines", default: [] },
  autorun: { attribute: "autorun", form: "flag", default: false },
  caption: { attribute: "caption", form: "text", default: "" },
  name: { attribute: "name", form: "text", default: "" },
  emphasizeLines: { attribute: "emphasizeLines", form: "words", default: [] },
  toolbar: { attribute: "toolbar", form: "text", default: "quiet" },
  readonly: { attribute: "readonly", form: "flag", default: false },
  keepEdits: { attribute: "forgetEdits", form: "flag", default: true },
  console: { attribute: "console", form: "flag", default: false },
  playground: { attribute: "playground", form: "flag", default: false },
  hideLines: { attribute: "hideLines", form: "words", default: [] },
  hiddenLinesIn: { attribute: "hiddenLinesIn", form: "words", default: [] },
  format: { attribute: "format", form: "text", default: "" },
  language: { attribute: "language", form: "text", default: "" },
  interactive: { attribute: "interactive", form: "flag", default: false },
  output: { attribute: "output", form: "text", default: "" },
};

/** @type {(keyof WorkerOptions)[]} */
export const WORKER_OPTIONS = ["loadMissing", "outputLimit", "figures", "showValue", "stdin", "interactive"];

/** Those that an author can set for one example. @type {(keyof CellOptions)[]} */
export const BLOCK_OPTIONS = [
  "session",
  "setup",
  "needs",
  "timeout",
  "outputLimit",
  "figures",
  "wrap",
  "showValue",
  "stdin",
  "autorun",
  "caption",
  "name",
  "emphasizeLines",
  "toolbar",
  "readonly",
  "keepEdits",
  "console",
  "playground",
  "hideLines",
  "hiddenLinesIn",
  "format",
  "interactive",
  "output",
];
