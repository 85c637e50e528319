/**
 * The messages that readers see, in one place and in English: at most two sentences, what happened and what to do.
 * `assets/languages/` has their translations. Read a message when you show it, because the language is known only on intent.
 */
import { messages } from "./language/catalogue.js";
import { earlyMessages } from "./language/current.js";

/** @typedef {keyof typeof EARLY_FAILURE_MESSAGES} EarlyFailure */
/** @typedef {import("./run/pending_run.js").Failure["reason"] | EarlyFailure} FailureReason */
/**
 * Why shown output is not what a run would bring now: the code or Python has changed.
 * @typedef {"edited" | "restarted"} Staleness
 */

/** The buttons of the toolbar, in their order. Their keys are their names in style sheets. */
export const TOOLBAR_LABELS = /* @__PURE__ */ earlyMessages("toolbar", {
  run: "Run",
  stop: "Stop",
  reset: "Reset",
  copy: "Copy",
  more: "More",
});

export const CELL_MESSAGES = /* @__PURE__ */ earlyMessages("cell", {
  retry: "Retry",
  details: "Details",
  staticCode: "Python code, focus to edit",
  output: "Output",
  first: "Runs first",
  progress: "Download",
  copied: "Copied",
  copyFailed: "Copying is not allowed here",
  restored: "Original code restored",
  editorFailed: "The editor could not be loaded, but you can still run the example.",
  // The states of a cell.
  idle: "",
  loading: "Loading",
  running: "Running",
  input: "Waiting for your input",
  done: "Done",
  error: "Failed",
  stopped: "Stopped",
  notLoaded: "This could not be loaded. Check your connection.",
});

/** For runs. These and the following messages are needed once something runs, so not every page loads them. */
export const RUN_MESSAGES = /* @__PURE__ */ messages("run", {
  runAll: "Run all",
  waiting: "Waiting for another example",
  input: "Input",
  endInput: "End input",
  runAbove: "Run above",
  restartPython: "Restart Python",
  pythonRestarted: "Python was restarted",
  runThemAgain: "Run them again",
  restarted: "Python did not react to Stop and was restarted.",
  replaced: "The packages of this site have changed, so Python was restarted.",
  timeLimitRestarted: "Python did not react to the time limit and was restarted.",
  loadAndRunAgain: "Load {name} and run again",
  switchedOff: "The authors of this site have switched off the examples of this page.",
  wholeTraceback: "Show the whole traceback",
  namesGone: "Names that other examples defined are lost. Run the examples that this one needs again:",
  /** Said above code of a link that the reader has taken. */
  foreign: "This code comes from a link, so it runs isolated from this site.",
  /** `{names}` of examples. */
  authorsCode: "{names} ran with the author's code, because the code shown there comes from a link.",
  /** A line of code, from 1. */
  sourceLine: "{file}, line {line}",
  /** `{name}` of an example. */
  runFirst: "Run {name} first",
  /** `{example}` defines `{name}`, and is above the one that uses it. */
  definedAbove: "{name} is defined in {example}, which has to run first.",
  definedBelow: "{name} is defined in {example} below, which has to run first.",
  /** The name of an example that has none: its position in the page, from 1. */
  example: "example {position}",
  /** The time limit in seconds. */
  timeLimit: {
    one: "Stopped after {count} second, the time limit of this example.",
    other: "Stopped after {count} seconds, the time limit of this example.",
  },
  /** Which run the output is from. */
  result: "Run {run}",
  resultEdited: "Run {run}, edited since",
  resultRestarted: "Run {run}, before Python was restarted",
  /** `{example}` failed or was stopped, and this one needs it. */
  neededFailed: "Not run, because it needs {example}, which failed.",
  neededStopped: "Not run, because it needs {example}, which was stopped.",
  /** `{example}` came before this one. */
  earlierFailed: "Not run, because {example} failed.",
  earlierStopped: "Not run, because {example} was stopped.",
});

/** For what code shows besides text. */
export const DISPLAY_MESSAGES = /* @__PURE__ */ messages("display", {
  table: "Table",
  notLoadedHere: "Not loaded: {link}",
  frameTitle: "Output",
  wantsToOpen: "A link in this output leads to {link}",
  frameBlocked:
    "This output contains scripts, which the site does not allow to run. The site's maintainers can serve {file} without the headers Content-Security-Policy and X-Frame-Options.",
  libraryMissing:
    "This figure could not be drawn, because its JavaScript library {name} could not be loaded. Check your connection, then run the example again.",
  picture: "Picture",
  brokenPicture: "This picture cannot be shown, because the browser cannot read it.",
  notShown: "This cannot be shown as intended.",
});

/** For the output and its controls. */
export const OUTPUT_MESSAGES = /* @__PURE__ */ messages("output", {
  controls: "Output controls",
  copy: "Copy output",
  downloadAll: "Download all",
  clear: "Clear output",
  collapse: "Collapse output",
  expand: "Expand output",
  showAll: "Show all",
  showLess: "Show less",
  cleared: "Output cleared",
  noText: "There is no text to copy",
  tooLong: "The output is too long for the page, so its middle is left out.",
  /** What screen readers say of output with `{count}` lines; `{last}` is one of them. */
  summary: {
    one: "{count} line of output. The last line: {last}",
    other: "{count} lines of output. The last line: {last}",
  },
  gap: {
    one: "{count} character is left out here",
    other: "{count} characters are left out here",
  },
  /** After `{limit}` characters, by default or because an author set that, `{count}` characters were dropped. */
  defaultLimit: {
    one: "The output was cut after {limit} characters, the default limit. The {count} character after them was not kept.",
    other:
      "The output was cut after {limit} characters, the default limit. The {count} characters after them were not kept.",
  },
  authorLimit: {
    one: "The output was cut after {limit} characters, the limit that the author of this page set. The {count} character after them was not kept.",
    other:
      "The output was cut after {limit} characters, the limit that the author of this page set. The {count} characters after them were not kept.",
  },
});

