"""Repacking wheels for browsers: with bytecode, without files that browsers do not use."""
