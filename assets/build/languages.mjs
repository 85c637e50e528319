/** Writes one file of texts for each language. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { hashedName } from "./hashed_name.mjs";

/**
 * @param {string} folder with one JSON file for each language but English
 * @param {string} outdir
 * @returns {Promise<Record<string, string>>} the names of the written files, by language
 */
export async function buildLanguages(folder, outdir) {
  /** @type {Record<string, string>} */
  const names = {};
  for (const file of (await readdir(folder)).sort()) {
    const language = path.parse(file).name;
    const texts = JSON.stringify(JSON.parse(await readFile(path.join(folder, file), "utf8")));
    names[language] = hashedName(`language_${language.replace("-", "_")}`, ".json", texts);
    await writeFile(path.join(outdir, names[language]), texts);
  }
  return names;
}

/**
 * @param {Record<string, string>} names
 * @param {(name: string) => Promise<string>} pin returns JavaScript
 * @returns {Promise<string>} JavaScript
 */
export async function pinLanguages(names, pin) {
  const entries = Object.entries(names);
  const pins = await Promise.all(
    entries.map(async ([language, name]) => `${JSON.stringify(language)}: ${await pin(name)}`),
  );
  return `{ ${pins.join(", ")} }`;
}
