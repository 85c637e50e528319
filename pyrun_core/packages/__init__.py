"""Packages: what pages ask for, settled at build time into the files that the site serves."""
