/** Which uses of a name are renamed, and what is refused. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pythonLanguage } from "@codemirror/lang-python";
import { findVariable, whyNot } from "../../assets/page/commands/rename.js";

/** `|` is the cursor. @param {string} marked */
function read(marked) {
  const position = marked.indexOf("|");
  const code = marked.replace("|", "");
  return { code, position, tree: pythonLanguage.parser.parse(code) };
}

/** The code after a rename to `new`, or why there is none. @param {string} marked */
function renamed(marked, name = "new") {
  const { code, position, tree } = read(marked);
  const found = findVariable(tree, code, position);
  if (typeof found === "string") return found;
  const refused = whyNot(tree, code, found, name);
  if (refused) return refused;
  return found.uses
    .toSorted((one, other) => other.from - one.from)
    .reduce((text, { from, to }) => text.slice(0, from) + name + text.slice(to), code);
}

/** @type {[string, string][]} */
const RENAMED = [
  ["x| = 1\nprint(x, f'{x:>{x}}')", "new = 1\nprint(new, f'{new:>{new}}')"],
  ["x = 1\ndef f(x|): return x\nf(x)", "x = 1\ndef f(new): return new\nf(x)"],
  ["def f(x=x|): return x\nx = 2", "def f(x=new): return x\nnew = 2"],
  ["x = 1\ny = [x| for x in x]", "x = 1\ny = [new for new in x]"],
  ["x = 1\ny = [i for x in z for i in x|]", "x = 1\ny = [i for new in z for i in new]"],
  ["x| = 1\ndef f():\n  global x\n  x = 2", "new = 1\ndef f():\n  global new\n  new = 2"],
  [
    "def f():\n  x| = 1\n  def g():\n    nonlocal x\n    x += 1\nx = 3",
    "def f():\n  new = 1\n  def g():\n    nonlocal new\n    new += 1\nx = 3",
  ],
  ["def f|(): return f()\nf()", "def new(): return new()\nnew()"],
  ["x| = 1\nclass A:\n  def m(self): return x", "new = 1\nclass A:\n  def m(self): return new"],
  ["def f():\n  y = [x| := i for i in z]\n  return x", "def f():\n  y = [new := i for i in z]\n  return new"],
  ["class A[T|](B[T]): pass", "class A[new](B[new]): pass"],
  ["for a|, (b, *c) in d: print(a)", "for new, (b, *c) in d: print(new)"],
  ["with o() as x|: x.x = x", "with o() as new: new.x = new"],
  ["try: pass\nexcept E as x|: print(x)", "try: pass\nexcept E as new: print(new)"],
  ["match v:\n  case [x|, *_]: print(x)", "match v:\n  case [new, *_]: print(new)"],
  ["y = (lambda x|: x)(x)", "y = (lambda new: new)(x)"],
  ["x| = 1\nf(x=x)", "new = 1\nf(x=new)"],
  ["import a.b as x|\nx.c", "import a.b as new\nnew.c"],
  ["é| = 1\n'é'", "new = 1\n'é'"],
  ["def f[T|](x: T) -> int: return T", "def f[new](x: new) -> int: return new"],
];

for (const [marked, expected] of RENAMED) {
  test(`renames ${JSON.stringify(marked)}`, () => assert.equal(renamed(marked), expected));
}

/** @type {[string, string][]} */
const REFUSED = [
  ["a = 1\nprint(b|)", "elsewhere"],
  ["print|(1)", "elsewhere"],
  ["a.b| = 1", "attribute"],
  ["f(key|=1)", "attribute"],
  ["class A:\n  x| = 1", "class"],
  ["from a import b|\nb", "import"],
  ["import a|.b", "import"],
  ["def f(x|): pass\nf(x=1)", "keyword"],
  ["x| = 1\nprint(eval('x'))", "dynamic"],
  ["x| = = 1", "syntax"],
  ["1 | + 1", "nothing"],
  ["x| = 1\nnew = 2", "taken"],
  ["x| = 1\ndef f():\n  new = x", "taken"],
];

for (const [marked, reason] of REFUSED) {
  test(`refuses ${JSON.stringify(marked)}`, () => assert.equal(renamed(marked), reason));
}

test("refuses what is no name", () => {
  assert.equal(renamed("x| = 1", "1x"), "invalid");
  assert.equal(renamed("x| = 1", "for"), "invalid");
  assert.equal(renamed("x| = 1", "a b"), "invalid");
});
