"""Attacks on the author's machine, the page and the reader. Each one ends in a refusal."""
