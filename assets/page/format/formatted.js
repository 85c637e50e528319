/** What formatters answer, and what they need of the editor. */

/** @typedef {(file: PinnedFile) => Promise<any>} ImportPinned */

/**
 * What a formatter made of the code; or why there is nothing. `syntax`: the code has a mistake in `line`, from 1. `missing`:
 * the site has no formatter. `busy`: Python runs other code.
 * @typedef {{ code: string } | { problem: "syntax", line: number, message: string } | { problem: "missing" | "busy" }} Formatted
 */

export {};
