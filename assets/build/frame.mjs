/** Builds frame.html, which includes all scripts and styles because a frame may load nothing else. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";
import { hashedName } from "./hashed_name.mjs";

const FRAME = path.join(import.meta.dirname, "..", "frame");

/** @typedef {Pick<esbuild.BuildOptions, "minify" | "target">} Options */

/**
 * @param {string} file
 * @param {Options} options
 * @param {Record<string, string>} [texts] by the identifier that the file uses
 * @returns {Promise<string>} a script to include in a page
 */
export async function inlineScript(file, options, texts = {}) {
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
}

/**
 * @param {string} outdir
 * @param {Options} options
 * @returns {Promise<string>} the name of the file
 */
export async function buildFrame(outdir, options) {
  /** @param {string} file */
  const style = async (file) => {
    const css = await readFile(path.join(FRAME, file), "utf8");
    return (await esbuild.transform(css, { ...options, loader: "css" })).code.trim();
  };
  const inside = {
    __PYRUN_INSIDE_SCRIPT__: await inlineScript("inside.js", options),
    __PYRUN_INSIDE_STYLE__: await style("inside.css"),
  };
  const parts = {
    "<!-- style -->": `<style>${await style("frame.css")}</style>`,
    "<!-- script -->": `<script>${await inlineScript("frame.js", options, inside)}</script>`,
  };
  const template = await readFile(path.join(FRAME, "frame.html"), "utf8");
  const html = Object.entries(parts).reduce(
    (made, [marker, part]) => made.replace(marker, () => part),
    template,
  );
  const name = hashedName("frame", ".html", html);
  await writeFile(path.join(outdir, name), html);
  return name;
}
