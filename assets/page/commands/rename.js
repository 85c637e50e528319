/** Renames a variable in the code of one cell, where it is sure which uses of the name mean it. */
import { namesOf, owner } from "./scopes.js";

/** @import { Tree } from "@lezer/common" */
/** @import { Scope } from "./scopes.js" */

/**
 * Why a name cannot be renamed: the code has a syntax error; there is no name at the cursor; it is an attribute or the
 * name of an argument; nothing in this code defines it; it belongs to a class, whose objects have it as an attribute; an import
 * needs it; calls name this parameter; strings may mean it.
 * @typedef {"syntax" | "nothing" | "attribute" | "elsewhere" | "class" | "import" | "keyword" | "dynamic"} Refusal
 */

/** What can be renamed. @typedef {{ name: string, uses: { from: number, to: number }[] }} Variable */

/** Functions that reach variables by the text of their names. */
const DYNAMIC = new Set(["eval", "exec", "globals", "locals", "vars"]);

const NAME = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u;

const KEYWORDS = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global " +
    "if import in is lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

/**
 * @param {Tree} tree of all of the code
 * @param {string} code
 * @param {number} position of the cursor
 * @returns {Variable | Refusal}
 */
export function findVariable(tree, code, position) {
  if (hasError(tree)) return "syntax";
  const { uses, keywords } = namesOf(tree, (from, to) => code.slice(from, to));
  const use = uses.find(({ from, to }) => from <= position && position <= to);
  if (!use) return kindAt(tree, position);
  const scope = owner(use);
  if (scope === null) return "elsewhere";
  if (scope.kind === "class") return "class";
  const same = uses.filter((each) => each.name === use.name && owner(each) === scope);
  if (same.some(({ isImport }) => isImport)) return "import";
  if (same.some(({ isParameter }) => isParameter) && keywords.has(use.name)) return "keyword";
  if (uses.some((each) => DYNAMIC.has(each.name) && owner(each) === null)) return "dynamic";
  return { name: use.name, uses: same.map(({ from, to }) => ({ from, to })) };
}

/**
 * Why a variable cannot have a name.
 * @param {Tree} tree
 * @param {string} code
 * @param {Variable} variable
 * @param {string} name
 * @returns {"invalid" | "taken" | null}
 */
export function whyNot(tree, code, variable, name) {
  if (!NAME.test(name) || KEYWORDS.has(name)) return "invalid";
  if (name === variable.name) return null;
  const { uses } = namesOf(tree, (from, to) => code.slice(from, to));
  const mine = new Set(variable.uses.map(({ from }) => from));
  const scopes = uses.filter(({ from }) => mine.has(from)).flatMap(({ scope }) => around(scope));
  return uses.some((use) => use.name === name && around(use.scope).some((each) => scopes.includes(each)))
    ? "taken"
    : null;
}

/** @param {Scope} scope @returns {Scope[]} it, and the functions around it */
function around(scope) {
  const found = [scope];
  for (let at = scope.parent; at?.parent; at = at.parent) found.push(at);
  return found;
}

/** @param {Tree} tree */
function hasError(tree) {
  let found = false;
  tree.iterate({
    enter({ type }) {
      found ||= type.isError;
      return !found;
    },
  });
  return found;
}

/** @param {Tree} tree @param {number} position @returns {Refusal} */
function kindAt(tree, position) {
  const nodes = [tree.resolveInner(position, -1), tree.resolveInner(position, 1)];
  const isName = nodes.some(({ name }) => name === "PropertyName" || name === "VariableName");
  return isName ? "attribute" : "nothing";
}
