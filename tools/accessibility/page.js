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

  /** What axe finds in some examples, or in the whole page: a list of rules, with the elements that break each. */
  async audit(indices, tags) {
    await this.atRest();
    const include = indices === null ? document : { include: indices.map((index) => this.cell(index)) };
    const options = tags.length > 0 ? { runOnly: tags } : {};
    const { violations } = await axe.run(include, options);
    return violations.map(({ id, help, nodes }) => ({
      rule: id,
      help,
      nodes: nodes.map(({ target, failureSummary, html }) => ({
        target: target.flat().join(" "),
        // In the shadow tree, a target has a selector for each tree.
        isShadow: Array.isArray(target[0]),
        isInCell: this.isInCell(target),
        summary: failureSummary,
        html: html.slice(0, 300),
      })),
    }));
  },

  isInCell(target) {
    const [first] = target.flat();
    const element = document.querySelector(first);
    return Boolean(element?.closest("pyrun-cell"));
  },

  axeVersion() {
    return axe.version;
  },
});
