/**
 * Tells what each stretch of Python code is, by the classes of the style sheets that coloured the block before it went
 * live: Pygments (Sphinx, Material) and highlight.js (the MkDocs themes). The editor's spans carry the classes of both,
 * so the theme's own rules colour them, and dark mode needs nothing from us.
 *
 * A plain map from syntax tags to classes would not do: both highlighters tell names apart by their spelling.
 */
import { kindOfName } from "./names.js";
import { StringParts } from "./strings.js";

/** @import { Text } from "@codemirror/state" */
/** @import { SyntaxNodeRef, Tree } from "@lezer/common" */
/** @import { Emit, Role } from "./token_classes.js" */

const ARROW = "->";

/** Roles of the nodes whose name says it all. The node of a keyword or a bracket is named by its text. */
const BY_NODE = new Map(
  /** @type {[Role, string][]} */ ([
    [
      "keyword",
      "as assert async await break case class continue def del elif else except finally for global if lambda match " +
        "nonlocal pass raise return try type while with yield",
    ],
    ["importKeyword", "from import"],
    ["operatorKeyword", "and in is not or"],
    ["constant", "Boolean None"],
    ["builtin", "print exec"],
    ["operator", "ArithOp AssignOp At BitOp CompareOp Ellipsis UpdateOp . * **"],
    ["punctuation", "( ) [ ] { } , : ;"],
    ["substitution", "FormatConversion FormatSelfDoc"],
    ["escape", "Escape"],
  ]).flatMap(([role, nodes]) => nodes.split(" ").map((node) => /** @type {const} */ ([node, role]))),
);

/**
 * Calls `emit` for every coloured stretch between two positions, in order and without overlaps.
 * @param {Tree} tree
 * @param {Text} doc
 * @param {number} from
 * @param {number} to
 * @param {Emit} emit
 */
export function eachToken(tree, doc, from, to, emit) {
  /** @type {StringParts[]} the format strings around the node, innermost last */
  const open = [];
  tree.iterate({
    from,
    to,
    enter(node) {
      const parent = node.node.parent?.name;
      if (parent === "FormatString" || parent === "FormatSpec") open.at(-1)?.interrupt(node.from, node.to);
      if (node.name === "String") {
        new StringParts(node, doc, emit).end();
        return false;
      }
      if (node.name === "FormatString") open.push(new StringParts(node, doc, emit));
      else if (node.name === "FormatSpec") open.push(new StringParts(node, doc, emit, open.at(-1)));
      else if (node.name === "TypeDef") emitArrow(node, doc, emit);
      const role = roleOf(node, doc);
      if (role) emit(node.from, node.to, role);
      return !role;
    },
    leave(node) {
      if (node.name === "FormatString" || node.name === "FormatSpec") open.pop()?.end();
    },
  });
}

/**
 * Handles the arrow before a return type, for which the parser has no node.
 * @param {SyntaxNodeRef} node
 * @param {Text} doc
 * @param {Emit} emit
 */
function emitArrow({ from }, doc, emit) {
  if (doc.sliceString(from, from + ARROW.length) === ARROW) emit(from, from + ARROW.length, "operator");
}

/**
 * @param {SyntaxNodeRef} node
 * @param {Text} doc
 * @returns {Role | undefined}
 */
function roleOf(node, doc) {
  const parent = node.node.parent?.name ?? "";
  switch (node.name) {
    case "Comment":
      return node.from === 0 && doc.sliceString(0, 2) === "#!" ? "hashbang" : "comment";
    case "Number":
      return roleOfNumber(doc.sliceString(node.from, node.to));
    case "VariableName":
    case "PropertyName":
      return roleOfName(node, parent, doc.sliceString(node.from, node.to));
    case "At":
      return parent === "Decorator" ? "decorator" : "operator";
    case ".":
      return parent === "ImportStatement" ? "module" : "operator";
    case "from":
      return parent.startsWith("Yield") ? "keyword" : "importKeyword";
    case ":":
      return parent === "FormatSpec" ? "substitution" : "punctuation";
    case "{":
    case "}":
      return parent === "FormatReplacement" ? "substitution" : "punctuation";
    default:
      return BY_NODE.get(node.name);
  }
}

/**
 * @param {SyntaxNodeRef} node
 * @param {string} parent
 * @param {string} name
 * @returns {Role}
 */
function roleOfName(node, parent, name) {
  const kind = kindOfName(name, node.node.prevSibling?.name === ".");
  switch (parent) {
    case "FunctionDefinition":
      return kind === "magicFunction" ? "magicFunctionName" : "functionName";
    case "ClassDefinition":
      return "className";
    case "Decorator":
      return node.node.prevSibling?.name === "At" ? "decorator" : "decoratorPart";
    case "CapturePattern":
      return name === "_" ? "keyword" : kind;
    case "ImportStatement":
      return namesModule(node) ? "module" : kind;
    default:
      return kind;
  }
}

/**
 * `import a.b as c` names modules throughout, `from a import b` only before the `import`.
 * @param {SyntaxNodeRef} node
 */
function namesModule(node) {
  const statement = node.node.parent;
  const imports = statement?.getChild("import");
  return statement?.firstChild?.name === "import" || (imports && node.from < imports.from);
}

/** @param {string} number @returns {Role} */
function roleOfNumber(number) {
  if (/^0x/i.test(number)) return "hexadecimal";
  if (/^0o/i.test(number)) return "octal";
  if (/^0b/i.test(number)) return "binary";
  return /[.e]/i.test(number) ? "float" : "integer";
}
