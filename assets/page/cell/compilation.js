/** Pages that collect the examples of several pages: for printing, in one file, or as the first lines of articles. */

/**
 * Whether the page is such a collection. Then nothing starts before the reader asks for it, because no author chose
 * for this page what runs when.
 */
export function isCompilation() {
  const cells = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("pyrun-cell"));
  return [...cells].some(({ dataset }) => dataset.page !== cells[0]?.dataset.page);
}
