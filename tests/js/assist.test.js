/** Help while a reader writes, as far as it needs neither a browser nor Python. */
import assert from "node:assert/strict";
import test from "node:test";
import * as esbuild from "esbuild";
import { find } from "../../assets/page/assist/documentation.js";
import { completeFromWords, wordsOf } from "../../assets/page/assist/words.js";
import { CODEMIRROR } from "../../assets/page/editor/codemirror.js";
import { Questions, readAnswer } from "../../assets/page/interpreter/questions.js";

/** @import { ExampleData } from "../../assets/page/cell/example_data.js" */
/** @import { AssistAnswers, AssistQuestion, AssistRequest } from "../../assets/shared/assist_messages.js" */

/** @param {string} line @param {string[]} [codes] */
const labels = (line, codes = []) =>
  completeFromWords(line, codes, false)?.options.map(({ label }) => label) ?? [];

test("words are the names in code, without those in strings and comments", () => {
  const words = wordsOf([
    "größe = 'text'  # remark\nprint(größe.attribute)",
    '"""long\ntext"""\nother_name = x',
  ]);
  assert.deepEqual([...words], ["größe", "print", "other_name"]);
});

test("words, keywords and built-in names complete a name", () => {
  const code = ["harvest = 1"];
  assert.ok(labels("har", code).includes("harvest"));
  assert.ok(labels("x = (whi", code).includes("while"));
  assert.ok(labels("pri", code).includes("print"));
});

test("the code shows which attributes an object has", () => {
  const code = ["np.array([1]).sum()\nnp.linspace(0, 1)\nother.thing"];
  assert.deepEqual(labels("np.", code), ["array", "linspace"]);
  assert.deepEqual(labels("unknown.", code), []);
});

test("numbers, new names and nothing complete to nothing", () => {
  for (const line of ["", "1.", "0x", "x = 3e", "def na", "class Na", "import x as y", "for i", "(", "'a'."])
    assert.deepEqual(labels(line, ["name = 1"]), [], line);
});

/** @type {Omit<AssistQuestion, "session"> & { kind: "check" }} */
const QUESTION = {
  kind: "check",
  before: "",
  code: "",
  cursor: 0,
  asked: false,
  fileName: "",
};

/** @type {ExampleData} */
const EXAMPLE = { dataset: {} };

test("a question waits for its answer, and for no other", async () => {
  /** @type {AssistRequest[]} */
  const sent = [];
  const questions = new Questions((message) => void sent.push(message));
  const asked = questions.ask(EXAMPLE, "/", QUESTION);
  questions.answer({ type: "assisted", request: 99, answer: "{}" });
  questions.answer({ type: "assisted", request: sent[0]?.request ?? 0, answer: '{"mistake":null}' });
  assert.deepEqual(await asked, { mistake: null });
});

test("a busy Python is not asked, and a lost one has no answer", async () => {
  const busy = new Questions(() => false);
  assert.equal(await busy.ask(EXAMPLE, "/", QUESTION), null);
  const lost = new Questions(() => {});
  const asked = lost.ask(EXAMPLE, "/", QUESTION);
  lost.stop();
  assert.equal(await asked, null);
});

test("answers that Python itself would not give are dropped", () => {
  /** @type {[keyof AssistAnswers, string | null][]} */
  const forged = [
    ["complete", "{}"],
    ["complete", '{"what":"names","prefix":"","quote":"","isWhole":true,"options":[{"label":1,"kind":"x"}]}'],
    ["signature", '{"name":"f","pieces":"a","active":0,"result":"","text":"","names":[]}'],
    ["describe", '{"title":{},"text":"","names":[]}'],
    ["check", '{"mistake":{"message":"a","line":-1,"column":0,"endLine":1,"endColumn":1}}'],
    ["check", "null"],
    ["check", "{"],
    ["check", `"${"x".repeat(300_000)}"`],
  ];
  for (const [kind, text] of forged)
    assert.equal(readAnswer(kind, text), null, `${kind} ${text?.slice(0, 80)}`);
});

test("a name leads to its page, and to nothing that runs scripts", () => {
  const table = {
    format: 1,
    pages: ["../api.html", "https://docs.example/lib.html", "javascript:alert(1)"],
    names: /** @type {Record<string, [number, string?]>} */ ({
      "a.b": [0],
      c: [1, "other"],
      bad: [2],
      worse: [9],
    }),
  };
  const documentation = { url: "https://site.example/en/_static/names.json", table };
  assert.equal(find(documentation, ["missing", "a.b"]), "https://site.example/en/api.html#a.b");
  assert.equal(find(documentation, ["c"]), "https://docs.example/lib.html#other");
  assert.equal(find(documentation, ["bad", "toString"]), null);
});

test("the editor hands the bundle all that it uses of CodeMirror", async () => {
  const { outputFiles } = await esbuild.build({
    entryPoints: ["assets/page/assist/on_assist.js"],
    bundle: true,
    write: false,
    format: "cjs",
    external: Object.keys(CODEMIRROR),
    loader: { ".css": "text" },
  });
  const text = outputFiles[0]?.text ?? "";
  const used = [...text.matchAll(/\bimport_(\w+?)\d*\.(\w+)/g)].map(
    ([, module, name]) => `${module}.${name}`,
  );
  const provided = Object.entries(CODEMIRROR).flatMap(([module, names]) =>
    Object.keys(names).map((name) => `${module.replace("@codemirror/", "")}.${name}`),
  );
  assert.deepEqual(
    [...new Set(used)].filter((name) => !provided.includes(name)),
    [],
  );
});
