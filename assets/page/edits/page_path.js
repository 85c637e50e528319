/** The path of the page, by which its edits are stored. A folder has the same one as its index. */
export const pagePath = () => location.pathname.replace(/index\.html?$/, "");
