/** The parts of a Python string literal that Pygments colours apart: prefix, text, escapes, placeholders. */

/** @import { Text } from "@codemirror/state" */
/** @import { SyntaxNodeRef } from "@lezer/common" */
/** @import { Emit, Role } from "./token_classes.js" */

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
/** The parser gives each escape of a format string a node, but not doubled braces. */
const SPECIAL_IN_FORMAT = /(\{\{|\}\})/g;

/**
 * Emits the parts of a string literal. A format string is interrupted by the expressions in it, and a format
 * specification (`:>10`) is such a string within an expression.
 */
export class StringParts {
  /** @type {Role} */
  role;
  /** What has its own colour in it: escapes, or else placeholders. @type {RegExp | null} */
  special;

  /**
   * @param {SyntaxNodeRef} node
   * @param {Text} doc
   * @param {Emit} emit
   * @param {StringParts} [outer] the string whose format specification the node is
   */
  constructor(node, doc, emit, outer) {
    this.doc = doc;
    this.emit = emit;
    this.start = node.from;
    this.stop = node.to;
    const prefix = outer ? "" : (PREFIX.exec(doc.sliceString(node.from, node.to))?.[0] ?? "");
    this.start += prefix.length;
    this.role = outer ? outer.role : roleOfQuotes(this.start, doc, node.from);
    this.special = outer ? outer.special : this.role === "docstring" ? null : specialParts(prefix);
    if (prefix) emit(node.from, this.start, "stringPrefix");
  }

  /** The string contains something else here. @param {number} from @param {number} to */
  interrupt(from, to) {
    this.#flush(from);
    this.start = to;
  }

  /** The string is over. */
  end() {
    this.#flush(this.stop);
  }

  /** @param {number} end */
  #flush(end) {
    const text = this.doc.sliceString(this.start, end);
    const offset = this.start;
    for (const match of this.special ? text.matchAll(this.special) : []) {
      const from = offset + match.index;
      if (from > this.start) this.emit(this.start, from, this.role);
      this.start = from + match[0].length;
      this.emit(from, this.start, match[1] ? "escape" : "placeholder");
    }
    if (end > this.start) this.emit(this.start, end, this.role);
  }
}

/**
 * @param {number} quotes where they are
 * @param {Text} doc
 * @param {number} from where the string starts, with its prefix
 * @returns {Role}
 */
function roleOfQuotes(quotes, doc, from) {
  if (/^("""|''')/.test(doc.sliceString(quotes, quotes + 3)) && startsLine(from, doc)) return "docstring";
  return doc.sliceString(quotes, quotes + 1) === "'" ? "singleQuoted" : "doubleQuoted";
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
