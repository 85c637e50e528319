/** Builds frame.html: one file with all that it needs in it, because nothing else may be loaded there. */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";

const FRAME = path.join(import.meta.dirname, "frame");

/** As many characters as esbuild puts into file names. */
const HASH_CHARACTERS = 8;

/**
 * @param {string} outdir
 * @param {Pick<esbuild.BuildOptions, "minify" | "target">} options
 * @returns {Promise<string>} the name of the file
 */
export async function buildFrame(outdir, options) {
  /** @param {string} file */
  const style = async (file) => {
    const css = await readFile(path.join(FRAME, file), "utf8");
    return (await esbuild.transform(css, { ...options, loader: "css" })).code.trim();
  };
  /** @param {string} file @param {Record<string, string>} texts by the name that the file has for them */
  const script = async (file, texts) => {
    const define = Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [name, JSON.stringify(text)]),
    );
    const { outputFiles } = await esbuild.build({
      ...options,
      entryPoints: [path.join(FRAME, file)],
      tsconfigRaw: "{}",
      bundle: true,
      write: false,
      format: "iife",
      charset: "utf8",
      define,
      logLevel: "warning",
    });
    return (outputFiles[0]?.text ?? "").trim();
  };
  const inside = {
    __PYRUN_INSIDE_SCRIPT__: await script("inside.js", {}),
    __PYRUN_INSIDE_STYLE__: await style("inside.css"),
  };
  const parts = {
    "<!-- style -->": `<style>${await style("frame.css")}</style>`,
    "<!-- script -->": `<script>${await script("frame.js", inside)}</script>`,
  };
  const template = await readFile(path.join(FRAME, "frame.html"), "utf8");
  const html = Object.entries(parts).reduce(
    (made, [place, part]) => made.replace(place, () => part),
    template,
  );
  const hash = createHash("sha256").update(html).digest("hex").slice(0, HASH_CHARACTERS).toUpperCase();
  const name = `frame-${hash}.html`;
  await writeFile(path.join(outdir, name), html);
  return name;
}
