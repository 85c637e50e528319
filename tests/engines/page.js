/*
 * What the scenarios do in a page: an object of functions, which page.py evaluates and calls by name. They do only
 * what a reader can see and do, and find elements by role and accessible name. `index` is a cell's position among
 * the page's cells.
 */
({
  /** Checking costs a layout of the page, and the page shares its processors with Python. */
  lookEveryMs: 40,

  /** @param {number} index */
  cell(index) {
    return document.querySelectorAll("pyrun-cell")[index];
  },

  /** Everything inside the cell, whether in its shadow tree or not. */
  find(index, selector, name) {
    const cell = this.cell(index);
    const nameOf = (element) => (element.getAttribute("aria-label") ?? element.textContent).trim();
    return [...(cell.shadowRoot?.querySelectorAll(selector) ?? []), ...cell.querySelectorAll(selector)].find(
      (element) => element.checkVisibility() && (name === undefined || nameOf(element) === name),
    );
  },

  output(index) {
    return this.find(index, '[role="log"]', "Output")?.innerText ?? "";
  },

  promptBox(index) {
    return this.find(index, '[role="log"] :is(input, textarea)');
  },

  describe(index) {
    return {
      state: this.cell(index).dataset.state ?? "idle",
      strategy: this.cell(index).dataset.input ?? null,
      text: this.output(index),
      prompt: this.promptBox(index)?.getAttribute("aria-label") ?? null,
    };
  },

  /** Records every state that a cell reports from now on, and what is reported about snapshots of Python. */
  record() {
    this.states = [];
    this.snapshots = [];
    this.snapshotMade = new Promise((resolve) => {
      document.addEventListener("pyrun:snapshot", ({ detail }) => resolve(detail.problem ?? "made"));
    });
    document.addEventListener("pyrun:start", ({ detail }) => this.snapshots.push(detail.snapshot));
    document.addEventListener("pyrun:state", ({ target, detail }) => {
      this.states.push({ index: [...document.querySelectorAll("pyrun-cell")].indexOf(target), ...detail });
    });
  },

  statesOf(index) {
    return this.states.filter((state) => state.index === index).map(({ state }) => state);
  },

  /** For each start of Python: `used`, `wanted` or `none`. */
  snapshotsOfStarts() {
    return this.snapshots;
  },

  /**
   * Keeps the snapshots' cache open for the lifetime of this page. A driven browser keeps nothing on disk, and
   * WebKit then empties a cache when the last page or worker that opened it has gone.
   */
  async keepSnapshots() {
    this.cache = await caches.open("pyrun-snapshots-2");
  },

  /** Waits until a snapshot has been made, or something interrupted it, which is returned. */
  whenSnapshotMade() {
    return this.snapshotMade;
  },

  /** Presses a button as soon as it is there: a cell gets its controls some time after the page has been loaded. */
  async press(index, name, within) {
    this.cell(index).scrollIntoView({ block: "nearest" });
    for (let left = within; left > 0; left -= this.lookEveryMs) {
      const button = this.find(index, "button", name);
      if (button) {
        button.scrollIntoView({ block: "nearest" });
        button.focus();
        button.click();
        return true;
      }
      await this.nextLook();
    }
    return false;
  },

  nextLook() {
    return new Promise((resolve) => setTimeout(resolve, this.lookEveryMs));
  },

  focusPrompt(index) {
    this.promptBox(index)?.focus();
  },

  /** Whether a prompt with this name is there and has the focus, without which keys would go elsewhere. */
  asks(index, name) {
    const box = this.promptBox(index);
    return box?.getAttribute("aria-label") === name && box.getRootNode().activeElement === box;
  },

  /** As from the clipboard: one event, whatever the length. */
  paste(index, text) {
    this.focusPrompt(index);
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const event = new ClipboardEvent("paste", {
      clipboardData: data,
      bubbles: true,
      cancelable: true,
      composed: true,
    });
    if (this.promptBox(index).dispatchEvent(event)) document.execCommand("insertText", false, text);
  },

  /**
   * Waits until the cell is in one of the states, shows a text, or asks; or until that can't happen any more, because
   * the run has ended. Time is counted in checks, so that a page that gets no CPU time isn't given up.
   * @param {{ states?: string[], text?: string, prompt?: string }} wanted
   * @param {number} whileLoading milliseconds
   * @param {number} after milliseconds, for everything after loading
   * @returns whether it happened
   */
  async wait(index, { states, text, prompt }, whileLoading, after) {
    let left = whileLoading;
    let isLoading = true;
    while (left > 0) {
      const { state } = this.cell(index).dataset;
      const isWanted =
        (states?.includes(state) ?? true) &&
        (text === undefined || this.output(index).includes(text)) &&
        (prompt === undefined || this.asks(index, prompt));
      if (isWanted) return true;
      if (["done", "error", "stopped"].includes(state)) return false;
      if (isLoading && state !== "loading") {
        isLoading = false;
        left = after;
      }
      await this.nextLook();
      left -= this.lookEveryMs;
    }
    return false;
  },
});
