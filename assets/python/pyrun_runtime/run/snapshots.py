"""What Python does before a snapshot of it is taken, and after it is restored."""

import gc
import importlib
import random
import sys
from collections.abc import Iterable
from contextlib import suppress

from pyrun_runtime.display import figures

__all__ = ["prepare", "resume"]


def prepare(imports: Iterable[str]) -> str:
    """Import modules, and fill the caches of libraries, so that the snapshot includes both.

    Returns:
        The paths of the bytecode that was read, one a line. The snapshot does not need those files.
    """
    for name in imports:
        with suppress(BaseException):  # the example that imports the module reports what is wrong with it
            importlib.import_module(name)
    for use in (_draw_figure, _show_table):
        with suppress(BaseException):  # it fails again where an example does the same
            use()
    sys.path_importer_cache.clear()
    gc.collect()
    specs = (getattr(module, "__spec__", None) for module in list(sys.modules.values()))
    cached = (getattr(spec, "cached", None) for spec in specs)
    return "\n".join(path for path in cached if path)


def resume() -> None:
    """Reseed: two pages that start from one snapshot must not draw the same random numbers."""
    random.seed()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()


# No example can see the effects of these two: no figure stays open, and no random number is drawn.


def _draw_figure() -> None:
    """Draw a figure: a third of the time of a first one fills caches, above all of fonts, for later ones."""
    if "matplotlib.pyplot" not in sys.modules:
        return
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - only where it is installed
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(2, 1))  # inches; small, because its pixels stay in the snapshot
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.plot([0, 1], label="label")
    axes.set_title("title")
    axes.legend()
    figures.represent_figure(figure)


def _show_table() -> None:
    if "pandas" in sys.modules:
        sys.modules["pandas"].DataFrame({"column": [0.5]})._repr_html_()
