"""Packages: what pages require, resolved at build time to the files that the site publishes."""
