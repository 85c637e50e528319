/** Offers the files that a run has written for download. */
import { button, element } from "../dom.js";
import { describeBytes, FILE_MESSAGES } from "../messages.js";

/** @import { Written, WrittenFile } from "../../shared/protocol.js" */
/** @import { PageInterpreter } from "../interpreter/page_interpreter.js" */

/** The last file that was saved. A browser may still read it after `click` returns. */
let savedUrl = "";

/** @param {PageInterpreter} interpreter that ran the code @param {Written} written */
export function offerFiles(interpreter, { files, omitted }) {
  const { epoch } = interpreter;
  const problem = element("p", { className: "notice", hidden: true });
  /** @param {string} path */
  const download = async (path) => {
    const content = epoch === interpreter.epoch ? await interpreter.files.read(path) : null;
    problem.hidden = content !== null;
    if (content !== null) return save(content, path.slice(path.lastIndexOf("/") + 1));
    problem.textContent =
      epoch === interpreter.epoch ? FILE_MESSAGES.fileGone(path) : FILE_MESSAGES.fileLost(path);
  };
  return element(
    "div",
    { className: "notice files" },
    `${FILE_MESSAGES.files} `,
    ...files.flatMap((file) => [downloadButton(file, download), " "]),
    omitted > 0 ? FILE_MESSAGES.andOthers(omitted) : "",
    problem,
  );
}

/** @param {WrittenFile} file @param {(path: string) => void} download */
function downloadButton({ path, bytes }, download) {
  const name = `${path} (${describeBytes(bytes)})`;
  return button(name, { "aria-label": FILE_MESSAGES.download(name) }, () => download(path));
}

/** @param {Uint8Array<ArrayBuffer>} content @param {string} name */
function save(content, name) {
  URL.revokeObjectURL(savedUrl);
  savedUrl = URL.createObjectURL(new Blob([content]));
  element("a", { href: savedUrl, download: name }).click();
}
