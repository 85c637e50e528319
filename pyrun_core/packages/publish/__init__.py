"""From resolved packages to the files that a site serves, and what each page is told of them."""
