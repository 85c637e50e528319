import { element } from "../dom.js";
import { DISPLAY_MESSAGES } from "../messages.js";

/** @typedef {import("../../shared/protocol.js").Display} Display */

/** As `<img>` a picture is inert: scripts in an SVG do not run, and nothing that it names is fetched. */
const TYPES = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"];

/**
 * @param {Display} display
 * @param {Element} log of class `many` if it holds more than can be drawn at once
 * @returns {{ content: HTMLElement, dispose(): void } | null} nothing if there is no picture
 */
export function showImage({ bundle, alt, width, height }, log) {
  const type = TYPES.find((candidate) => candidate in bundle);
  if (type === undefined) return null;
  const url = URL.createObjectURL(new Blob([bundle[type] ?? ""], { type }));
  // A thousand pictures at once would freeze the page for many seconds.
  const image = element("img", {
    alt: alt || DISPLAY_MESSAGES.picture,
    src: url,
    decoding: "async",
    loading: log.classList.contains("many") ? "lazy" : "eager",
  });
  if (width !== null) image.width = width;
  if (height !== null) image.height = height;
  const box = element("div", { className: "picture" }, image);
  image.onerror = () => {
    const text = bundle["text/plain"];
    box.replaceChildren(
      element("p", { className: "notice" }, DISPLAY_MESSAGES.brokenPicture),
      element("pre", {}, typeof text === "string" ? text : ""),
    );
  };
  return { content: box, dispose: () => URL.revokeObjectURL(url) };
}
