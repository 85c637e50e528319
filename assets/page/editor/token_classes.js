/** How tokens of Python are marked for style sheets of highlighted code. */

/** The classes of Pygments (https://pygments.org/docs/tokens/), then those of highlight.js where it has one. */
export const CLASSES = {
  keyword: "k hljs-keyword",
  importKeyword: "kn hljs-keyword",
  operatorKeyword: "ow hljs-keyword",
  constant: "kc hljs-literal",
  name: "n",
  builtin: "nb hljs-built_in",
  pseudoBuiltin: "bp",
  pseudoConstant: "bp hljs-literal",
  exception: "ne",
  magicFunction: "fm",
  magicVariable: "vm",
  functionName: "nf hljs-title function_",
  magicFunctionName: "fm hljs-title function_",
  className: "nc hljs-title class_",
  decorator: "nd hljs-meta",
  decoratorPart: "n hljs-meta",
  module: "nn",
  integer: "mi hljs-number",
  float: "mf hljs-number",
  hexadecimal: "mh hljs-number",
  octal: "mo hljs-number",
  binary: "mb hljs-number",
  singleQuoted: "s1 hljs-string",
  doubleQuoted: "s2 hljs-string",
  docstring: "sd hljs-string",
  stringPrefix: "sa hljs-string",
  escape: "se hljs-string",
  placeholder: "si hljs-string",
  substitution: "si hljs-subst",
  comment: "c1 hljs-comment",
  hashbang: "ch hljs-comment",
  operator: "o",
  punctuation: "p",
};

/** What a token is. @typedef {keyof typeof CLASSES} Role */
/** @typedef {(from: number, to: number, role: Role) => void} Emit */
