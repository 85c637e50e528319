/** An example as its author would write it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { authorText } from "../../assets/page/share/author_text.js";

const DATASET = {
  name: "plot",
  page: "guide.rst",
  packages: '["numpy>=2","my wheel.whl"]',
  nowrap: "",
  readonly: "",
  stdin: "Ada\n36",
  snapshots: "",
  isolation: "opaque",
};
const CODE = "if True:\n\n    print('```')";

test("reStructuredText has a directive with the options of the block", () => {
  const [head = "", ...rest] = authorText(DATASET, CODE, "rst").split("\n");
  const end = rest.indexOf("");
  assert.equal(head, ".. pyrun::");
  assert.deepEqual(rest.slice(0, end).sort(), [
    "   :name: plot",
    "   :packages: numpy>=2 'my wheel.whl'",
    "   :readonly:",
    "   :stdin: Ada\\n36",
    "   :wrap: false",
  ]);
  assert.equal(rest.slice(end).join("\n"), "\n   if True:\n\n       print('```')\n");
  assert.equal(authorText({}, "1", "rst"), ".. pyrun::\n\n   1\n");
});

test("MyST has a directive in a fence, and Markdown a fence with attributes", () => {
  assert.equal(authorText({ name: "plot" }, CODE, "myst"), `\`\`\`{pyrun}\n:name: plot\n\n${CODE}\n\`\`\`\n`);
  assert.equal(authorText({}, "1", "myst"), "```{pyrun}\n1\n```\n");
  assert.equal(authorText({ readonly: "" }, "1", "markdown"), "```pyrun readonly\n1\n```\n");
  assert.equal(
    authorText({ caption: 'A "title"', name: "plot" }, "1", "markdown"),
    '```pyrun caption=\'A "title"\' name="plot"\n1\n```\n',
  );
});

test("a fence is longer than those in the code", () => {
  assert.equal(authorText({}, "'''\n````\n'''", "markdown"), "`````pyrun\n'''\n````\n'''\n`````\n");
});
