/** Markdown that code shows. */
import { marked } from "marked";
import { showHtml } from "./html.js";

/** @param {string} text Markdown as GitHub has it @returns {Promise<Node>} */
export const showMarkdown = async (text) => showHtml(await marked.parse(text));
