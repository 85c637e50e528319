/**
 * The script of frame.html: puts foreign HTML into an inner document, and passes on its messages.
 *
 * Two levels, because a document may always leave for another address, with all it knows in it. Only the policy of the
 * document around it can keep it from that: `frame-src 'none'` of frame.html.
 */
import { readReport } from "../shared/frame_messages.js";

/** @import { Recolour, Show } from "../shared/frame_messages.js" */

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

/** @param {Show} show @param {MessagePort} port to the page */
function show(show, port) {
  paint(show.scheme);
  const inside = document.createElement("iframe");
  inside.className = "output";
  inside.title = document.title;
  inside.setAttribute("sandbox", "allow-scripts");
  inside.srcdoc = documentOf(show);
  addEventListener("message", ({ source, data }) => {
    const report = source === inside.contentWindow && readReport(data);
    if (report) port.postMessage(report);
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
