/** Web addresses in text become links, and no others do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { safeUrl, splitAtLinks } from "../../assets/page/output/terminal/links.js";

/** @param {string} text @returns {(string | [text: string, href: string])[]} text, and links in it */
const split = (text) =>
  splitAtLinks({ stream: "stdout", text }).map(({ span, href }) =>
    href === null ? span.text : [span.text, href],
  );

/** @type {Record<string, [string, ReturnType<typeof split>]>} */
const CASES = {
  "brackets of the address and of the sentence": [
    "See https://example.com/a_(b)?c=d#e, or (http://localhost:8000/x).",
    [
      "See ",
      ["https://example.com/a_(b)?c=d#e", "https://example.com/a_(b)?c=d#e"],
      ", or (",
      ["http://localhost:8000/x", "http://localhost:8000/x"],
      ").",
    ],
  ],
  "other schemes": [
    "not javascript:alert(1) file:///etc/passwd",
    ["not javascript:alert(1) file:///etc/passwd"],
  ],
  "an address alone": [
    "http://split.example/path",
    [["http://split.example/path", "http://split.example/path"]],
  ],
  "quotation marks around it": [
    '"https://a.example/"',
    ['"', ["https://a.example/", "https://a.example/"], '"'],
  ],
  "no address after the scheme": ["https:// and http://", ["https:// and http://"]],
};

for (const [name, [text, expected]] of Object.entries(CASES)) {
  test(`${name}: links are where they should be`, () => assert.deepEqual(split(text), expected));
}

test("no text is lost around links", () => {
  for (const [text] of Object.values(CASES))
    assert.equal(
      split(text)
        .map((part) => (typeof part === "string" ? part : part[0]))
        .join(""),
      text,
    );
});

test("links made by the code keep their text and style", () => {
  const style = { key: "k", classes: [], css: {}, href: "https://example.org/docs" };
  assert.deepEqual(splitAtLinks({ stream: "stdout", text: "the docs", style }), [
    { span: { stream: "stdout", text: "the docs", style }, href: "https://example.org/docs" },
  ]);
});

test("only web addresses are safe", () => {
  assert.equal(safeUrl("HTTPS://Example.org"), "https://example.org/");
  for (const url of [
    "javascript:alert(1)",
    " javascript:alert(1)",
    "file:///x",
    "mailto:a@b",
    "//a.example",
    "",
  ])
    assert.equal(safeUrl(url), null);
});
