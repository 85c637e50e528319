/**
 * The keys of what a page shows, or names for screen readers, before it loads its language. These texts come with the page.
 */
export const EARLY_WORDS = [
  ...["toolbar.run", "toolbar.stop", "toolbar.reset", "toolbar.copy", "toolbar.more"],
  ...["cell.staticCode", "cell.first", "cell.loading", "failure.unserved"],
];
