"""Wheels of the site, rewritten for browsers: with bytecode, without files that have no use there."""
