/*
 * The functions that the benchmarks call in a page. They measure inside the page, so that delays of the browser driver
 * do not count. `button` and `outputs` are selectors.
 */
({
  lookEveryMs: 4,
  /** The timeout for output. */
  longestMs: 60_000,

  /** The first element that matches a selector, also in shadow trees. */
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

  /** Clicks several times, each time until the same line appears again. @returns milliseconds of each */
  async rerun(button, output, times) {
    await this.untilDone(button);
    const root = document.querySelector("pyrun-cell")?.shadowRoot ?? document.body;
    const found = [];
    for (let time = 0; time < times; time++) {
      const before = this.find(output)?.firstChild;
      found.push(
        await new Promise((resolve) => {
          let started = 0;
          const observer = new MutationObserver(() => {
            const box = this.find(output);
            if (!box?.textContent.endsWith("\n") || (before && box.contains(before))) return;
            observer.disconnect();
            resolve(performance.now() - started);
          });
          observer.observe(root, { childList: true, subtree: true, characterData: true });
          started = performance.now();
          this.find(button).click();
        }),
      );
      await this.whenDone();
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    return found;
  },

  isDone() {
    const state = (document.querySelector("pyrun-cell") ?? document.body).getAttribute("data-state");
    if (state === "error") throw new Error(this.find("[role=log]").textContent);
    return state === "done" && this.find("[role=log]")?.ariaBusy !== "true";
  },

  async whenDone() {
    while (!this.isDone()) await new Promise((resolve) => setTimeout(resolve, this.lookEveryMs));
  },

  /** Clicks, and waits for the end of the run, with its output in the page. @returns milliseconds */
  async untilDone(button) {
    const started = performance.now();
    this.find(button).click();
    await new Promise((resolve) => setTimeout(resolve)); // until the state of the previous run is cleared
    await this.whenDone();
    return performance.now() - started;
  },

  textOf(output) {
    return this.find(output).textContent;
  },

  async forgetSnapshots() {
    await caches.delete("pyrun-snapshots-2");
  },
});
