/** Messages in other languages than English. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import { describeBytes, describeProgress } from "../../assets/page/descriptions.js";
import { messages } from "../../assets/page/language/catalogue.js";
import { earlyMessages, languageAttributes, speak, spoken } from "../../assets/page/language/current.js";
import { withNodes } from "../../assets/page/language/nodes.js";
import { workerTexts } from "../../assets/page/language/worker_texts.js";

/** @import { Text } from "../../assets/page/language/current.js" */

const FOLDER = new URL("../../assets/languages/", import.meta.url);

/** @param {string} language @returns {Record<string, Text>} */
const textsOf = (language) => JSON.parse(readFileSync(new URL(`${language}.json`, FOLDER), "utf8"));

/** As after the language of a page has been loaded. @param {string} language @param {Record<string, Text>} [texts] */
function use(language, texts = textsOf(language)) {
  Object.assign(spoken, { language, isComplete: true, texts });
}

afterEach(() => Object.assign(spoken, { language: "", isComplete: false, texts: {} }));

const FRUIT = messages("fruit", {
  title: "Fruit",
  apples: { one: "{count} apple", other: "{count} apples" },
  eaten: "{name} has eaten {fruits}.",
});

test("a page begins with the words that came with it, and English is a page without words", () => {
  const cell = earlyMessages("fruit", { title: "Fruit", more: "More" });
  speak({ language: "de", words: '{"fruit.title":"Obst"}' });
  assert.deepEqual([cell.title, cell.more, FRUIT.title], ["Obst", "More", "Obst"]);
  speak({ language: "de" }); // the next cell
  assert.equal(cell.title, "Obst");
  speak({}); // a page in English, after instant navigation
  assert.deepEqual([cell.title, FRUIT.title], ["Fruit", "Fruit"]);
});

test("a text without a translation is English, with English numbers", () => {
  use("de", { "fruit.title": "Obst" });
  assert.equal(FRUIT.title, "Obst");
  assert.equal(FRUIT.apples({ count: 1200 }), "1,200 apples");
});

test("numbers, lists and plurals are those of the language", () => {
  const few = {
    one: "{count} яблоко",
    few: "{count} яблока",
    many: "{count} яблок",
    other: "{count} яблока",
  };
  use("ru", { "fruit.apples": few, "fruit.eaten": "{name}: {fruits}." });
  const shown = [1, 2, 5, 21, 1.5].map((count) => FRUIT.apples({ count }));
  assert.deepEqual(shown, ["1 яблоко", "2 яблока", "5 яблок", "21 яблоко", "1,5 яблока"]);
  assert.equal(FRUIT.eaten({ name: "Ada", fruits: ["a", "b"] }), "Ada: a и b.");
  use("ja", { "fruit.apples": { other: "りんご {count} 個" } });
  assert.equal(FRUIT.apples({ count: 1 }), "りんご 1 個");
});

test("a value from left to right does not reorder a sentence from right to left", () => {
  use("he", { "fruit.eaten": "{name}: {fruits}." });
  assert.equal(FRUIT.eaten({ name: "Ada", fruits: ["a"] }), "\u2068Ada\u2069: \u2068a\u2069.");
  assert.deepEqual(languageAttributes(), { lang: "he", dir: "rtl" });
});

test("values are not searched for placeholders", () => {
  assert.equal(FRUIT.eaten({ name: "{fruits}", fruits: "" }), "{fruits} has eaten .");
});

test("a sentence with elements is whole, in the order of the language", () => {
  const nodes = /** @type {Record<string, Node>} */ (
    /** @type {unknown} */ ({ name: { n: 1 }, fruits: { n: 2 } })
  );
  assert.deepEqual(withNodes(FRUIT.eaten, nodes), [nodes.name, " has eaten ", nodes.fruits, "."]);
  use("he", { "fruit.eaten": "{fruits} – {name}" });
  assert.deepEqual(withNodes(FRUIT.eaten, nodes), [nodes.fruits, " – ", nodes.name]);
});

test("sentences are marked as English until their language is loaded", () => {
  speak({ language: "de", words: "{}" });
  assert.deepEqual(languageAttributes(), { lang: "en", dir: "ltr" });
  use("de");
  assert.deepEqual(languageAttributes(), { lang: "de", dir: "ltr" });
});

test("the worker gets its texts, and no others", () => {
  assert.deepEqual(workerTexts(), {});
  use("de");
  const texts = workerTexts();
  assert.match(texts["explanation.threads"] ?? "", /Thread/);
  assert.deepEqual(
    new Set(Object.keys(texts).map((key) => key.split(".")[0])),
    new Set(["explanation", "runtime"]),
  );
});

for (const language of readdirSync(FOLDER).map((file) => file.replace(".json", ""))) {
  test(`${language}: sizes and progress have their values`, () => {
    use(language);
    assert.match(describeBytes(12_345_678), /12[.,٫]3/);
    const core = { packages: ["numpy", "pandas"], wheelBytes: 2e6, loadedBytes: 3e6 };
    const { text, amount } = describeProgress({ type: "progress", activity: "core", ...core }, 10e6);
    assert.match(text, /Python.*numpy.*pandas/s);
    assert.match(amount, /3[.,]0.*12[.,]0/);
  });
}
