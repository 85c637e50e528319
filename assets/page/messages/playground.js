/** The messages of playgrounds. */
import { messages } from "../language/catalogue.js";

/** For the files and packages of a playground, which load when a reader is interested. */
export const PLAYGROUND_MESSAGES = /* @__PURE__ */ messages("playground", {
  files: "Files",
  newFile: "New file",
  rename: "Rename {name}",
  remove: "Delete {name}",
  /** The field for the name of a file. */
  name: "File name",
  confirm: "OK",
  removed: "{name} was deleted.",
  undo: "Undo",
  reset: "All files are as the authors wrote them.",
  // Why a file cannot have a name.
  empty: "Type a name for the file.",
  invalid: "A file cannot have this name. Use letters and digits, and an ending such as .py or .txt.",
  taken: "There is already a file with this name.",
  /** `{most}` is a number. */
  tooMany: "A playground can have {most} files at most.",
  packages: "Packages",
  /** `{number}` of packages that the reader has chosen. */
  packagesChosen: "Packages ({number})",
  search: "Search packages",
  aboutPackages:
    "Your code can import these packages. Check those to load even if the code does not import them.",
  noPackage: "No package has this name.",
  noPackages: "This site has no packages, but your code can import Python's standard library.",
});
