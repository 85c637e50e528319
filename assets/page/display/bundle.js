/** Shows what an object offers, in the richest form that this page can show. */
import { reasonOf } from "../../shared/errors.js";
import { element } from "../dom.js";
import { DISPLAY_MESSAGES } from "../messages.js";
import { showImage } from "./image.js";

/** @typedef {import("../../shared/protocol.js").Bundle} Bundle */
/** @typedef {import("../../shared/protocol.js").Display} Display */
/** @typedef {import("./math.js").MathRenderers} MathRenderers */

/** An element in the output; `dispose` gives back what it holds. @typedef {{ element: HTMLElement, dispose(): void }} ShownBundle */

/** Has what is shown, and may take its time. @typedef {{ content: Node | Promise<Node>, dispose?: () => void }} Showing */

/**
 * One of the forms, if the page can show it.
 * @typedef {(display: Display, log: HTMLElement) => Showing | null} Form
 */

/** @param {string} type @param {(text: string, log: HTMLElement) => Showing | null} show @returns {Form} */
const textForm = (type, show) => (display, log) => {
  const text = display.bundle[type];
  return typeof text === "string" ? show(text, log) : null;
};

/** From the richest to the plainest. @type {Form[]} */
const FORMS = [
  textForm("application/vnd.pyrun.frame+json", (text) => ({
    content: import("./figure.js").then(({ showFigure }) => showFigure(text)),
  })),
  textForm("text/html", (text) => ({ content: import("./html.js").then(({ showHtml }) => showHtml(text)) })),
  textForm("text/latex", (text) => {
    const { MathJax, katex } = /** @type {MathRenderers} */ (/** @type {unknown} */ (self));
    if (!MathJax?.tex2mmlPromise && !katex) return null;
    return { content: import("./math.js").then(({ showMath }) => showMath(text)) };
  }),
  showImage,
  showSound,
  textForm("text/markdown", (text) => ({
    content: import("./markdown.js").then(({ showMarkdown }) => showMarkdown(text)),
  })),
  textForm("application/json", (text) => plain(indented(text))),
  textForm("text/plain", plain),
];

/**
 * @param {Display} display
 * @param {HTMLElement} log in which it will be
 * @returns {ShownBundle}
 */
export function showBundle(display, log) {
  const shown = element("div", { className: "display" });
  for (const form of FORMS) {
    const showing = form(display, log);
    if (showing === null) continue;
    void fill(shown, showing.content, display);
    return { element: shown, dispose: showing.dispose ?? (() => {}) };
  }
  return { element: shown, dispose: () => {} };
}

/**
 * @param {HTMLElement} shown
 * @param {Node | Promise<Node>} content
 * @param {Display} display
 */
async function fill(shown, content, { bundle }) {
  try {
    shown.append(content instanceof Node ? content : await content);
  } catch (error) {
    const text = bundle["text/plain"];
    const reason = reasonOf(error);
    shown.append(
      element("p", { className: "notice" }, `${DISPLAY_MESSAGES.notShown} ${reason}`),
      element("pre", {}, typeof text === "string" ? text : ""),
    );
  }
}

/** @param {string} text @returns {Showing} */
function plain(text) {
  return { content: element("pre", {}, element("span", { className: "value" }, text)) };
}

/** @param {string} json */
function indented(json) {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json; // what the object gave is no JSON, and is shown as it is
  }
}

/** Plays a sound or a film. @type {Form} */
function showSound({ bundle, alt }) {
  for (const [type, bytes] of Object.entries(bundle)) {
    const [kind] = type.split("/");
    if ((kind !== "audio" && kind !== "video") || typeof bytes === "string") continue;
    const url = URL.createObjectURL(new Blob([bytes], { type }));
    const player = element(kind, { controls: true, preload: "metadata", src: url });
    if (alt) player.setAttribute("aria-label", alt);
    return { content: player, dispose: () => URL.revokeObjectURL(url) };
  }
  return null;
}
