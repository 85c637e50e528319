/**
 * Runs in the document with foreign HTML, before anything of that: says how high it is, and where links lead. What it
 * says may be forged by what follows it, which gains nothing by that.
 */

/** @import { Report } from "../shared/frame_messages.js" */

/** @param {Report} report */
const tell = (report) => parent.postMessage(report, "*");

let told = 0;

function tellHeight() {
  const { documentElement: root, body } = document;
  if (!body) return;
  const bar = innerHeight - root.clientHeight; // of scrolling sideways
  const px = Math.ceil(Math.max(root.getBoundingClientRect().height, body.scrollHeight) + bar);
  if (px !== told) tell({ type: "height", px });
  told = px;
}

/** @param {MouseEvent} event */
function followLink(event) {
  const link = event.composedPath().find((node) => node instanceof Element && node.matches("a[href], area"));
  if (event.defaultPrevented || !(link instanceof Element)) return;
  const href = (link.getAttribute("href") ?? "").trim();
  if (/^javascript:/i.test(href)) return;
  event.preventDefault(); // the policy would put an error in the place of the output
  if (href.startsWith("#")) document.getElementById(decodeURIComponent(href.slice(1)))?.scrollIntoView();
  else if (/^(https?|mailto):/i.test(href)) tell({ type: "link", url: href });
}

const sizes = new ResizeObserver(tellHeight);
sizes.observe(document.documentElement);
addEventListener("DOMContentLoaded", () => {
  sizes.observe(document.body);
  tellHeight();
});
addEventListener("load", tellHeight);
addEventListener("click", followLink);
addEventListener("message", ({ source, data }) => {
  if (source === parent && (data?.scheme === "light" || data?.scheme === "dark"))
    document.documentElement.style.colorScheme = data.scheme;
});
tell({ type: "started" });

export {}; // or else it would be no module to the type checker
