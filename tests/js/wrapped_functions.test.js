/** JavaScript functions are wrapped so that a WebAssembly table accepts them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { wrapFunctions } from "../../assets/worker/pyodide/wrapped_functions.js";

/** @typedef {(...args: any[]) => unknown} Callable */

/** @param {string} sig @param {Callable} fn @returns {Callable & { sig: string }} */
const signed = (sig, fn) => Object.assign(fn, { sig });

/** The functions as returned by a WebAssembly table. @param {(Callable & { sig: string })[]} functions */
function throughTable(functions) {
  const all = wrapFunctions(functions);
  const table = new WebAssembly.Table({ initial: all.length, element: "anyfunc" });
  all.forEach((fn, at) => {
    table.set(at, fn);
  });
  return all.map((_, at) => /** @type {Callable} */ (table.get(at)));
}

test("every kind of argument and of result passes", () => {
  let called = 0;
  const object = {};
  const [nothing, seven, minus, more, divided, single, same] = throughTable([
    signed("v", () => {
      called += 1;
    }),
    signed("p", () => 7),
    signed("iip", (one, other) => one - other),
    signed("jj", (big) => big + 1n),
    signed("dfd", (one, other) => one / other),
    signed("fi", (one) => one / 2),
    signed("ee", (one) => one),
  ]);
  assert.equal(nothing?.(), undefined);
  assert.equal(called, 1);
  assert.equal(seven?.(), 7);
  assert.equal(minus?.(5, 3), 2);
  assert.equal(more?.(2n ** 40n), 2n ** 40n + 1n);
  assert.equal(divided?.(1, 4), 0.25);
  assert.equal(single?.(1), 0.5);
  assert.equal(same?.(object), object);
});

test("hundreds of functions keep their order", () => {
  const numbers = Array.from({ length: 300 }, (_, number) => signed("i", () => number));
  assert.deepEqual(
    throughTable(numbers).map((fn) => fn()),
    numbers.map((_, number) => number),
  );
});

test("a signature with an unknown letter is an error that names it", () => {
  assert.throws(() => wrapFunctions([signed("vx", () => {})]), {
    message: "a function has the unknown type x",
  });
});
