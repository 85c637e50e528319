"""What libraries make when they are first used, made before a snapshot of Python is taken, which then has it.

Nobody can tell afterwards that they were: no figure is open, and nothing is drawn at random.
"""

import sys
from contextlib import suppress

from pyrun_runtime.display import figures

__all__ = ["rehearse"]


def rehearse() -> None:
    """Use the libraries that have been imported. One that fails does so again where somebody wants it."""
    for use in (_draw_figure, _show_table):
        with suppress(BaseException):
            use()


def _draw_figure() -> None:
    """A third of the time of a first figure goes into what the next ones find done, above all fonts."""
    if "matplotlib.pyplot" not in sys.modules:
        return
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - not for those without it
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(2, 1))  # inches: its pixels stay in the memory that is kept
    FigureCanvasAgg(figure)  # not pyrun's own, which changes settings when a reader's figure first wants it
    axes = figure.add_subplot()
    axes.plot([0, 1], label="label")
    axes.set_title("title")
    axes.legend()
    figures.represent_figure(figure)


def _show_table() -> None:
    if "pandas" in sys.modules:
        sys.modules["pandas"].DataFrame({"column": [0.5]})._repr_html_()
