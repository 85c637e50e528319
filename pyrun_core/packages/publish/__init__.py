"""From selected packages to the files that a site serves, and what each page loads of them."""
