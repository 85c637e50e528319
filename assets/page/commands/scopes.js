/** The scopes of Python code, from its text alone: which uses of a name mean the same variable. */
import { childrenOf, GROUPS, imported, targets } from "../editor/targets.js";

/** @import { SyntaxNode, Tree } from "@lezer/common" */

/**
 * A module, a class, a function or a comprehension. `names` are those that it binds; a function hands names that it
 * declares as global or nonlocal to others (`elsewhere`).
 * @typedef {{
 *   kind: "module" | "class" | "function" | "comprehension",
 *   parent: Scope | null,
 *   names: Set<string>,
 *   elsewhere: Map<string, "global" | "nonlocal">,
 * }} Scope
 */

/**
 * One appearance of a name. `isImport`: `import` binds it, so the name is that of something else as well.
 * @typedef {{ from: number, to: number, name: string, scope: Scope, isImport: boolean, isParameter: boolean }} Use
 */

/** What a tree says of names. `keywords` are the names of arguments in calls. @typedef {{ uses: Use[], keywords: Set<string> }} Names */

const FUNCTIONS = new Set(["FunctionDefinition", "LambdaExpression"]);
const COMPREHENSION = /Comprehension/;

/** @param {Tree} tree @param {(from: number, to: number) => string} text @returns {Names} */
export function namesOf(tree, text) {
  const names = { uses: /** @type {Use[]} */ ([]), keywords: /** @type {Set<string>} */ (new Set()) };
  const visit = new Visit(names, text);
  visit.children(tree.topNode, scopeOf("module", null));
  return names;
}

/** @param {Scope["kind"]} kind @param {Scope | null} parent @returns {Scope} */
const scopeOf = (kind, parent) => ({ kind, parent, names: new Set(), elsewhere: new Map() });

/** One way through a tree. Uses are resolved afterwards, because a name can be bound below its use. */
class Visit {
  #names;
  #text;

  /** @param {Names} names @param {(from: number, to: number) => string} text */
  constructor(names, text) {
    this.#names = names;
    this.#text = text;
  }

  /** @param {SyntaxNode} node @param {Scope} scope */
  children(node, scope) {
    for (const child of childrenOf(node)) this.#visit(child, scope);
  }

  /** @param {SyntaxNode} node @param {Scope} scope */
  #visit(node, scope) {
    const { name } = node;
    if (name === "VariableName") return this.#use(node, scope);
    if (FUNCTIONS.has(name)) return this.#function(node, scope);
    if (name === "ClassDefinition") return this.#class(node, scope);
    if (COMPREHENSION.test(name)) return this.#comprehension(node, scope);
    if (name === "ArgList") return this.#arguments(node, scope);
    if (name === "ScopeStatement") return this.#declare(node, scope);
    if (name === "KeywordPattern") return this.children(node, scope); // its name is no child that binds
    const bindings = bound(node);
    const binder = name === "NamedExpression" ? outsideComprehensions(scope) : scope;
    for (const target of bindings) this.#bind(target, binder, isModule(target));
    if (name === "ImportStatement") return; // what is not bound are names of modules
    this.#others(node, new Set(bindings.map(({ from }) => from)), scope);
  }

  /** @param {SyntaxNode} node @param {ReadonlySet<number>} done where the names are that are bound @param {Scope} scope */
  #others(node, done, scope) {
    for (const child of childrenOf(node)) {
      if (child.name === "VariableName" && done.has(child.from)) continue;
      if (GROUPS.has(child.name)) this.#others(child, done, scope);
      else this.#visit(child, scope);
    }
  }

  /** @param {SyntaxNode} node @param {Scope} scope */
  #function(node, scope) {
    const outside = this.#withTypes(node, scope);
    const inner = scopeOf("function", outside);
    let isNamed = node.name === "LambdaExpression";
    for (const child of childrenOf(node)) {
      if (child.name === "VariableName" && !isNamed) {
        this.#bind(child, scope, false);
        isNamed = true;
      } else if (child.name === "ParamList") this.#parameters(child, outside, inner);
      else if (child.name !== "TypeParamList") this.#visit(child, child.name === "TypeDef" ? outside : inner);
    }
  }

  /** Defaults and annotations are evaluated outside. @param {SyntaxNode} list @param {Scope} outer @param {Scope} inner */
  #parameters(list, outer, inner) {
    let isDefault = false;
    for (const child of childrenOf(list)) {
      if (child.name === "AssignOp") isDefault = true;
      else if (child.name === ",") isDefault = false;
      else if (child.name === "VariableName" && !isDefault) this.#bind(child, inner, false, true);
      else this.#visit(child, outer);
    }
  }

  /** The scope of the type parameters of a definition, if it has any. @param {SyntaxNode} definition @param {Scope} scope */
  #withTypes(definition, scope) {
    const list = definition.getChild("TypeParamList");
    if (!list) return scope;
    const inner = scopeOf("function", scope);
    for (const parameter of list.getChildren("TypeParam"))
      for (const [index, child] of childrenOf(parameter).entries()) {
        if (index === 0 && child.name === "VariableName") this.#bind(child, inner, false);
        else this.#visit(child, inner);
      }
    return inner;
  }

  /** @param {SyntaxNode} node @param {Scope} scope */
  #class(node, scope) {
    const outside = this.#withTypes(node, scope);
    const inner = scopeOf("class", outside);
    for (const child of childrenOf(node)) {
      if (child.name === "VariableName") this.#bind(child, scope, false);
      else if (child.name !== "TypeParamList") this.#visit(child, child.name === "Body" ? inner : outside);
    }
  }

  /** The first iterable is evaluated outside. @param {SyntaxNode} node @param {Scope} scope */
  #comprehension(node, scope) {
    const inner = scopeOf("comprehension", scope);
    let part = "";
    let isFirst = true;
    for (const child of childrenOf(node)) {
      if (child.name === "for") part = "for";
      else if (child.name === "in") part = "in";
      else if (child.name === "if") part = "if";
      else if (part === "for") for (const target of targets(child)) this.#bind(target, inner, false);
      else this.#visit(child, part === "in" && isFirst ? scope : inner);
      if (part === "in" && child.name !== "in") isFirst = false;
    }
  }

  /** @param {SyntaxNode} list @param {Scope} scope */
  #arguments(list, scope) {
    const parts = childrenOf(list);
    if (parts.some(({ name }) => name === "for")) return this.#comprehension(list, scope);
    for (const [index, part] of parts.entries()) {
      if (part.name === "VariableName" && parts[index + 1]?.name === "AssignOp")
        this.#names.keywords.add(this.#text(part.from, part.to));
      else this.#visit(part, scope);
    }
  }

  /** @param {SyntaxNode} node @param {Scope} scope */
  #declare(node, scope) {
    const kind = node.firstChild?.name === "global" ? "global" : "nonlocal";
    for (const child of node.getChildren("VariableName")) {
      scope.elsewhere.set(this.#text(child.from, child.to), kind);
      this.#use(child, scope);
    }
  }

  /** @param {SyntaxNode} node @param {Scope} scope @param {boolean} isImport @param {boolean} [isParameter] */
  #bind(node, scope, isImport, isParameter = false) {
    const name = this.#text(node.from, node.to);
    scope.names.add(name);
    this.#names.uses.push({ from: node.from, to: node.to, name, scope, isImport, isParameter });
  }

  /** @param {SyntaxNode} node @param {Scope} scope */
  #use({ from, to }, scope) {
    const name = this.#text(from, to);
    this.#names.uses.push({ from, to, name, scope, isImport: false, isParameter: false });
  }
}

