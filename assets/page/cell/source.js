/** The author's code of a cell. */

/** @param {import("./example_data.js").ExampleData} cell @returns {string} */
export const sourceOf = ({ dataset: { source = "", quoted } }) =>
  quoted ? decodeURIComponent(quoted) : source;
