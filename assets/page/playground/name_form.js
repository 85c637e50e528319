/** The form in which a reader names a file of a playground. */
import { button, element } from "../dom.js";
import { isComposition, ownKeys } from "../keys/field_keys.js";
import { FILE_MESSAGES, PLAYGROUND_MESSAGES } from "../messages.js";

/**
 * Asks for a name, in place of an earlier form.
 * @param {Element} row after which the form comes
 * @param {string} name to begin with
 * @param {(name: string) => string} problemOf why a file cannot have the name; empty if it can
 * @param {(name: string | null) => void} onEnd called once, with `null` if the reader cancels
 */
export function askName(row, name, problemOf, onEnd) {
  const { name: label, confirm } = PLAYGROUND_MESSAGES;
  const field = element("input", {
    ...{ type: "text", value: name, "aria-label": label, spellcheck: false },
    ...{ autocomplete: "off", autocapitalize: "none", dir: "ltr" },
  });
  const problem = element("span", { role: "alert" });
  const end = (/** @type {string | null} */ answer) => {
    form.remove();
    onEnd(answer);
  };
  const submit = () => {
    const answer = field.value.trim();
    problem.textContent = problemOf(answer);
    if (problem.textContent === "") end(answer);
    else field.focus();
  };
  ownKeys(field, (event) => {
    if (!(event instanceof KeyboardEvent) || event.type !== "keydown" || isComposition(event)) return;
    if (event.key !== "Enter") return;
    event.preventDefault();
    submit();
  });
  const form = element(
    "div",
    { className: "naming", role: "group", "aria-label": label },
    field,
    button(confirm, {}, submit),
    button(FILE_MESSAGES.cancel, {}, () => end(null)),
    problem,
  );
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation(); // full screen would close
    end(null);
  });
  row.parentElement?.querySelector(".naming")?.remove();
  row.after(form);
  field.focus();
  const dot = name.lastIndexOf(".");
  field.setSelectionRange(0, dot > 0 ? dot : name.length);
}
