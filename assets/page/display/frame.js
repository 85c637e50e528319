import { reasonOf } from "../../shared/errors.js";
import { readReport } from "../../shared/frame_messages.js";
import { assetUrl } from "../asset_url.js";
import { followTheme } from "../cell/theme.js";
import { element } from "../dom.js";
import { DISPLAY_MESSAGES } from "../messages.js";
import { destinationOf, hyperlink } from "./foreign_addresses.js";
import { FramesInSight } from "./frames_in_sight.js";

/** @typedef {import("../../shared/frame_messages.js").Report} Report */
/** @typedef {import("../../shared/frame_messages.js").Scheme} Scheme */
/** @typedef {{ html: string, scripts: string[] }} Content */

/** How high a frame is: until it has said so, and at least and at most after that. */
const HEIGHT_PX = { first: 150, least: 20, most: 2000 };

/** How long a frame that is loaded has until its scripts must have begun, or else a policy is in the way. */
const BLOCKED_AFTER_MS = 3000;

const inSight = new FramesInSight();

/**
 * Shows HTML in a frame without access to this page or to anything else. It is as high as its content, and there only
 * while it is in sight, or not far from it.
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
  /** @type {(() => void) | null} */
  #unfollow = null;
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
      src: assetUrl(__PYRUN_FRAME__),
    });
    this.#frame = frame;
    frame.allow = ""; // what a site grants to its frames is not for this one
    Object.assign(frame.style, {
      border: "0",
      colorScheme: "inherit", // or else it would have a background
      display: "block",
      height: this.element.style.minHeight,
      width: "100%",
    });
    try {
      const content = await this.#load();
      if (frame !== this.#frame) return;
      // Each time: a frame that is moved in the page loads anew.
      frame.addEventListener("load", () => this.#show(frame, content));
      this.element.prepend(frame);
      // Not before the cell has its scheme, which it takes from the theme.
      this.#unfollow = followTheme(() => () => this.#port?.postMessage({ scheme: this.#scheme }));
    } catch (error) {
      this.#close();
      this.element.style.minHeight = "0";
      this.#say(reasonOf(error));
    }
  }

  #close() {
    clearTimeout(this.#timer);
    this.#unfollow?.();
    this.#port?.close();
    this.#frame?.remove();
    this.#frame = this.#port = this.#unfollow = null;
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
    // Its origin has no name that could stand here.
    frame.contentWindow?.postMessage({ ...content, scheme: this.#scheme }, "*", [port2]);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#say(DISPLAY_MESSAGES.frameBlocked(__PYRUN_FRAME__)),
      BLOCKED_AFTER_MS,
    );
  }

  /** @param {HTMLIFrameElement} frame @param {Report} report */
  #handle(frame, report) {
    if (report.type === "started") {
      clearTimeout(this.#timer);
      this.#below.replaceChildren(); // a slow machine may have been accused
    } else if (report.type === "height") {
      const px = Math.min(Math.max(report.px, HEIGHT_PX.least), HEIGHT_PX.most);
      frame.style.height = this.element.style.minHeight = `${px}px`;
    } else {
      const destination = destinationOf(report.url);
      // Not opened, because the reader must see what would leave with the address.
      if (destination) this.#say(DISPLAY_MESSAGES.wantsToOpen, hyperlink(destination));
    }
  }

  /** @param {...(Node | string)} words */
  #say(...words) {
    this.#below.replaceChildren(element("p", { className: "notice" }, ...words));
  }
}
