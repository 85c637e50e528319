/**
 * All that a reader has changed in a playground, as one text: what is kept, compared and shared. The text is the code,
 * then the files that the author does not have like that, each after a line with its name, as in Go's txtar.
 */
import { isFileName } from "./file_name.js";

/** @import { FolderFile } from "../../shared/protocol.js" */

/**
 * `main` is the code that runs, `files` those that are new or differ from the author's, `deleted` the names of files of the
 * author that are gone, `packages` those that the reader has chosen.
 * @typedef {{ main: string, files: FolderFile[], deleted: string[], packages: string[] }} Content
 */

/** A line before a file, or instead of one. No name has a colon. */
const MARK = /^-- (?:(?<kind>deleted|packages): )?(?<rest>.+) --$/;

/** A line of code that reads like one, and perhaps has backslashes before it. */
const LIKE_MARK = /^\\*-- .+ --$/;

/** @param {Content} content @returns {string} */
export function textOf({ main, files, deleted, packages }) {
  return [
    ...escaped(main),
    ...files.flatMap(({ name, code }) => [`-- ${name} --`, ...escaped(code)]),
    ...deleted.map((name) => `-- deleted: ${name} --`),
    ...(packages.length > 0 ? [`-- packages: ${packages.join(" ")} --`] : []),
  ].join("\n");
}

/**
 * @param {string} text from a browser's storage, where any script of the site can write: names of files are checked
 * @returns {Content}
 */
export function contentOf(text) {
  /** @type {string[]} */
  let lines = [];
  /** @type {{ name: string, lines: string[] }[]} */
  const parts = [{ name: "", lines }];
  /** @type {{ deleted: string[], packages: string[] }} */
  const found = { deleted: [], packages: [] };
  for (const line of text.split("\n")) {
    const { kind, rest = "" } = MARK.exec(line)?.groups ?? {};
    if (kind === "deleted") found.deleted.push(rest);
    else if (kind === "packages") found.packages.push(...rest.split(" "));
    else if (rest) {
      lines = [];
      parts.push({ name: rest, lines });
    } else lines.push(LIKE_MARK.test(line) ? line.slice(1) : line);
  }
  const [main = "", ...codes] = parts.map((part) => part.lines.join("\n"));
  const files = codes
    .map((code, at) => ({ name: parts[at + 1]?.name ?? "", code }))
    .filter(({ name }, at, all) => isFileName(name) && all.findIndex((other) => other.name === name) === at);
  return { main, files, ...found };
}

/** @param {string} code @returns {string[]} */
const escaped = (code) => code.split("\n").map((line) => (LIKE_MARK.test(line) ? `\\${line}` : line));