/** For a cell on the whole window. */
export const FULL_SCREEN_MESSAGES = /* @__PURE__ */ messages("fullScreen", {
  enter: "Full screen",
  exit: "Exit full screen",
  hint: "Press Escape to exit",
});

export { FIND_MESSAGES, FOLD_MESSAGES, FORMAT_MESSAGES, RENAME_MESSAGES } from "./messages/editing.js";
export { EDIT_MESSAGES, LINK_MESSAGES } from "./messages/edits.js";
export { PLAYGROUND_MESSAGES } from "./messages/playground.js";

/** For screen readers. */
export const EDITOR_MESSAGES = /* @__PURE__ */ messages("editor", {
  name: "Python code",
  leave: "Tab indents. Press Escape, then Tab, to leave the editor.",
  completions: "Completions",
});

/** For help while a reader writes. */
export const ASSIST_MESSAGES = /* @__PURE__ */ messages("assist", {
  documentation: "Documentation",
  notPython: "This is not valid Python.",
  parameter: "{name}, parameter {parameter}",
  mistake: "Line {line}: {message}",
});

/** For consoles. */
export const CONSOLE_MESSAGES = /* @__PURE__ */ messages("console", {
  field: "Python console",
  transcript: "Transcript",
  ended: "The console has ended. Press Enter to start it again.",
  search: "Search history",
  copyTranscript: "Copy transcript",
});

/** For outputs between the lines of the code. Lines are counted from 1. */
export const PLACE_MESSAGES = /* @__PURE__ */ messages("places", {
  outputOfLine: "Output of line {line}",
  documented: "Documented output of line {line}",
  showPrompts: "Show prompts",
  hidePrompts: "Hide prompts",
});

/** For phones. */
export const PHONE_MESSAGES = /* @__PURE__ */ messages("phone", { keys: "Keys for code" });

/** For files that the code has written, and files that the reader adds. */
export const FILE_MESSAGES = /* @__PURE__ */ messages("files", {
  add: "Add files",
  choose: "Choose a file",
  cancel: "Cancel",
  files: "Files:",
  /** `{files}` with their sizes. */
  shared: "The code can open {files} by name.",
  /** `{size}` with its unit. */
  tooLarge: "{name} is too large: you can add at most {size} at once.",
  unreadable: "{name} could not be read.",
  download: "Download {name}",
  andOthers: { one: "and {count} more", other: "and {count} more" },
  fileGone: "{path} no longer exists.",
  fileLost: "Python was restarted, so {path} is lost. Run the example again.",
  bytes: "{number} B",
  kilobytes: "{number} kB",
  megabytes: "{number} MB",
  sizedFile: "{name} ({size})",
});

/** What Python does before a run begins. */
export const PROGRESS_MESSAGES = /* @__PURE__ */ messages("progress", {
  /** `{parts}`: Python, and names of packages. */
  starting: "Starting {parts}",
  downloading: "Downloading {parts}",
  /** `{names}` of packages or files. */
  loading: "Loading {names}",
  /** Megabytes. */
  loaded: "{loaded} MB",
  loadedOf: "{loaded} of {total} MB",
});

/** For failures before the code of runs is loaded: every page loads these. */
export const EARLY_FAILURE_MESSAGES = /* @__PURE__ */ earlyMessages("failure", {
  client:
    "A part of this page could not be loaded, but your code is kept. Check your connection and try again; if the site has changed since you opened it, copy your code and reload the page.",
  changed:
    "A file of this site is not the one that was published, so it was not run; your code is kept. Reload the page, or ask the site's maintainers to publish it again.",
  frame:
    "Python cannot start here, because this page is inside a frame that does not allow it. Open the page in a new tab.",
  unserved:
    "Examples need a web server, and this page was opened as a file. In the folder of the site, run: python -m http.server",
});

/** For other failures. @satisfies {Record<Exclude<FailureReason, EarlyFailure>, string>} */
export const FAILURE_MESSAGES = /* @__PURE__ */ messages("failure", {
  download:
    "Python could not be loaded, but your code is kept. Check your connection and try again; if the site has changed since you opened it, copy your code and reload the page.",
  stalled:
    "Python has not started, because nothing was received for a long time. Check your connection and try again; your code is kept.",
  policy:
    "The content security policy of this site does not allow Python to start. The site's maintainers can add 'wasm-unsafe-eval' to its script-src.",
  isolation:
    "This site isolates its examples from its pages, but its content security policy does not allow that. The site's maintainers can add data: to its worker-src.",
  foreign:
    "Code from a link only runs isolated from the site, which this browser or the content security policy of this site does not allow. Return to the author's code; the site's maintainers can add data: to worker-src.",
  crash: "Python crashed and was shut down. Your code is kept, and you can run it again.",
  killed:
    "The browser terminated Python, probably because memory ran out. Your code is kept: run it again, with less data if this happens again.",
  package:
    "A package that this example needs could not be loaded. Check your connection and try again; Python keeps running, and your code is kept.",
  file: "A file that this example needs could not be loaded. Check your connection and try again; Python keeps running, and your code is kept.",
  version:
    "The site has changed since you opened this page. Copy your code if you want to keep it, then reload the page.",
  settlement:
    "This page and the site's list of packages do not match, or the list is missing. Copy your code and reload the page; the site's maintainers can build the site again, or run: pyrun finish",
});
