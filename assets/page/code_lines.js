/** The lines of code. */

/** The lines as Python reads them. @param {string} code @returns {string[]} */
export const linesOf = (code) => code.split(/\r\n?|\n/);
