"""Attacks by the text of a page, a package or a lock file on the machine that builds the site."""
