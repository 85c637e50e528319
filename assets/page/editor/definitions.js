/** Finds the names that Python code defines, from its text alone. */
import { pythonLanguage } from "@codemirror/lang-python";
import { childrenOf, imported, targets } from "./targets.js";

/** @import { SyntaxNode } from "@lezer/common" */

/**
 * The names that exist after the code has run: of assignments, functions, classes, imports, loops and
 * `with`, also those under `if` and `try`. Names inside functions and classes do not count.
 * @param {string} code
 * @returns {Set<string>}
 */
export function definedNames(code) {
  /** @type {SyntaxNode[]} */
  const names = [];
  pythonLanguage.parser.parse(code).iterate({
    enter({ node }) {
      if (node.name === "FunctionDefinition" || node.name === "ClassDefinition") {
        names.push(...node.getChildren("VariableName").slice(0, 1));
        return false;
      }
      names.push(...namesOf(node, childrenOf(node)));
      return true;
    },
  });
  return new Set(names.map(({ from, to }) => code.slice(from, to)));
}

/**
 * @param {SyntaxNode} statement
 * @param {SyntaxNode[]} parts of it
 * @returns {SyntaxNode[]} the names that it defines itself
 */
function namesOf(statement, parts) {
  const kinds = parts.map(({ name }) => name);
  switch (statement.name) {
    case "AssignStatement":
      return parts.slice(0, kinds.lastIndexOf("AssignOp") + 1).flatMap(targets);
    case "ForStatement":
      return parts.slice(0, kinds.indexOf("in")).flatMap(targets);
    case "WithStatement":
      return parts.filter((_, index) => kinds[index - 1] === "as").flatMap(targets);
    case "ImportStatement":
      return imported(parts.slice(kinds.indexOf("import") + 1));
    default:
      return [];
  }
}
