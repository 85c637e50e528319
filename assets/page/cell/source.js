/** The author's code of a cell. */

/** @param {HTMLElement} cell @returns {string} */
export const sourceOf = ({ dataset: { source = "", quoted } }) =>
  quoted ? decodeURIComponent(quoted) : source;
