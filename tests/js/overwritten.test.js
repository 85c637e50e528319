/** What a progress bar overwrites at once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutOverwritten } from "../../assets/page/output/terminal/overwritten.js";

/** @type {Record<string, [text: string, left: string]>} */
const CASES = {
  "bars of one length": ["\r 1 %\r 2 %\r 3 %", "\r 3 %"],
  "a shorter end": ["\rabcdef\rXY", "\rXYcdef\rXY"],
  "a longer end": ["\rXY\rabcdef", "\rabcdef"],
  "text before and after": ["one\r1\r2\ntwo", "one\r2\ntwo"],
  "a line end of two characters": ["\r1\r2\r\n", "\r2\r\n"],
  "wide characters, which have more columns": ["\r猫\r犬", "\r猫\r犬"],
  "escape sequences": ["\r1\r\x1b[31m2", "\r1\r\x1b[31m2"],
};

for (const [name, [text, left]] of Object.entries(CASES)) {
  test(name, () => assert.equal(withoutOverwritten(text), left));
}

test("ten thousand bars are one", () => {
  const bars = Array.from({ length: 10_000 }, (_, number) => `\r${String(number).padStart(5)}`);
  assert.equal(withoutOverwritten(bars.join("")), "\r 9999");
});
