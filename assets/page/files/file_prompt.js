/** The control for files that the code asks for with `pyrun.upload`. */
import { button, element } from "../dom.js";
import { FILE_MESSAGES } from "../messages.js";
import { promptForm } from "../run/prompt_form.js";
import { dataUrl } from "./content_url.js";
import { tooLarge } from "./reader_files.js";

/**
 * A control for files that the code asks for, in line with the output.
 * @param {string} text the prompt
 * @param {string} accept which files, as in HTML
 * @param {boolean} multiple whether more than one may be chosen
 * @param {(answer: string | null) => void} onAnswer called once, with an `Answer` of the protocol
 */
export function makeFilePrompt(text, accept, multiple, onAnswer) {
  const name = text.trim() || FILE_MESSAGES.choose;
  const box = element("input", { type: "file", accept, multiple, "aria-label": name });
  const cancel = button(FILE_MESSAGES.cancel, {}, () => onAnswer(null));
  const problem = element("span", { role: "alert" });
  box.onchange = async () => {
    const files = [...(box.files ?? [])];
    if (files.length === 0) return;
    problem.textContent = tooLarge(files);
    if (problem.textContent) return;
    try {
      onAnswer(JSON.stringify(await Promise.all(files.map(async (file) => [file.name, await base64(file)]))));
    } catch {
      problem.textContent = FILE_MESSAGES.unreadable({ name: files.map(({ name }) => name) });
    }
  };
  const form = promptForm(box, cancel, problem);
  form.addEventListener("submit", (event) => event.preventDefault());
  return { element: form, name, box };
}

/** @param {File} file @returns {Promise<string>} */
async function base64(file) {
  const url = await dataUrl(file);
  return url.slice(url.indexOf(",") + 1);
}
