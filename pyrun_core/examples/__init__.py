"""One example and the examples of a page: what is known of them at build time, and their HTML."""
