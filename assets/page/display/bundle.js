/** Shows an object in the richest of its forms that this page can show. */
import { element } from "../dom.js";
import { blobUrl } from "../files/content_url.js";
import { DISPLAY_MESSAGES } from "../messages.js";
import { explainFile } from "../pinned_files.js";
import { importPinned } from "../pinned_modules.js";
import { showImage } from "./image.js";

/** @import { Display } from "../../shared/protocol.js" */
/** @import { FigureLibraries } from "./figure_libraries.js" */
/** @import { MathRenderers } from "./math.js" */

/**
 * An element in the output. `loading` resolves when its content is there, and never rejects; `null` if it is there
 * already. `dispose` frees its resources.
 * @typedef {{ element: HTMLElement, loading: Promise<void> | null, dispose(): void }} ShownBundle
 */

/** The content, perhaps still loading. @typedef {{ content: Node | Promise<Node>, dispose?: () => void }} Showing */

/**
 * Shows one of the forms, if the page can.
 * @typedef {(display: Display, type: string, log: HTMLElement, libraries: FigureLibraries) => Showing | null} Form
 */

/** @param {(text: string, libraries: FigureLibraries) => Showing | null} show @returns {Form} */
const textForm =
  (show) =>
  ({ bundle }, type, _, libraries) => {
    const text = bundle[type];
    return typeof text === "string" ? show(text, libraries) : null;
  };

/**
 * All that the page can show, from the richest to the plainest: MIME types, or what several of them begin with. The
 * runtime sends the same and nothing else (display/representations.py), which a test holds.
 * @type {[type: string, form: Form][]}
 */
export const FORMS = [
  ["application/vnd.pyrun.frame+json", textForm(drawFigure)],
  ["text/html", textForm(drawHtml)],
  ["text/latex", textForm(typesetFormula)],
  ["image/svg+xml", showImage],
  ["image/png", showImage],
  ["image/jpeg", showImage],
  ["image/gif", showImage],
  ["image/webp", showImage],
  ["audio/", showSound],
  ["video/", showSound],
  ["text/markdown", textForm(formatMarkdown)],
  ["application/json", textForm((text) => plain(indented(text)))],
  ["text/plain", textForm(plain)],
];

/**
 * @param {Display} display
 * @param {HTMLElement} log in which it will be
 * @param {FigureLibraries} libraries of the Python that shows it
 * @returns {ShownBundle}
 */
export function showBundle(display, log, libraries) {
  const shown = element("div", { className: "display" });
  const offered = Object.keys(display.bundle);
  for (const [wanted, form] of FORMS) {
    const type = offered.find((name) => (wanted.endsWith("/") ? name.startsWith(wanted) : name === wanted));
    const showing = type === undefined ? null : form(display, type, log, libraries);
    if (showing === null) continue;
    const { content, dispose = () => {} } = showing;
    if (content instanceof Node) shown.append(content);
    return {
      element: shown,
      loading: content instanceof Node ? null : fill(shown, content, display),
      dispose,
    };
  }
  return { element: shown, loading: null, dispose: () => {} };
}

/**
 * @param {HTMLElement} shown
 * @param {Promise<Node>} content
 * @param {Display} display
 */
async function fill(shown, content, { bundle }) {
  try {
    shown.append(await content);
  } catch (error) {
    const text = bundle["text/plain"];
    const reason = explainFile(error);
    shown.append(
      element("p", { className: "notice" }, `${DISPLAY_MESSAGES.notShown} ${reason}`),
      element("pre", {}, typeof text === "string" ? text : ""),
    );
  }
}

/** @returns {Promise<typeof import("./on_display.js")>} */
const onDisplay = () => importPinned(__PYRUN_DISPLAY__);

/** @param {string} text @returns {Showing} */
function plain(text) {
  return { content: element("pre", {}, element("span", { className: "value" }, text)) };
}

/** @param {string} json */
function indented(json) {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json; // not JSON: shown as it is
  }
}

/** @param {string} json @param {FigureLibraries} libraries @returns {Showing} */
function drawFigure(json, libraries) {
  return { content: onDisplay().then(({ showFigure }) => showFigure(json, libraries)) };
}

/** @param {string} html @returns {Showing} */
function drawHtml(html) {
  return { content: onDisplay().then(({ showHtml }) => showHtml(html)) };
}

/** @param {string} text @returns {Showing} */
function formatMarkdown(text) {
  return { content: onDisplay().then(({ showMarkdown }) => showMarkdown(text)) };
}

/** @param {string} text @returns {Showing | null} nothing where the page has no renderer */
function typesetFormula(text) {
  const { MathJax, katex } = /** @type {MathRenderers} */ (/** @type {unknown} */ (self));
  if (!MathJax?.tex2mmlPromise && !katex) return null;
  return { content: onDisplay().then(({ showMath }) => showMath(text)) };
}

/** Plays a sound or a film. @type {Form} */
function showSound({ bundle, alt }, type) {
  const bytes = bundle[type];
  if (bytes === undefined || typeof bytes === "string") return null;
  const kind = type.startsWith("audio/") ? "audio" : "video";
  const url = blobUrl(bytes, type);
  const player = element(kind, { controls: true, preload: "metadata", src: url });
  if (alt) player.setAttribute("aria-label", alt);
  return { content: player, dispose: () => URL.revokeObjectURL(url) };
}
