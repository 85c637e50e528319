/** The messages of commands of the editor. */
import { messages } from "../language/catalogue.js";

/** For lines of code that are folded away. */
export const FOLD_MESSAGES = /* @__PURE__ */ messages("folds", {
  show: { one: "Show {count} line", other: "Show {count} lines" },
  /** CodeMirror adds the numbers of two lines to these, with `to` between them. */
  folded: "Folded lines",
  unfolded: "Unfolded lines",
  to: "to",
});

/** For finding and replacing, and for going to a line. */
export const FIND_MESSAGES = /* @__PURE__ */ messages("find", {
  menu: "Find",
  name: "Find and replace",
  find: "Find",
  replacement: "Replace with",
  next: "Next",
  previous: "Previous",
  replace: "Replace",
  replaceAll: "Replace all",
  matchCase: "Match case",
  pattern: "Regular expression",
  badPattern: "This is not a regular expression.",
  none: "No matches",
  matches: { one: "{count} match", other: "{count} matches" },
  current: "{number} of {total}",
  many: { one: "More than {count} match", other: "More than {count} matches" },
  close: "Close",
  goToLine: "Go to line",
  line: "Line",
  go: "Go",
  noLine: "Lines are numbered from 1 to {last}.",
});

/** For renaming a variable. */
export const RENAME_MESSAGES = /* @__PURE__ */ messages("rename", {
  title: "Rename {name}",
  menu: "Rename",
  newName: "New name",
  renamed: { one: "Renamed in {count} place", other: "Renamed in {count} places" },
  syntax: "Nothing is renamed, because the code has a syntax error.",
  nothing: "Put the cursor on a variable to rename it.",
  attribute: "Attributes and names of arguments cannot be renamed, because other code can use them.",
  elsewhere: "This name cannot be renamed, because this example does not define it.",
  class: "This name cannot be renamed, because it is an attribute of objects of the class.",
  import: "An imported name cannot be renamed. Add 'as' and another name to the import.",
  keyword: "This parameter cannot be renamed, because calls name it.",
  dynamic: "Nothing is renamed, because this code reaches variables by the text of their names.",
  invalid: "This is not a name in Python.",
  taken: "This name is already used.",
});

/** For formatting the code. */
export const FORMAT_MESSAGES = /* @__PURE__ */ messages("format", {
  menu: "Format",
  running: "Formatting",
  done: "The code is formatted.",
  unchanged: "The code is already formatted.",
  /** `{message}` is that of the formatter, in English. */
  syntax: "Nothing was formatted: line {line}: {message}",
  edited: "Nothing was formatted, because the code has changed meanwhile.",
  missing: "Nothing was formatted, because this site has no formatter.",
  busy: "Nothing was formatted, because Python is busy. Try again when the run has ended.",
});
