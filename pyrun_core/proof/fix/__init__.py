"""Writes what examples have shown into the author's files, in place of the documented output."""
