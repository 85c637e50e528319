/** The built site as threads get it: what is settled, and the files that the settlement lists, verified. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { functionOf } from "../page/interpreter/isolated_script.js";
import { NOTHING_IS_OFF } from "../page/settlement/off_switch.js";
import { Settlement } from "../page/settlement/settlement.js";
import { CORE_MODULE, ENTRY, GLUE, OLD_GLUE } from "../shared/core_files.js";
import { reasonOf } from "../shared/errors.js";

/** @import { FileAnswer, FileRequest } from "../shared/file_messages.js" */
/** @import { CoreMessage } from "../shared/file_messages.js" */
/** @import { PinnedFile } from "../shared/protocol.js" */

/** pyrun's own files: the script of the worker, and what it loads. @typedef {{ folder: string, worker: string, runtime: string, turtle: string }} OwnFiles */

/** Where the root of the site is, for the worker. No request goes there. */
const ROOT_URL = "https://site.invalid/";

const SETTLEMENT = "settlement.json";

/** A site in a folder. */
export class SiteFolder {
  #root;
  #remote;
  #own;
  /** @type {Map<string, Promise<Buffer>>} */
  #kept = new Map();
  /** @type {Promise<CoreMessage> | null} */
  #core = null;

  /**
   * @param {string} root the folder of the site
   * @param {string} url of pyrun's folder
   * @param {Settlement} settlement
   * @param {Record<string, string>} remote files of other servers, by URL
   * @param {OwnFiles} own
   */
  constructor(root, url, settlement, remote, own) {
    this.#root = root;
    this.#remote = remote;
    this.settlement = settlement;
    this.#own = own;
    /** The folder of pyrun's own files, for the worker. */
    this.assetsUrl = new URL("./", url).href;
    this.workerUrl = this.assetsUrl + own.worker;
  }

  /**
   * @param {string} folder pyrun's in the site
   * @param {Record<string, string>} remote files of other servers, by URL
   * @param {OwnFiles} own
   * @throws {Error} there is no settlement, or it cannot be read
   */
  static async open(folder, remote, own) {
    const text = await readFile(path.join(folder, SETTLEMENT), "utf8");
    const { root: above } = /** @type {{ root: string }} */ (JSON.parse(text));
    const depth = above.split("../").length - 1;
    const root = path.resolve(folder, ...Array(depth).fill(".."));
    const inside = path.relative(root, folder).split(path.sep).map(encodeURIComponent);
    const url = [ROOT_URL.slice(0, -1), ...inside.filter(Boolean), SETTLEMENT].join("/");
    return new SiteFolder(root, url, new Settlement(text, url, NOTHING_IS_OFF), remote, own);
  }

  /**
   * The script of the worker, in which Pyodide's scripts are functions, as for a page that isolates its examples.
   * @throws {Error} a file is missing, or has changed
   */
  async workerScript() {
    const { core } = this.settlement;
    const names = [ENTRY, GLUE, OLD_GLUE].filter((name) => name in core);
    const worker = await readFile(path.join(this.#own.folder, this.#own.worker), "utf8");
    const functions = names.map(async (name) => {
      const content = await this.#read(/** @type {PinnedFile} */ (core[name]));
      return `${JSON.stringify(name)}:${functionOf(content.toString("utf8"))}`;
    });
    return `const __PYRUN_SCRIPTS__={${(await Promise.all(functions)).join()}};\n${worker}`;
  }

  /** Pyodide's own WebAssembly, compiled once for all threads. @returns {Promise<CoreMessage>} */
  core() {
    this.#core ??= this.#compile();
    return this.#core;
  }

  /** @returns {Promise<CoreMessage>} */
  async #compile() {
    try {
      const file = /** @type {PinnedFile} */ (this.settlement.core[CORE_MODULE]);
      const content = await this.#read(file);
      this.#kept.delete(file.url); // 10 MB, which nobody reads again
      const module = await WebAssembly.compile(/** @type {Uint8Array<ArrayBuffer>} */ (content));
      return { type: "core", module, problem: "" };
    } catch (error) {
      return { type: "core", module: null, problem: reasonOf(error) };
    }
  }

  /**
   * Answers the requests of one thread, as `file_service.js` does in a page.
   * @param {import("node:worker_threads").MessagePort} port
   */
  serve(port) {
    const post = (/** @type {FileAnswer} */ answer, /** @type {ArrayBuffer[]} */ transferred = []) =>
      port.postMessage(answer, transferred);
    port.on("message", async (/** @type {FileRequest} */ message) => {
      const { request, url } = message ?? {};
      if (typeof request !== "number" || typeof url !== "string") return;
      const own = this.#ownFile(url);
      const integrity = this.settlement.integrityOf(url);
      if (own === null && !integrity) return post({ type: "unlisted", request });
      try {
        const content = new Uint8Array(await (own ?? this.#read({ url, integrity: integrity ?? "" })));
        const { buffer } = content.slice(); // what is kept must not be transferred
        post({ type: "content", request, content: buffer, status: { status: 200, statusText: "OK" } }, [
          buffer,
        ]);
      } catch (error) {
        post({ type: "failed", request, detail: reasonOf(error) });
      }
    });
  }

  /** @param {string} url @returns {Promise<Buffer> | null} */
  #ownFile(url) {
    const { folder, runtime, turtle } = this.#own;
    const name = [runtime, turtle].find((each) => url === this.assetsUrl + each);
    return name === undefined ? null : this.#keep(url, () => readFile(path.join(folder, name)));
  }

  /** @param {PinnedFile} file that the settlement lists @returns {Promise<Buffer>} verified */
  #read({ url, integrity }) {
    return this.#keep(url, async () => {
      const content = await this.#content(url);
      const found = `sha256-${createHash("sha256").update(content).digest("base64")}`;
      if (found !== integrity) throw new Error(`${url} has been changed`);
      return content;
    });
  }

  /** @param {string} url @returns {Promise<Buffer>} */
  async #content(url) {
    if (!url.startsWith(ROOT_URL)) {
      const file = this.#remote[url];
      if (file === undefined) throw new Error(`${url} was not downloaded`);
      return readFile(file);
    }
    const base = pathToFileURL(`${this.#root}${path.sep}`);
    const { pathname } = new URL(url);
    return readFile(new URL(`.${pathname}`, base));
  }

  /** @param {string} url @param {() => Promise<Buffer>} read @returns {Promise<Buffer>} read once */
  #keep(url, read) {
    let content = this.#kept.get(url);
    if (content === undefined) {
      content = read();
      this.#kept.set(url, content);
    }
    return content;
  }
}
