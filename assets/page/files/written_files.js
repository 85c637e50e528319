/** Offers the files that a run has written for download. */
import { describeBytes } from "../descriptions.js";
import { button, element } from "../dom.js";
import { languageAttributes } from "../language/current.js";
import { FILE_MESSAGES } from "../messages.js";
import { shownPath } from "./safe_name.js";
import { save } from "./save.js";

/** @import { Written, WrittenFile } from "../../shared/protocol.js" */
/** @import { PageInterpreter } from "../interpreter/page_interpreter.js" */

/** @param {PageInterpreter} interpreter that ran the code @param {Written} written */
export function offerFiles(interpreter, { files, omitted }) {
  const { epoch } = interpreter;
  const problem = element("p", { className: "notice", hidden: true });
  /** @param {string} path */
  const download = async (path) => {
    const content = epoch === interpreter.epoch ? await interpreter.files.read(path) : null;
    problem.hidden = content !== null;
    if (content !== null) return save(content, path);
    const { fileGone, fileLost } = FILE_MESSAGES;
    problem.textContent = (epoch === interpreter.epoch ? fileGone : fileLost)({ path: shownPath(path) });
  };
  return element(
    "div",
    { className: "notice files", ...languageAttributes() },
    `${FILE_MESSAGES.files} `,
    ...files.flatMap((file) => [downloadButton(file, download), " "]),
    omitted > 0 ? FILE_MESSAGES.andOthers({ count: omitted }) : "",
    problem,
  );
}

/** @param {WrittenFile} file @param {(path: string) => void} download */
function downloadButton({ path, bytes }, download) {
  const name = FILE_MESSAGES.sizedFile({ name: shownPath(path), size: describeBytes(bytes) });
  return button(name, { "aria-label": FILE_MESSAGES.download({ name }) }, () => download(path));
}
