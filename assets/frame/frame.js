/**
 * The script of frame.html: puts foreign HTML into an inner document, and passes on its messages.
 *
 * Two levels, because a document may always leave for another address, with all it knows in it. Only the policy of the
 * document around it can keep it from that: `frame-src 'none'` of frame.html.
 */
import { readReport } from "../shared/frame_messages.js";

/** @import { Recolour, Report, Show } from "../shared/frame_messages.js" */

/** @param {string} script @returns {string} as it can stand in a `<script>`: the same text, in strings and patterns */
const contained = (script) => script.replace(/<(?=\/script|!--)/gi, "\\x3c");

/** @param {Show} show @returns {string} the document inside */
const documentOf = ({ html, scripts, scheme }) =>
  [
    `<!doctype html><html lang="" style="color-scheme: ${scheme === "dark" ? "dark" : "light"}">`,
    `<meta charset="utf-8"><style>${__PYRUN_INSIDE_STYLE__}</style>`,
    ...[__PYRUN_INSIDE_SCRIPT__, ...scripts].map((script) => `<script>${contained(script)}</script>`),
    html,
  ].join("\n");

/** @param {string} scheme */
function paint(scheme) {
  document.documentElement.style.colorScheme = scheme;
}

/** How long reports wait. A document can send any number of them, and the page shall not notice that. */
const REPORT_AFTER_MS = 16;

/** @param {MessagePort} port to the page @returns {(report: Report) => void} passes on the latest of each kind */
function reporterTo(port) {
  /** @type {Map<Report["type"], Report>} */
  const latest = new Map();
  const pass = () => {
    for (const report of latest.values()) port.postMessage(report);
    latest.clear();
  };
  return (report) => {
    if (latest.size === 0) setTimeout(pass, REPORT_AFTER_MS);
    latest.set(report.type, report);
  };
}

/** @param {Show} show @param {MessagePort} port to the page */
function show(show, port) {
  paint(show.scheme);
  const inside = document.createElement("iframe");
  inside.className = "output";
  inside.title = document.title;
  inside.setAttribute("sandbox", "allow-scripts");
  inside.srcdoc = documentOf(show);
  const report = reporterTo(port);
  addEventListener("message", ({ source, data }) => {
    const read = source === inside.contentWindow && readReport(data);
    if (read) report(read);
  });
  port.onmessage = ({ data }) => {
    const { scheme } = /** @type {Recolour} */ (data);
    paint(scheme);
    inside.contentWindow?.postMessage({ scheme }, "*");
  };
  document.body.append(inside);
}

/** @param {MessageEvent<Show>} event */
function listen({ source, data, ports: [port] }) {
  if (source !== parent || !port) return;
  removeEventListener("message", listen);
  show(data, port);
}

addEventListener("message", listen);
