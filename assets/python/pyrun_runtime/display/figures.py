"""Figures of matplotlib, in the resolution of most screens, with a text alternative.

Nothing here imports matplotlib before the reader's code does.
"""

import io
import sys
from collections.abc import Callable, Iterator
from struct import Struct
from typing import Any, Literal

from pyrun_runtime.display.representations import Representation

__all__ = ["changed", "close", "is_part_of_open_figure", "represent_figure", "show_open", "touch"]

Format = Literal["png", "svg"]

_PIXELS_PER_CSS_PIXEL = 2
"""As on the screens of phones and most laptops."""

_FASTEST = 1
"""The level of zlib, because the picture only travels from the worker to the page."""

_PNG_SIZE, _PNG_SIZE_OFFSET = Struct(">II"), 16
"""Width and height in pixels, in the first chunk of a PNG: https://www.w3.org/TR/png-3/#11IHDR"""

format: Format = "png"  # noqa: A001 - set for each run


def _show_nowhere(_shown: Representation, **_options: object) -> None:
    raise RuntimeError("figures cannot be shown before `pyrun_runtime.display.display` is installed")


show: Callable[..., None] = _show_nowhere
"""Sends a representation to the page; `pyrun_runtime.display.display` sets it."""


def represent_figure(value: object) -> Representation | None:
    """A figure as a picture; None for other values."""
    figure_module = sys.modules.get("matplotlib.figure")
    if figure_module is None or not isinstance(value, figure_module.Figure):
        return None
    shown = Representation({"text/plain": repr(value)}, alt=_describe(value))
    if format == "svg":
        drawing = io.BytesIO()
        _draw(value, drawing, "svg", value.get_dpi())
        shown.bundle["image/svg+xml"] = drawing.getvalue().decode()
    else:
        picture = io.BytesIO()
        dpi = value.get_dpi() * _PIXELS_PER_CSS_PIXEL
        _draw(value, picture, "png", dpi, pil_kwargs={"compress_level": _FASTEST})
        png = shown.bundle["image/png"] = picture.getvalue()
        width, height = _PNG_SIZE.unpack_from(png, _PNG_SIZE_OFFSET)
        shown.width = round(width / _PIXELS_PER_CSS_PIXEL)
        shown.height = round(height / _PIXELS_PER_CSS_PIXEL)
    return shown


def _draw(figure: Any, file: io.BytesIO, file_format: str, dpi: float, **options: object) -> None:  # noqa: ANN401
    figure.canvas.print_figure(
        file,
        format=file_format,
        dpi=dpi,
        bbox_inches="tight",
        facecolor=figure.get_facecolor(),
        edgecolor=figure.get_edgecolor(),
        **options,
    )


def show_open(*, stay_open: bool = False, before: Callable[[Any], object] | None = None) -> None:
    """Show the figures that are open, as `matplotlib.pyplot.show` does.

    With ``stay_open`` they are not closed, and replaced the next time: so code that draws, pauses and
    draws again shows an animation. ``before`` is called with each figure before it is shown.
    """
    for manager in _managers():
        figure = manager.canvas.figure
        shown = represent_figure(figure)
        if shown is None:
            continue
        if before is not None:
            before(figure)
        name = f"figure-{id(figure)}"
        was_shown = getattr(figure, "_pyrun_shown", False)
        show(shown, name=name if stay_open or was_shown else None, replaces=was_shown)
        figure._pyrun_shown = True  # noqa: SLF001 - our own mark
        if not stay_open:
            close(figure)


def changed() -> Iterator[Any]:
    """The open figures in which code has drawn since the last call."""
    for manager in _managers():
        figure = manager.canvas.figure
        if figure.stale:
            figure.stale = False
            yield figure


def touch(value: object) -> bool:
    """Whether a value is an open figure, which then counts as changed: it will be shown, so it stays open."""
    is_open = any(manager.canvas.figure is value for manager in _managers())
    if is_open:
        value.stale = True  # type: ignore[attr-defined]
    return is_open


def close(value: object) -> None:
    """Close a figure that was shown, or that of an animation, so that the end of the run does not show it."""
    animation = sys.modules.get("matplotlib.animation")
    if animation is not None and isinstance(value, animation.Animation):
        value = value._fig  # noqa: SLF001 - it has no public name
    for manager in _managers():
        if manager.canvas.figure is value:
            sys.modules["matplotlib.pyplot"].close(value)


def close_all() -> None:
    """Close the figures that are open, without showing them."""
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def is_part_of_open_figure(value: object) -> bool:
    """Whether a value is lines, bars or axes of a figure that will be shown, as plotting returns them."""
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
    """The titles of the figure and of its parts, and the labels of its axes."""
    suptitle = figure.get_suptitle() if hasattr(figure, "get_suptitle") else ""
    parts = [suptitle, *(text for axes in figure.axes for text in _texts(axes))]
    return ". ".join(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _texts(axes: Any) -> Iterator[str]:  # noqa: ANN401
    yield axes.get_title() or axes.get_title("left") or axes.get_title("right")
    labels = [axes.get_ylabel(), axes.get_xlabel()]
    if all(labels):
        yield "{} over {}".format(*labels)
