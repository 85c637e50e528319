"""Live Python examples in Zensical: list the Markdown extension ``pyrun``, and a fence with this format.

Zensical has no plugins, and it runs Markdown extensions only for pages that it has not cached. But whenever
it reads its configuration, it looks up the formats of the fences. `zensical_pyrun.fence` is such a format:
looking it up has the site finished after each build.
"""

from zensical_pyrun.fence_format import FenceFormat, fence_format
from zensical_pyrun.process import attach

__all__ = ["fence"]

fence: FenceFormat
"""The format of the fence ``pyrun``."""


def __getattr__(name: str) -> FenceFormat:
    """Look up `fence`, which Zensical does each time that it reads its configuration."""
    if name != "fence":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    attach()
    return fence_format()
