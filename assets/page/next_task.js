/** Lets the page do what else it has to, so that it never stands still for long. @returns {Promise<void>} */
export const nextTask = () => new Promise((resolve) => setTimeout(resolve));
