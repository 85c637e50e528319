/** Says whether a cell has a formatter. */

/** @param {HTMLElement} cell @returns {boolean} whether its author has named one, and its code can be edited */
export const canFormat = ({ dataset }) =>
  dataset.format !== undefined && dataset.readonly === undefined && dataset.console === undefined;