/** `:=` in a comprehension binds a name outside of it. @param {Scope} scope @returns {Scope} */
function outsideComprehensions(scope) {
  let at = scope;
  while (at.kind === "comprehension" && at.parent) at = at.parent;
  return at;
}

/** Whether a name that a statement binds is that of what it imports. @param {SyntaxNode} name */
const isModule = (name) => name.parent?.name === "ImportStatement" && name.prevSibling?.name !== "as";

/**
 * The scope whose variable a use means.
 * @param {Use} use
 * @returns {Scope | null} `null` if no code here binds it
 */
export function owner({ name, scope }) {
  for (let at = /** @type {Scope | null} */ (scope), isInner = false; at; at = at.parent, isInner = true) {
    const declared = at.elsewhere.get(name);
    if (declared === "global") return moduleOf(at);
    if (at.kind === "class" && isInner) continue; // functions do not see the names of their class
    if (!declared && at.names.has(name)) return at;
  }
  return null;
}

/** @param {Scope} scope @returns {Scope} */
function moduleOf(scope) {
  let at = scope;
  while (at.parent) at = at.parent;
  return at;
}

/** @param {SyntaxNode} statement @returns {SyntaxNode[]} the names that it binds itself */
function bound(statement) {
  const parts = childrenOf(statement);
  const kinds = parts.map(({ name }) => name);
  switch (statement.name) {
    case "AssignStatement": {
      const end = kinds.includes("AssignOp") ? kinds.lastIndexOf("AssignOp") : 1;
      return parts.slice(0, end).flatMap(targets);
    }
    case "UpdateStatement":
      return parts.slice(0, 1).flatMap(targets);
    case "NamedExpression":
      return parts.slice(0, 1);
    case "ForStatement":
      return parts.slice(0, kinds.indexOf("in")).flatMap(targets);
    case "DeleteStatement":
      return parts.slice(1).flatMap(targets);
    case "TypeDefinition":
      return statement.getChildren("VariableName").slice(0, 1);
    case "WithStatement":
    case "TryStatement":
    case "AsPattern":
      return parts.filter((_, index) => kinds[index - 1] === "as").flatMap(targets);
    case "CapturePattern":
      return statement.getChildren("VariableName");
    case "ImportStatement":
      return imported(parts.slice(kinds.indexOf("import") + 1));
    default:
      return [];
  }
}
