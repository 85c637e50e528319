/**
 * JavaScript functions as WebAssembly functions, which a table can hold. Emscripten compiles a module for each. There are
 * hundreds, so this compiles one module for all: https://webassembly.github.io/spec/core/binary/modules.html
 */

/** A function with Emscripten's signature: a letter for the result, then one for each parameter. @typedef {{ sig: string }} Signed */

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const SECTIONS = { types: 1, imports: 2, exports: 7 };
const FUNCTION_TYPE = 0x60;
const FUNCTION = 0x00;
const MODULE = "e";

/** By Emscripten's letters, of which `v` is void. Addresses have 32 bits. @type {Record<string, number>} */
const TYPES = { i: 0x7f, p: 0x7f, j: 0x7e, f: 0x7d, d: 0x7c, e: 0x6f };

/**
 * @param {Signed[]} functions
 * @returns {unknown[]} the same, in that order
 * @throws {Error} a signature has an unknown letter
 */
export function wrapFunctions(functions) {
  const names = functions.map((_, index) => text(String(index)));
  const bytes = [
    ...HEADER,
    ...section(SECTIONS.types, functions.map(type)),
    ...section(
      SECTIONS.imports,
      names.map((name, index) => [...text(MODULE), ...name, FUNCTION, ...number(index)]),
    ),
    ...section(
      SECTIONS.exports,
      names.map((name, index) => [...name, FUNCTION, ...number(index)]),
    ),
  ];
  const module = new WebAssembly.Module(new Uint8Array(bytes));
  const imports = Object.fromEntries(functions.map((fn, index) => [index, fn]));
  const { exports } = new WebAssembly.Instance(module, {
    [MODULE]: /** @type {WebAssembly.ModuleImports} */ (/** @type {unknown} */ (imports)),
  });
  return functions.map((_, index) => exports[index]);
}

/** @param {Signed} fn */
function type({ sig }) {
  const [result = "v", ...taken] = sig;
  return [FUNCTION_TYPE, ...vector(taken.map(letter)), ...vector(result === "v" ? [] : [letter(result)])];
}

/** @param {string} name @returns {number[]} */
function letter(name) {
  const found = TYPES[name];
  if (found === undefined) throw new Error(`a function has the unknown type ${name}`);
  return [found];
}

/** @param {number} id @param {number[][]} items */
function section(id, items) {
  const content = vector(items);
  return [id, ...number(content.length), ...content];
}

/** @param {number[][]} items */
function vector(items) {
  return [...number(items.length), ...items.flat()];
}

/** @param {string} ascii */
function text(ascii) {
  return [...number(ascii.length), ...[...ascii].map((character) => character.charCodeAt(0))];
}

/** LEB128, unsigned. @param {number} value @returns {number[]} */
function number(value) {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...number(value >>> 7)];
}
