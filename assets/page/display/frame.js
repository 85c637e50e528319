/** Foreign HTML in a sandboxed frame that cannot reach the page. */
import { readReport } from "../../shared/frame_messages.js";
import { assetUrl } from "../asset_url.js";
import { followTheme } from "../cell/theme.js";
import { element } from "../dom.js";
import { languageAttributes } from "../language/current.js";
import { withNodes } from "../language/nodes.js";
import { DISPLAY_MESSAGES } from "../messages.js";
import { checkPinned, explainFile } from "../pinned_files.js";
import { destinationOf, hyperlink } from "./foreign_addresses.js";
import { FramesInSight } from "./frames_in_sight.js";

/** @import { Report, Scheme } from "../../shared/frame_messages.js" */
/** @typedef {{ html: string, scripts: string[] }} Content */

/** The height of a frame: before it has reported its own, and the limits after that. */
const HEIGHT_PX = { first: 150, least: 20, most: 2000 };

/** If the scripts of a loaded frame have not started by then, a content security policy blocks them. */
const BLOCKED_AFTER_MS = 3000;

const inSight = new FramesInSight();

/**
 * Shows HTML in a frame that has no access to this page or to anything else. The frame is as high as its content, and
 * exists only while it is near the visible part of the page.
 * @param {() => Promise<Content>} load called each time that the frame comes into sight
 * @param {string} [title] what it shows, in words
 * @returns {HTMLElement}
 */
export function showFramed(load, title) {
  return new Frame(load, title || DISPLAY_MESSAGES.frameTitle).element;
}

class Frame {
  element = element("div", { className: "frame" });
  #load;
  #title;
  /** @type {HTMLIFrameElement | null} */
  #frame = null;
  /** @type {MessagePort | null} */
  #port = null;
  /** Aborted when it closes. @type {AbortController | null} */
  #following = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #below = element("div");

  /** @param {() => Promise<Content>} load @param {string} title */
  constructor(load, title) {
    this.#load = load;
    this.#title = title;
    this.element.style.minHeight = `${HEIGHT_PX.first}px`;
    this.element.append(this.#below);
    inSight.watch(this.element, { open: () => void this.#open(), close: () => this.#close() });
  }

  async #open() {
    if (this.#frame) return;
    const frame = element("iframe", {
      title: this.#title,
      sandbox: "allow-scripts",
      src: assetUrl(__PYRUN_FRAME__.url),
    });
    this.#frame = frame;
    frame.allow = ""; // the site's permissions for frames are not for this one
    Object.assign(frame.style, {
      border: "0",
      colorScheme: "inherit", // otherwise the frame would have a background
      display: "block",
      height: this.element.style.minHeight,
      width: "100%",
    });
    try {
      const [content] = await Promise.all([this.#load(), checkPinned(__PYRUN_FRAME__)]);
      if (frame !== this.#frame) return;
      // Each time, because a frame that is moved in the page loads again.
      frame.addEventListener("load", () => this.#show(frame, content));
      this.element.prepend(frame);
      // Only now, because the cell takes its colour scheme from the theme first.
      this.#following = new AbortController();
      followTheme(() => () => this.#port?.postMessage({ scheme: this.#scheme }), this.#following.signal);
    } catch (error) {
      if (frame !== this.#frame) return; // it is out of sight, or has been opened again
      this.#close();
      this.element.style.minHeight = "0";
      this.#say(explainFile(error));
    }
  }

  #close() {
    clearTimeout(this.#timer);
    this.#following?.abort();
    this.#port?.close();
    this.#frame?.remove();
    this.#frame = this.#port = this.#following = null;
  }

  /** @returns {Scheme} of the cell */
  get #scheme() {
    return getComputedStyle(this.element).colorScheme.startsWith("dark") ? "dark" : "light";
  }

  /** @param {HTMLIFrameElement} frame @param {Content} content */
  #show(frame, content) {
    const { port1, port2 } = new MessageChannel();
    this.#port?.close();
    this.#port = port1;
    port1.onmessage = ({ data }) => {
      const report = readReport(data);
      if (report) this.#handle(frame, report);
    };
    // Any target, because the frame's origin has no name.
    frame.contentWindow?.postMessage({ ...content, scheme: this.#scheme }, "*", [port2]);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#say(DISPLAY_MESSAGES.frameBlocked({ file: __PYRUN_FRAME__.url.slice(2) })),
      BLOCKED_AFTER_MS,
    );
  }

  /** @param {HTMLIFrameElement} frame @param {Report} report */
  #handle(frame, report) {
    if (report.type === "started") {
      clearTimeout(this.#timer);
      this.#below.replaceChildren(); // the message is wrong on a slow machine
    } else if (report.type === "height") {
      const px = Math.min(Math.max(report.px, HEIGHT_PX.least), HEIGHT_PX.most);
      frame.style.height = this.element.style.minHeight = `${px}px`;
    } else {
      const destination = destinationOf(report.url);
      // Not opened directly, because the reader must see what the address would give away.
      if (destination)
        this.#say(...withNodes(DISPLAY_MESSAGES.wantsToOpen, { link: hyperlink(destination) }));
    }
  }

  /** @param {...(Node | string)} words */
  #say(...words) {
    this.#below.replaceChildren(element("p", { className: "notice", ...languageAttributes() }, ...words));
  }
}
