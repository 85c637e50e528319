/**
 * The names that Pygments' Python lexer tells apart from other names, so that the live editor colours them too.
 * Source: https://github.com/pygments/pygments/blob/2.21.0/pygments/lexers/python.py ("builtins", "magicfuncs",
 * "magicvars"). tests/browser/test_editor_colours.py compares with the installed Pygments.
 */

/** @param {string} text @returns {Set<string>} */
const words = (text) => new Set(text.trim().split(/\s+/));

export const BUILTIN_NAMES = words(`
  __import__ abs aiter all any bin bool bytearray breakpoint bytes callable chr classmethod compile complex delattr
  dict dir divmod enumerate eval filter float format frozendict frozenset getattr globals hasattr hash hex id input
  int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property
  range repr reversed round sentinel set setattr slice sorted staticmethod str sum super tuple type vars zip`);

const PSEUDO_BUILTINS = words("self cls");

const PSEUDO_CONSTANTS = words("Ellipsis NotImplemented");

/** The names of built-in exceptions that do not end in Error or Warning. */
const OTHER_EXCEPTIONS = words(`
  BaseException Exception GeneratorExit KeyboardInterrupt StopAsyncIteration StopIteration SystemExit Warning`);

const ERRORS = words(`
  Arithmetic Assertion Attribute BlockingIO BrokenPipe Buffer ChildProcess Connection ConnectionAborted
  ConnectionRefused ConnectionReset EOF Environment FileExists FileNotFound FloatingPoint IO Import Indentation Index
  Interrupted IsADirectory Key Lookup Memory ModuleNotFound Name NotADirectory NotImplemented OS Overflow Permission
  ProcessLookup Recursion Reference Runtime Syntax System Tab Timeout Type UnboundLocal UnicodeDecode UnicodeEncode
  Unicode UnicodeTranslate VMS Value Windows ZeroDivision`);

const WARNINGS = words(`
  Bytes Deprecation Encoding Future Import PendingDeprecation Resource Runtime Syntax Unicode User`);

const MAGIC_FUNCTIONS = words(`
  abs add aenter aexit aiter and anext await bool bytes call complex contains del delattr delete delitem dir divmod
  enter eq exit float floordiv format ge get getattr getattribute getitem gt hash iadd iand ifloordiv ilshift imatmul
  imod imul index init instancecheck int invert ior ipow irshift isub iter itruediv ixor le len length_hint lshift lt
  matmul missing mod mul ne neg new next or pos pow prepare radd rand rdivmod repr reversed rfloordiv rlshift rmatmul
  rmod rmul ror round rpow rrshift rshift rsub rtruediv rxor set setattr setitem str sub subclasscheck truediv xor`);

const MAGIC_VARIABLES = words(`
  annotations bases class closure code defaults dict doc file func globals kwdefaults module mro name objclass qualname
  self slots weakref`);

/**
 * What a name is by its spelling alone.
 * @param {string} name
 * @param {boolean} isAttribute it follows a dot, where built-ins mean nothing special
 * @returns {"name" | "builtin" | "pseudoBuiltin" | "pseudoConstant" | "exception" | "magicFunction" | "magicVariable"}
 */
export function kindOfName(name, isAttribute) {
  const magic = /^__(\w+)__$/.exec(name)?.[1];
  if (magic && MAGIC_FUNCTIONS.has(magic)) return "magicFunction";
  if (magic && MAGIC_VARIABLES.has(magic)) return "magicVariable";
  if (isAttribute) return "name";
  if (BUILTIN_NAMES.has(name)) return "builtin";
  if (PSEUDO_BUILTINS.has(name)) return "pseudoBuiltin";
  if (PSEUDO_CONSTANTS.has(name)) return "pseudoConstant";
  return isException(name) ? "exception" : "name";
}

/** @param {string} name */
function isException(name) {
  if (OTHER_EXCEPTIONS.has(name)) return true;
  const [, stem = "", ending] = /^(\w+?)(Error|Warning)$/.exec(name) ?? [];
  return ending === "Error" ? ERRORS.has(stem) : WARNINGS.has(stem);
}
