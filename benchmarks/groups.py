"""All groups, in the order of the results."""

from benchmarks.building import SITES
from benchmarks.completing import COMPLETION
from benchmarks.displays import DISPLAYS
from benchmarks.editing import EDITING
from benchmarks.engines import ENGINES
from benchmarks.existing_builds import EXISTING
from benchmarks.floods import FLOODED
from benchmarks.intent import INTENT
from benchmarks.large_builds import LARGE
from benchmarks.many_cells import MANY_CELLS
from benchmarks.memory import MEMORY
from benchmarks.navigation import NAVIGATION
from benchmarks.peers.comparing import PEERS
from benchmarks.proving import PROOF
from benchmarks.replacing import REPLACING
from benchmarks.resolving import RESOLVING
from benchmarks.running import LINES, LOOP, RERUN
from benchmarks.stopping import STOP
from benchmarks.tasks import TASKS
from benchmarks.visits import VISITS

__all__ = ["GROUPS"]

GROUPS = (
    VISITS,
    REPLACING,
    NAVIGATION,
    RERUN,
    TASKS,
    INTENT,
    MANY_CELLS,
    SITES,
    LARGE,
    EXISTING,
    MEMORY,
    ENGINES,
    PEERS,
    LINES,
    LOOP,
    STOP,
    COMPLETION,
    EDITING,
    FLOODED,
    DISPLAYS,
    RESOLVING,
    PROOF,
)
