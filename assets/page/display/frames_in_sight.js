/** Keeps only those frames open that are near the screen. */
import { MOST_OPEN_FRAMES } from "../../shared/limits.js";

/** A frame that can be opened and closed. @typedef {{ open(): void, close(): void }} Frame */

/** How far from the window counts as in sight, so that frames are there when the reader comes. */
const MARGIN = "100% 0px";

/** Opens frames when they come into sight, and closes those that were longest out of it, if there are many. */
export class FramesInSight {
  /** @type {WeakMap<Element, Frame>} */
  #frames = new WeakMap();
  /**
   * Those that are open, the one that was longest out of sight first; whether they are in sight.
   * @type {Map<Element, boolean>}
   */
  #open = new Map();
  #observer = new IntersectionObserver((entries) => this.#see(entries), {
    rootMargin: MARGIN,
    scrollMargin: MARGIN, // of the output, which scrolls
  });

  /** @param {Element} element that is there in any case @param {Frame} frame */
  watch(element, frame) {
    this.#frames.set(element, frame);
    this.#observer.observe(element);
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #see(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting && !this.#open.has(target)) continue;
      this.#open.delete(target);
      if (target.isConnected) this.#open.set(target, isIntersecting);
      else this.#frames.get(target)?.close();
      if (isIntersecting) this.#frames.get(target)?.open();
    }
    for (const [target, isSeen] of this.#open) {
      if (this.#open.size <= MOST_OPEN_FRAMES) return;
      if (isSeen) continue;
      this.#open.delete(target);
      this.#frames.get(target)?.close();
    }
  }
}
