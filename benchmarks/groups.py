"""All groups, in the order of the table."""

from benchmarks.replacing import REPLACING
from benchmarks.running import LINES, LOOP, RERUN
from benchmarks.visits import VISITS

__all__ = ["GROUPS"]

GROUPS = (VISITS, REPLACING, RERUN, LINES, LOOP)
