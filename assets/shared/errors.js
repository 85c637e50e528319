/** Errors as text. */

/** What was thrown, as text. @param {unknown} error @returns {string} */
export const reasonOf = (error) => (error instanceof Error ? error.message : String(error));

/** The status of an HTTP response, as text: HTTP/2 has numbers only. @param {Pick<Response, "status" | "statusText">} response @returns {string} */
export const describeStatus = ({ status, statusText }) => `${status} ${statusText}`.trim();
