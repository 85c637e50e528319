/** Pictures that code shows. */
import { element } from "../dom.js";
import { blobUrl, dataUrl } from "../files/content_url.js";
import { DISPLAY_MESSAGES } from "../messages.js";

/** @import { Display } from "../../shared/protocol.js" */

/**
 * As `<img>` a picture is inert: scripts in an SVG do not run, and nothing that it names is fetched. In a separate tab
 * they do run, but an SVG has no `blob:` URL and thus not the site's origin.
 * @param {Display} display
 * @param {string} type
 * @param {Element} log has the class `many` if it holds more than can be drawn at once
 * @returns {{ content: Node | Promise<Node>, dispose?(): void }}
 */
export function showImage({ bundle, alt, width, height }, type, log) {
  // Decoding a thousand pictures at once would freeze the page for many seconds.
  const image = element("img", {
    alt: alt || DISPLAY_MESSAGES.picture,
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
  const picture = bundle[type] ?? "";
  if (type === "image/svg+xml") {
    const show = (/** @type {string} */ url) => {
      image.src = url;
      return box;
    };
    return { content: dataUrl(picture, type).then(show) };
  }
  image.src = blobUrl(picture, type);
  return { content: box, dispose: () => URL.revokeObjectURL(image.src) };
}
