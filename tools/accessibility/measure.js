/*
 * What the audit measures in a page: controls that are too small, cut off, outside of their example, or covered when
 * they get the focus. An object of functions, each called by name with JSON.
 */
({
  /** WCAG 2.2, 2.5.8. In CSS px. */
  smallestTarget: 24,

  soonMs: 5_000,

  /** WCAG 2.2, 1.4.12. */
  spacing: `* {
    letter-spacing: 0.12em !important;
    line-height: 1.5 !important;
    word-spacing: 0.16em !important;
  }
  p { margin-block-end: 2em !important; }`,

  controls(cell) {
    const selector = "button, input, textarea, select, summary, a[href], [tabindex='0']";
    return [...cell.shadowRoot.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  },

  nameOf(element) {
    return element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 40);
  },

  /** In a line of text: the criterion excepts them. */
  isInline: (element) => element.matches(".link, a[href]"),

  /** Until the theme has moved and faded to what it is at this width and in this scheme, and examples follow. */
  async atRest() {
    const frames = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await frames();
    const moving = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime < Infinity);
    await Promise.allSettled(moving.map(({ finished }) => finished));
    await frames();
  },

  /** Controls that a reader cannot hit, see or read at this width. */
  async misfits() {
    await this.atRest();
    const found = [];
    for (const [index, cell] of [...document.querySelectorAll("pyrun-cell")].entries()) {
      const say = (what, element) => found.push(`example ${index + 1}: ${what}: ${element ? this.nameOf(element) : ""}`);
      const box = cell.getBoundingClientRect();
      if (box.left < 0 || box.right > innerWidth + 1) say(`from ${box.left} to ${box.right} of ${innerWidth}`);
      for (const control of this.controls(cell)) {
        const { left, right, width, height } = control.getBoundingClientRect();
        const isInMenu = control.closest("[role=menu]") !== null;
        if (!isInMenu && (left < box.left - 1 || right > box.right + 1)) say("outside", control);
        if (control.localName === "summary" || this.isInline(control)) continue;
        if (Math.min(width, height) < this.smallestTarget) say(`only ${width} × ${height}`, control);
        if (control.localName === "button" && control.scrollWidth > control.clientWidth + 1) say("cut off", control);
      }
      for (const shown of cell.shadowRoot.querySelectorAll("[role=status], .result, .notice")) {
        if (shown.checkVisibility() && shown.scrollWidth > shown.clientWidth + 1) say("cut off", shown);
      }
    }
    return found;
  },

  /** Gives all text the spacing that readers may set. */
  space() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(this.spacing);
    document.adoptedStyleSheets.push(sheet);
    for (const cell of document.querySelectorAll("pyrun-cell")) cell.shadowRoot.adoptedStyleSheets.push(sheet);
    this.sheet = sheet;
  },

  unspace() {
    this.sheet.replaceSync("");
  },

  isCovered(control, cell) {
    const { left, top, width, height } = control.getBoundingClientRect();
    const above = document.elementFromPoint(left + width / 2, top + height / 2);
    return above !== null && !cell.contains(above);
  },

  /** Controls that something covers after they got the focus, from wherever they were under a header of the theme. */
  async covered() {
    const found = [];
    for (const [index, cell] of [...document.querySelectorAll("pyrun-cell")].entries()) {
      for (const control of this.controls(cell)) {
        if (control.getBoundingClientRect().height > innerHeight / 4) continue;
        document.activeElement?.blur();
        scrollTo({ top: scrollY + control.getBoundingClientRect().top - 2, behavior: "instant" });
        control.focus({ focusVisible: true });
        // The first focus in an example loads what brings it into sight.
        const deadline = performance.now() + this.soonMs;
        while (this.isCovered(control, cell) && performance.now() < deadline) await this.atRest();
        if (this.isCovered(control, cell)) found.push(`example ${index + 1}: ${this.nameOf(control)}`);
      }
    }
    return found;
  },

  /** What moves. */
  moving() {
    return document.getAnimations({ subtree: true }).filter(({ effect }) => {
      const root = effect?.target?.getRootNode();
      return root instanceof ShadowRoot && root.host.localName === "pyrun-cell";
    }).length;
  },
});
