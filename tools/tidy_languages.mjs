/**
 * Puts the texts of all translations into the order of the English ones, and removes those that English has no more.
 *
 *     node tools/tidy_languages.mjs
 */
import { execFileSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");
const FOLDER = path.join(ROOT, "assets", "languages");

/** As in `make`, which has installed it. */
const PYTHON = path.join(ROOT, ".venv", "bin", "python");

const listed = execFileSync(PYTHON, [path.join(ROOT, "tools", "english_texts.py")], { encoding: "utf8" });
const keys = Object.keys(JSON.parse(listed));
for (const file of await readdir(FOLDER)) {
  const texts = JSON.parse(await readFile(path.join(FOLDER, file), "utf8"));
  const tidy = Object.fromEntries(keys.filter((key) => key in texts).map((key) => [key, texts[key]]));
  const missing = keys.filter((key) => !(key in texts));
  await writeFile(path.join(FOLDER, file), `${JSON.stringify(tidy, null, 2)}\n`);
  if (missing.length > 0) console.log(`${file} lacks ${missing.join(", ")}`);
}
