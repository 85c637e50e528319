"""All groups, in the order of the table."""

from benchmarks.visits import VISITS

__all__ = ["GROUPS"]

GROUPS = (VISITS,)
