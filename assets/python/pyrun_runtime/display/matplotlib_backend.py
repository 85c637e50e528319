"""matplotlib's backend in the worker: Agg draws, and the page shows.

matplotlib imports it, because the environment variable MPLBACKEND names it.
https://matplotlib.org/stable/users/explain/figure/writing_a_backend_pyplot_interface.html
"""

from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg

from pyrun_runtime.display import figures

__all__ = ["FigureCanvas", "FigureManager"]


class FigureManager(FigureManagerBase):
    """Shows the figures of pyplot in the output of the example."""

    @classmethod
    def pyplot_show(cls, *, block: bool | None = None) -> None:
        """Show open figures; with ``block=False``, as before a pause, leave them open."""
        figures.show_open(stay_open=block is False)


class FigureCanvas(FigureCanvasAgg):
    """Agg's own canvas, with this manager."""

    manager_class = FigureManager
