/*
 * What the audit does in a page, in every browser: brings examples into their states, as a reader would, and has axe
 * look at them. An object of functions, each called by name with JSON.
 */
({
  /** The page shares its processors with Python. */
  lookEveryMs: 50,

  cell(index) {
    return document.querySelectorAll("pyrun-cell")[index];
  },

  /** The visible button or menu item of this name. */
  control(index, name) {
    const root = this.cell(index).shadowRoot;
    const nameOf = (element) => (element.getAttribute("aria-label") ?? element.textContent).trim();
    return [...(root?.querySelectorAll("button, [role^=menuitem]") ?? [])].find(
      (element) => element.checkVisibility({ visibilityProperty: true }) && nameOf(element) === name,
    );
  },

  async until(find, what) {
    const deadline = performance.now() + 90_000;
    for (;;) {
      const found = find();
      if (found) return found;
      if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, this.lookEveryMs));
    }
  },

  async press(index, name) {
    (await this.until(() => this.control(index, name), `${name} in example ${index + 1}`)).click();
  },

  /** The pointer comes to an example, which gets its editor and all its controls. */
  async point(index) {
    const cell = this.cell(index);
    cell.scrollIntoView({ block: "center", behavior: "instant" });
    await this.until(() => cell.hasAttribute("data-ready"), `example ${index + 1}`);
    cell.dispatchEvent(new PointerEvent("pointerenter"));
    await this.until(() => cell.querySelector(".cm-content"), `the editor of example ${index + 1}`);
  },

  async state(index, ...states) {
    const { dataset } = this.cell(index);
    await this.until(() => states.includes(dataset.state), `${states} in example ${index + 1}`);
  },

  async run(index, state) {
    await this.press(index, "Run");
    await this.state(index, state);
  },

  /** Answers a question, after which the code goes on. */
  async answer(index, text) {
    const box = await this.until(
      () => this.cell(index).shadowRoot.querySelector("[role=log] textarea"),
      "a prompt",
    );
    box.value = text;
    box.form.requestSubmit();
    await this.state(index, "running");
  },

  key(element, key, options = {}) {
    element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, ...options }));
  },

  /** Asks for completions in an empty editor. */
  async complete(index) {
    await this.cell(index).writeCode("");
    const editor = this.cell(index).querySelector(".cm-content");
    editor.focus();
    await this.until(() => {
      const list = document.querySelector("[role=listbox]");
      if (!list) this.key(editor, " ", { code: "Space", keyCode: 32, ctrlKey: true });
      return list;
    }, "completions");
  },

  /** What a menu item has opened is there. */
  async opened(index, what) {
    const selectors = { find: ".find", share: "[role=group] input", "full screen": ".full-screen-bar" };
    await this.until(() => this.cell(index).shadowRoot.querySelector(selectors[what]), what);
  },

  /** Closes what has the focus. */
  escape() {
    let focused = document.activeElement;
    while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    this.key(focused, "Escape", { keyCode: 27 });
  },

  /** The browser refuses to copy, so that readers get a field with the link. */
  forbidCopying() {
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: undefined });
    document.execCommand = () => false;
  },

  /** Another tab stores an edit of the same example, and this one hears of it with the next change. */
  async editElsewhere(index) {
    const cell = this.cell(index);
    const name = `pyrun-edits:${location.pathname}`;
    await cell.writeCode("print('mine')");
    const stored = await this.until(() => localStorage.getItem(name), "an edit");
    const content = JSON.parse(stored);
    content.edits.push({ ...content.edits[0], id: "other", code: "print('theirs')" });
    localStorage.setItem(name, JSON.stringify(content));
    await cell.writeCode("print('mine, later')");
    await this.until(() => this.control(index, "Keep this one"), "the question");
  },

  /** What axe finds in some examples, or in the whole page: a list of rules, with the elements that break each. */
  async audit(indices, tags) {
    await this.atRest();
    const examples = (indices ?? []).map((index) => this.cell(index));
    const include = indices === null ? document : { include: [...examples, ...document.querySelectorAll(".pyrun-tooltips")] };
    const options = tags.length > 0 ? { runOnly: tags } : {};
    const { violations } = await axe.run(include, options);
    return violations.map(({ id, help, nodes }) => ({
      rule: id,
      help,
      nodes: nodes.filter(({ target }) => !this.isScrolledByEditor(id, target)).map(({ target, failureSummary, html }) => ({
        target: target.flat().join(" "),
        // In the shadow tree, a target has a selector for each tree.
        isShadow: Array.isArray(target[0]),
        isInCell: this.isInCell(target),
        summary: failureSummary,
        html: html.slice(0, 300),
      })),
    }));
  },

  /**
   * The arrow keys of the editor scroll the list of completions, which axe expects of fields with the role combobox alone.
   * Editors of several lines are no such fields.
   */
  isScrolledByEditor(rule, target) {
    return rule === "scrollable-region-focusable" && document.querySelector(target.flat()[0])?.role === "listbox";
  },

  isInCell(target) {
    const [first] = target.flat();
    const element = document.querySelector(first);
    return Boolean(element?.closest("pyrun-cell, .pyrun-tooltips"));
  },

  axeVersion() {
    return axe.version;
  },
});
