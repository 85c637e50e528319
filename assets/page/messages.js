/** The messages that readers see, in one place: at most two sentences, what happened and what to do. */
import { OPTIONS } from "../shared/options.js";
import { assertNever } from "../shared/protocol.js";

/** @import { Progress } from "../shared/protocol.js" */
/** @typedef {keyof typeof EARLY_FAILURE_MESSAGES} EarlyFailure */
/** @typedef {import("./run/pending_run.js").Failure["reason"] | EarlyFailure} FailureReason */
/**
 * Why shown output is not what a run would bring now: the code or Python has changed.
 * @typedef {"edited" | "restarted"} Staleness
 */

/** The buttons of the toolbar, in their order. Their keys are their names in style sheets. */
export const TOOLBAR_LABELS = { run: "Run", stop: "Stop", reset: "Reset", copy: "Copy", more: "More" };

export const CELL_MESSAGES = {
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
  loading: "Loading",
  running: "Running",
  asking: "Waiting for your input",
  done: "Done",
  error: "Failed",
  stopped: "Stopped",
  notLoaded: "This could not be loaded. Check your connection.",
};

/** For runs. These and the following messages are needed once something runs, so not every page loads them. */
export const RUN_MESSAGES = {
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
  loadAndRunAgain: (/** @type {string} */ name) => `Load ${name} and run again`,
  switchedOff: "The authors of this site have switched off the examples of this page.",
  wholeTraceback: "Show the whole traceback",
  namesGone: "Names that other examples defined are lost. Run the examples that this one needs again:",

  /** A line of code, from 1. @param {string} file @param {number} line */
  sourceLine: (file, line) => `${file}, line ${line}`,

  /** @param {string} name of an example */
  runFirst: (name) => `Run ${name} first`,

  /**
   * The text between a name and the example that defines it, and the text after that.
   * @param {boolean} isBelow the example that uses the name
   * @returns {[string, string]}
   */
  definedIn: (isBelow) => [" is defined in ", `${isBelow ? " below" : ""}, which has to run first.`],

  /** @param {number} position among the examples of the page, from 1 */
  example: (position) => `example ${position}`,

  /** @param {number} seconds */
  timeLimit: (seconds) =>
    `Stopped after ${seconds} ${seconds === 1 ? "second" : "seconds"}, the time limit of this example.`,

  /** @param {number} run its number @param {Staleness | null} staleness */
  result: (run, staleness) =>
    `Run ${run}${{ edited: ", edited since", restarted: ", before Python was restarted", "": "" }[staleness ?? ""]}`,

  /**
   * The text before and after the name of the example that failed or was stopped.
   * @param {boolean} isNeeded by the one that did not run
   * @param {boolean} hasFailed or else it was stopped
   * @returns {[string, string]}
   */
  notRun: (isNeeded, hasFailed) => [
    isNeeded ? "Not run, because it needs " : "Not run, because ",
    `${isNeeded ? ", which" : ""} ${hasFailed ? "failed" : "was stopped"}.`,
  ],
};

/** For what code shows besides text. */
export const DISPLAY_MESSAGES = {
  table: "Table",
  notLoadedHere: "Not loaded: ",
  frameTitle: "Output",
  wantsToOpen: "A link in this output leads to ",
  frameBlocked: (/** @type {string} */ file) =>
    `This output contains scripts, which the site does not allow to run. The site's maintainers can serve ${file} without the headers Content-Security-Policy and X-Frame-Options.`,
  libraryMissing: (/** @type {string} */ name) =>
    `This figure could not be drawn, because its JavaScript library ${name} could not be loaded. Check your connection, then run the example again.`,
  picture: "Picture",
  brokenPicture: "This picture cannot be shown, because the browser cannot read it.",
  notShown: "This cannot be shown as intended.",
};

/** For the output and its controls. */
export const OUTPUT_MESSAGES = {
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
  /** What screen readers say of long output. @param {number} lines @param {string} last of them */
  summary: (lines, last) => `${grouped(lines)} lines of output. The last line: ${last}`,
  gap: (/** @type {number} */ characters) => `${grouped(characters)} characters are left out here`,

  /** Why output was lost. @param {number} dropped characters @param {number} limit characters */
  limit: (dropped, limit) => {
    const isUsual = limit === OPTIONS.outputLimit.default;
    const whose = isUsual ? "the default limit" : "the limit that the author of this page set";
    return `The output was cut after ${grouped(limit)} characters, ${whose}. The ${grouped(dropped)} characters after them were not kept.`;
  },
};

/** For screen readers. */
export const EDITOR_MESSAGES = {
  name: "Python code",
  leave: "Tab indents. Press Escape, then Tab, to leave the editor.",
};

