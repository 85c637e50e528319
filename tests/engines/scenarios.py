"""All scenarios, in the order in which they are played and listed."""

from __future__ import annotations

from tests.engines.asking import ASKING, MEGABYTE
from tests.engines.running import ENDING, RUNNING
from tests.engines.stopping import STOPPING

__all__ = ["SCENARIOS"]

SCENARIOS = (*RUNNING, *ASKING, *STOPPING, *ENDING, MEGABYTE)
