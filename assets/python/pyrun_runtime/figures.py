"""Figures of matplotlib: drawn sharply, described in words, shown once.

Nothing here imports matplotlib before the reader's code does.
"""

import io
import struct
import sys
from collections.abc import Callable, Iterator
from typing import Any, Literal

from pyrun_runtime.representations import Representation

__all__ = ["close", "is_part_of_open_figure", "represent_figure", "show_open"]

Format = Literal["png", "svg"]

_PIXELS_PER_CSS_PIXEL = 2
"""Sharp on the screens of phones and most laptops."""

_PNG_SIZE = struct.Struct(">16xII")
"""Width and height in a PNG's header: https://www.w3.org/TR/png-3/#11IHDR."""

_FAST = {"pil_kwargs": {"compress_level": 1}}
"""The picture goes no farther than to the page: to compress it well takes longer than to draw it."""

format: Format = "png"  # noqa: A001 - the run that goes on says what it wants


def _show_nowhere(_shown: Representation, **_place: object) -> None:
    raise RuntimeError("figures cannot be shown before `pyrun_runtime.display` is installed")


show: Callable[..., None] = _show_nowhere
"""Brings a representation to the page; `pyrun_runtime.display` puts it here."""


def represent_figure(value: object) -> Representation | None:
    """A figure as a picture; None if it is something else."""
    figure_module = sys.modules.get("matplotlib.figure")
    if figure_module is None or not isinstance(value, figure_module.Figure):
        return None
    buffer = io.BytesIO()
    dpi = value.get_dpi()
    value.canvas.print_figure(
        buffer,
        format=format,
        dpi=dpi if format == "svg" else dpi * _PIXELS_PER_CSS_PIXEL,
        bbox_inches="tight",
        facecolor=value.get_facecolor(),
        edgecolor=value.get_edgecolor(),
        **(_FAST if format == "png" else {}),
    )
    drawn = buffer.getvalue()
    shown = Representation({"text/plain": repr(value)}, alt=_describe(value))
    if format == "svg":
        shown.bundle["image/svg+xml"] = drawn.decode()
    else:
        shown.bundle["image/png"] = drawn
        width, height = _PNG_SIZE.unpack_from(drawn)
        shown.width = round(width / _PIXELS_PER_CSS_PIXEL)
        shown.height = round(height / _PIXELS_PER_CSS_PIXEL)
    return shown


def show_open(*, stay_open: bool = False) -> None:
    """Show the figures that are open, as `matplotlib.pyplot.show` does.

    Those that ``stay_open`` are shown in the same place the next time: code that draws, pauses and
    draws again moves.
    """
    for manager in _managers():
        figure = manager.canvas.figure
        shown = represent_figure(figure)
        if shown is None:
            continue
        name = f"figure-{id(figure)}"
        was_shown = getattr(figure, "_pyrun_shown", False)
        show(shown, name=name if stay_open or was_shown else None, replaces=was_shown)
        figure._pyrun_shown = True  # noqa: SLF001 - our own mark
        if not stay_open:
            close(figure)


def close(value: object) -> None:
    """Close a figure that was shown, or that of an animation: the end of the run would show it again."""
    animation = sys.modules.get("matplotlib.animation")
    if animation is not None and isinstance(value, animation.Animation):
        value = value._fig  # noqa: SLF001 - there is no other way to it
    for manager in _managers():
        if manager.canvas.figure is value:
            sys.modules["matplotlib.pyplot"].close(value)


def close_all() -> None:
    """Close what is open, unseen."""
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def is_part_of_open_figure(value: object) -> bool:
    """Whether a value is what plotting returns: lines, bars, axes of a figure that will be shown."""
    if not _managers():
        return False
    artist = sys.modules["matplotlib.artist"].Artist
    container = sys.modules["matplotlib.container"].Container
    figure = sys.modules["matplotlib.figure"].Figure
    parts = value if isinstance(value, list | tuple) and not isinstance(value, container) else [value]
    return any(isinstance(part, artist | container) and not isinstance(part, figure) for part in parts)


def _managers() -> list[Any]:
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    return helpers.Gcf.get_all_fig_managers() if helpers else []


def _describe(figure: Any) -> str:  # noqa: ANN401 - matplotlib has no types here
    """The titles of the figure and of its parts, and what its axes stand for."""
    suptitle = figure.get_suptitle() if hasattr(figure, "get_suptitle") else ""
    parts = [suptitle, *(text for axes in figure.axes for text in _texts(axes))]
    return ". ".join(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _texts(axes: Any) -> Iterator[str]:  # noqa: ANN401
    yield axes.get_title() or axes.get_title("left") or axes.get_title("right")
    labels = [axes.get_ylabel(), axes.get_xlabel()]
    if all(labels):
        yield "{} over {}".format(*labels)