/** For outputs between the lines of the code. Lines are counted from 1. */
export const PLACE_MESSAGES = {
  outputOfLine: (/** @type {number} */ line) => `Output of line ${line}`,
  documented: (/** @type {number} */ line) => `Documented output of line ${line}`,
  showPrompts: "Show prompts",
  hidePrompts: "Hide prompts",
};

/** For files that the code has written, and files that the reader adds. */
export const FILE_MESSAGES = {
  add: "Add files",
  choose: "Choose a file",
  cancel: "Cancel",
  files: "Files:",
  /** @param {string[]} files with their sizes */
  shared: (files) => `The code can open ${enumerate(files)} by name.`,
  tooLarge: (/** @type {string} */ name, /** @type {number} */ most) =>
    `${name} is too large: you can add at most ${megabytes(most)} MB at once.`,
  unreadable: (/** @type {string} */ name) => `${name} could not be read.`,
  download: (/** @type {string} */ name) => `Download ${name}`,
  andOthers: (/** @type {number} */ count) => `and ${count} more`,
  fileGone: (/** @type {string} */ path) => `${path} no longer exists.`,
  fileLost: (/** @type {string} */ path) =>
    `Python was restarted, so ${path} is lost. Run the example again.`,
};

/** For failures before the code of runs is loaded: every page loads these. */
export const EARLY_FAILURE_MESSAGES = {
  client:
    "A part of this page could not be loaded, but your code is kept. Check your connection and try again; if the site has changed since you opened it, copy your code and reload the page.",
  changed:
    "A file of this site is not the one that was published, so it was not run; your code is kept. Reload the page, or ask the site's maintainers to publish it again.",
  frame:
    "Python cannot start here, because this page is inside a frame that does not allow it. Open the page in a new tab.",
  unserved:
    "Examples need a web server, and this page was opened as a file. In the folder of the site, run: python -m http.server",
};

/** For other failures. @type {Record<Exclude<FailureReason, EarlyFailure>, string>} */
export const FAILURE_MESSAGES = {
  download:
    "Python could not be loaded, but your code is kept. Check your connection and try again; if the site has changed since you opened it, copy your code and reload the page.",
  stalled:
    "Python has not started, because nothing was received for a long time. Check your connection and try again; your code is kept.",
  policy:
    "The content security policy of this site does not allow Python to start. The site's maintainers can add 'wasm-unsafe-eval' to its script-src.",
  isolation:
    "This site isolates its examples from its pages, but its content security policy does not allow that. The site's maintainers can add data: to its worker-src.",
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
};

/** @param {number} count @returns {string} in groups of three digits; the first use of `Intl` would block the page */
const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

/** @param {number} bytes @returns {string} with a unit, as browsers show downloads */
export function describeBytes(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${megabytes(bytes)} MB`;
}

/** @param {number} bytes @returns {string} decimal megabytes, as browsers show downloads */
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

/** @param {readonly string[]} names @returns {string} "a, b and c"; see `grouped` for why not by `Intl` */
const enumerate = (names) =>
  [names.slice(0, -1).join(", "), ...names.slice(-1)].filter(Boolean).join(" and ");

/**
 * What a run waits for, and how far it is.
 * @typedef {{ text: string, amount: string, fraction: number | null }} ShownProgress
 */

/**
 * @param {Progress} progress
 * @param {number | null} coreBytes how large Python is, where that is known
 * @returns {ShownProgress}
 */
export function describeProgress(progress, coreBytes) {
  if (progress.activity === "start") {
    const text = `Starting ${enumerate(["Python", ...progress.packages])}`;
    return { text, amount: "", fraction: null };
  }
  const { loadedBytes } = progress;
  const total = progress.activity === "core" && coreBytes !== null ? coreBytes + progress.wheelBytes : 0;
  const isKnown = 0 < total && loadedBytes <= total;
  const amount = isKnown
    ? `${megabytes(loadedBytes)} of ${megabytes(total)} MB`
    : `${megabytes(loadedBytes)} MB`;
  return {
    text: describeActivity(progress),
    amount: loadedBytes > 0 ? amount : "",
    fraction: isKnown ? loadedBytes / total : null,
  };
}

/** @param {Exclude<Progress, { activity: "start" }>} progress */
function describeActivity(progress) {
  switch (progress.activity) {
    case "core":
      return `Downloading ${enumerate(["Python", ...progress.packages])}`;
    case "packages":
      return `Loading ${progress.packages.join(", ")}`;
    case "files":
      return `Loading ${progress.files.join(", ")}`;
    default:
      return assertNever(progress);
  }
}
