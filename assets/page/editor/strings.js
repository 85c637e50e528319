/** The parts of a Python string literal that Pygments colours apart: prefix, text, escapes, placeholders. */

/** @import { Text } from "@codemirror/state" */
/** @import { SyntaxNodeRef } from "@lezer/common" */
/** @import { Emit } from "./tokens.js" */

const PREFIX = /^[a-z]*/i;
const ESCAPE = String.raw`\\(?:N\{.*?\}|u[a-fA-F0-9]{4}|U[a-fA-F0-9]{8}|[\\abfnrtv"']|\n|x[a-fA-F0-9]{2}|[0-7]{1,3})`;
/** An escaped quote or backslash is coloured in raw strings too. */
const RAW_ESCAPE = String.raw`\\(?:[\\"']|\n)`;
/** `%s` and `{}`, as Pygments finds them in every string (see names.js for its source). */
const PLACEHOLDER =
  String.raw`%(?:\(\w+\))?[-#0 +]*(?:[0-9]+|[*])?(?:\.(?:[0-9]+|[*]))?[hlL]?[E-GXc-giorsaux%]` +
  String.raw`|\{(?:\w+(?:\.\w+|\[[^\]]+\])*)?(?:![sra])?(?::(?:.?[<>=^])?[-+ ]?#?0?(?:\d+)?,?(?:\.\d+)?[E-GXb-gnosx%]?)?\}`;
const SPECIAL = new RegExp(`(${ESCAPE})|(${PLACEHOLDER})`, "g");
const SPECIAL_IN_RAW = new RegExp(`(${RAW_ESCAPE})|(${PLACEHOLDER})`, "g");
/** The escapes of a format string are nodes of their own; only doubled braces are not. */
const SPECIAL_IN_FORMAT = /(\{\{|\}\})|($^)/g;

/**
 * Emits the parts of a string literal. A format string is interrupted by the expressions in it.
 * @param {SyntaxNodeRef} node
 * @param {Text} doc
 * @param {Emit} emit
 */
export function stringParts(node, doc, emit) {
  const text = doc.sliceString(node.from, node.to);
  const prefix = PREFIX.exec(text)?.[0] ?? "";
  const isDocstring = /^("""|''')/.test(text.slice(prefix.length)) && startsLine(node.from, doc);
  const role = isDocstring ? "docstring" : text[prefix.length] === "'" ? "singleQuoted" : "doubleQuoted";
  const special = isDocstring ? null : specialParts(prefix);
  let start = node.from + prefix.length;
  if (prefix) emit(node.from, start, "stringPrefix");

  /** @param {number} end */
  const flush = (end) => {
    for (const match of special ? doc.sliceString(start, end).matchAll(special) : []) {
      const from = end - (match.input.length - match.index);
      if (from > start) emit(start, from, role);
      start = from + match[0].length;
      emit(from, start, match[1] ? "escape" : "placeholder");
    }
    if (end > start) emit(start, end, role);
  };
  return {
    /** Something else stands in the string. @param {number} from @param {number} to */
    interrupt(from, to) {
      flush(from);
      start = to;
    },
    /** The string is over. */
    end() {
      flush(node.to);
    },
  };
}

/** @param {string} prefix */
function specialParts(prefix) {
  if (/[ft]/i.test(prefix)) return SPECIAL_IN_FORMAT;
  return /r/i.test(prefix) ? SPECIAL_IN_RAW : SPECIAL;
}

/** @param {number} position @param {Text} doc */
function startsLine(position, doc) {
  const line = doc.lineAt(position);
  return !line.text.slice(0, position - line.from).trim();
}
