/** A widget that shows an element of the page. Events inside of it are not the editor's, which is the default. */
import { WidgetType } from "@codemirror/view";

export class ElementWidget extends WidgetType {
  /** @param {HTMLElement} element which somebody else looks after */
  constructor(element) {
    super();
    this.element = element;
  }

  /** @override @param {ElementWidget} other */
  eq(other) {
    return other.element === this.element;
  }

  /** @override */
  toDOM() {
    return this.element;
  }
}
