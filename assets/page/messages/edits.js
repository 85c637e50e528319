/** The messages about the reader's edits, and about code that is shared. */
import { messages } from "../language/catalogue.js";

/** For edits that the browser keeps. These and the next ones load when a reader edits, or opens a link with code. */
export const EDIT_MESSAGES = /* @__PURE__ */ messages("edit", {
  modified: "Modified",
  modifiedOnly: "Modified, not kept",
  stale: "The authors have changed this example since you edited it.",
  otherTab: "There is another version of your code for this example, from another tab or window.",
  gone: "You edited an example that is no longer on this page.",
  keepMine: "Keep mine",
  takeNew: "Take new",
  keepThis: "Keep this one",
  takeOther: "Take the other",
  compare: "Compare",
  changes: "Differences",
  showMine: "Show my code",
  discard: "Discard",
  close: "Close",
  // Why an edit is not stored.
  blocked:
    "Your browser does not let this site keep your edits, so they are lost when you leave the page. Download your code if you need it later.",
  full: "Your edits could not be kept, because the storage of this site is full. They are lost when you leave the page, so download your code if you need it later.",
  large:
    "This code is too long to be kept. It is lost when you leave the page, so download it if you need it later.",
  newerEdits:
    "Your edits could not be kept, because a newer version of this site has stored others. They are lost when you leave the page, so download your code if you need it later.",
});

/** For sharing code, and for code from links. */
export const LINK_MESSAGES = /* @__PURE__ */ messages("link", {
  share: "Share",
  download: "Download",
  copyAsReST: "Copy as reST",
  copyAsMarkdown: "Copy as Markdown",
  copied: "Link copied",
  copyYourself: "Copy this link to share your code:",
  field: "Link",
  tooMuch: "This code is too long for a link. Download it instead, and share the file.",
  proposed:
    "This code comes from a link, not from the authors of this site. It runs only if you run it, and isolated from this site.",
  suggested: "A link has other code for this example.",
  showOriginal: "Show the original",
  showEdit: "Show my code",
  showLinked: "Show the code of the link",
  showCode: "Show the code",
  // Why a link is not opened.
  damaged: "The code in this link is damaged, so it cannot be shown. Ask for the link again.",
  tooLarge: "The code in this link is too long, so it is not shown.",
  newer: "A newer version of this site made this link. Reload the page to get that version.",
  gone: "The example that this link is for is no longer on this page, or cannot be edited.",
});
