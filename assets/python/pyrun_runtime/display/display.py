"""`display()`, as notebooks have it, and the value of an example's last expression."""

import builtins
import json
from itertools import count
from typing import Any

from pyodide.ffi import to_js

import _pyrun_worker as worker
from pyrun_runtime.display import figure_libraries, figures
from pyrun_runtime.display.representations import TEXT, Representation, method_of, represent
from pyrun_runtime.io.output_buffer import OutputBuffer

__all__ = [
    "DisplayHandle",
    "clear_output",
    "display",
    "install",
    "show_notice",
    "show_value",
    "update_display",
]

MOST_BYTES = 25_000_000
"""Of one picture, table or sound. More would take the page seconds, and exhaust the memory of phones."""

_numbers = count(1)


class _Shower:
    """Sends representations to the page, in the order of all output."""

    def __init__(self, output: OutputBuffer) -> None:
        self.output = output

    def show(self, shown: Representation, *, name: str | None = None, replaces: bool = False) -> None:
        for complaint in shown.complaints:
            self.output.add("stderr", f"{complaint}\n")
        self._leave_out_what_is_too_large(shown)
        if shown.is_text and name is None:
            self.output.add("value", f"{shown.bundle[TEXT]!s}\n")
            return
        self.output.flush()
        description = {
            "alt": shown.alt,
            "width": shown.width,
            "height": shown.height,
            "id": name,
            "replaces": replaces,
        }
        from js import Object  # noqa: PLC0415 - a snapshot must hold nothing of JavaScript

        worker.display(json.dumps(description), to_js(shown.bundle, dict_converter=Object.fromEntries))

    def _leave_out_what_is_too_large(self, shown: Representation) -> None:
        for mime_type, form in list(shown.bundle.items()):
            if len(form) > MOST_BYTES and mime_type != TEXT:
                del shown.bundle[mime_type]
                self.output.add(
                    "stderr",
                    f"{mime_type} of {len(form) / 1e6:.0f} MB is not shown: "
                    f"the limit of the page is {MOST_BYTES // 1_000_000} MB.\n",
                )


_shower: _Shower


def install(output: OutputBuffer) -> None:
    """Make `display` a name that needs no import, as in a notebook."""
    global _shower  # noqa: PLW0603 - there is one page
    _shower = _Shower(output)
    builtins.display = display  # type: ignore[attr-defined]
    figures.show = _shower.show
    # Looked up at each call, because it differs in every worker.
    figure_libraries.install(lambda name, path: worker.library(name, path), display)  # noqa: PLW0108


def show_notice(text: str) -> None:
    """Show a message of pyrun's about the code, in the order of all output."""
    _shower.output.add("notice", f"{text}\n")


def show_value(value: object) -> None:
    """Show the value of an example's last expression, unless it is part of a figure that will be shown."""
    if value is None or figures.is_part_of_open_figure(value):
        return
    display(value)


class DisplayHandle:
    """An output that can be replaced; what `display` returns for a ``display_id``."""

    def __init__(self, display_id: str | None = None) -> None:
        self.display_id = display_id or f"pyrun-{next(_numbers)}"

    def display(self, value: object, **options: Any) -> None:  # noqa: ANN401 - those of `display`
        """Show something at the end of the output, under this ID."""
        display(value, display_id=self.display_id, **options)

    def update(self, value: object, **options: Any) -> None:  # noqa: ANN401
        """Replace it."""
        update_display(value, display_id=self.display_id, **options)


def display(
    *values: object,
    display_id: str | bool | None = None,
    raw: bool = False,
    clear: bool = False,
    metadata: dict[str, Any] | None = None,
    **_more: object,
) -> DisplayHandle | None:
    """Show objects in the richest form that they offer and the page can show.

    Args:
        values: The objects.
        display_id: An ID by which `update_display` can replace the output, or True for a new one.
        raw: Whether the values are bundles, dictionaries from MIME types to data.
        clear: Whether to clear the output first.
        metadata: Of raw values, by MIME type.

    Returns:
        A handle, if there is a ``display_id``.
    """
    if clear:
        clear_output(wait=True)
    handle = DisplayHandle(display_id if isinstance(display_id, str) else None) if display_id else None
    name = None if handle is None else handle.display_id
    for value in values:
        _display(value, raw=raw, metadata=metadata, name=name, replaces=False)
    return handle


def update_display(value: object, *, display_id: str, raw: bool = False, **_more: object) -> None:
    """Replace what was displayed under this ID."""
    _display(value, raw=raw, metadata=None, name=display_id, replaces=True)


def clear_output(wait: bool = False) -> None:  # noqa: FBT001, FBT002 - IPython's own signature
    """Clear the output of the example; with ``wait``, when there is something new to show."""
    _shower.output.flush()
    worker.clear(wait)


def _display(
    value: object,
    *,
    raw: bool,
    metadata: dict[str, Any] | None,
    name: str | None,
    replaces: bool,
) -> None:
    shows_itself = method_of(value, "_ipython_display_")
    # plotly's own method would look for a notebook.
    is_drawn_here = raw or figure_libraries.is_figure(value)
    if not is_drawn_here and shows_itself is not None:
        shows_itself()
        return
    if raw:
        shown = represent(_Raw(value, metadata or {}))
    else:
        shown = figures.represent_figure(value) or represent(value)
    _shower.show(shown, name=name, replaces=replaces)
    figures.close(value)


class _Raw:
    """A bundle that the code has made itself."""

    def __init__(self, bundle: object, metadata: dict[str, Any]) -> None:
        self._bundle = bundle
        self._metadata = metadata

    def _repr_mimebundle_(self, **_wanted: object) -> tuple[object, dict[str, Any]]:
        return self._bundle, self._metadata

    def __repr__(self) -> str:
        return repr(self._bundle)
