/** The names that an assignment or an import binds, in a syntax tree of Python. */

/** @import { SyntaxNode } from "@lezer/common" */

/** What holds several targets of one assignment. */
export const GROUPS = new Set(["TupleExpression", "ArrayExpression", "ParenthesizedExpression"]);

/** @param {SyntaxNode} node @returns {SyntaxNode[]} the names in a target: `a`, or `a, *b` in brackets */
export function targets(node) {
  if (node.name === "VariableName") return [node];
  return GROUPS.has(node.name) ? childrenOf(node).flatMap(targets) : [];
}

/** @param {SyntaxNode[]} parts what follows `import`: `a.b` defines `a`, `a.b as c` defines `c` */
export function imported(parts) {
  return parts.filter(({ name }, index) => {
    const previous = parts[index - 1]?.name;
    if (name !== "VariableName" || previous === ".") return false;
    if (previous === "as") return true;
    const end = parts.slice(index).find((later) => later.name === "as" || later.name === ",");
    return end?.name !== "as";
  });
}

/** @param {SyntaxNode} node */
export function childrenOf(node) {
  const children = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}
