/*
 * What is done in pages that are measured, inside of them, so that the driver's own delays are not: an object of
 * functions. `where` are selectors: the box in which the output appears, the button, and the output itself.
 */
({
  lookEveryMs: 4,
  /** What has not come by then is not going to. */
  longestMs: 60_000,

  /** The first that a selector finds, in shadow trees too. */
  find(selector, root = document) {
    const found = root.querySelector(selector);
    if (found) return found;
    for (const element of root.querySelectorAll("*")) {
      const inside = element.shadowRoot && this.find(selector, element.shadowRoot);
      if (inside) return inside;
    }
    return null;
  },

  isShown(selector, kind, text) {
    const output = this.find(selector);
    if (kind === "picture") return Boolean(output?.complete && output.naturalWidth > 0);
    if (kind === "table") return Boolean(output);
    return text ? output?.textContent.includes(text) : /\S/.test(output?.textContent ?? "");
  },

  /** Clicks, and waits for the first output. @returns milliseconds */
  async untilShown({ button, outputs }, kind, text) {
    const target = this.find(button);
    const started = performance.now();
    target.click();
    while (!this.isShown(outputs[kind], kind, text)) {
      if (performance.now() - started > this.longestMs) {
        const problem = this.find(".notice, .result")?.textContent ?? "";
        throw new Error(`nothing was shown; ${problem} ${this.find("[role=log], pre")?.textContent}`);
      }
      await new Promise((resolve) => setTimeout(resolve, this.lookEveryMs));
    }
    return performance.now() - started;
  },

  /** Lets an open page have its snapshot made. @returns what came in between */
  whenSnapshotMade() {
    return new Promise((resolve) => {
      document.addEventListener("pyrun:snapshot", ({ detail }) => resolve(detail.problem ?? ""), { once: true });
    });
  },

  async forgetSnapshots() {
    await caches.delete("pyrun-snapshots-1");
  },
});
