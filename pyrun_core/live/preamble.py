"""The code that runs once in each session, before its first example."""

from collections.abc import Iterable

__all__ = ["join_preambles"]


def join_preambles(parts: Iterable[str]) -> str:
    """The code of several levels as one text: the outermost level first, each text once."""
    return "\n".join(dict.fromkeys(filter(None, (part.strip("\n").rstrip() for part in parts))))
