"""The forms in which an object can be shown: the display conventions of Jupyter, without IPython.

https://ipython.readthedocs.io/en/stable/config/integrating.html describes them.
"""

import base64
import binascii
import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pyrun_runtime.display.figure_libraries import FRAME, bundle_of_figure
from pyrun_runtime.language import say

__all__ = ["TEXT", "Bundle", "Representation", "method_of", "represent"]

Bundle = dict[str, str | bytes]
"""The forms of an object by MIME type; ``Bundle`` of ``protocol.js``."""

TEXT = "text/plain"
_LATEX = "text/latex"

_PICTURES = {
    "image/svg+xml": "_repr_svg_",
    "image/png": "_repr_png_",
    "image/jpeg": "_repr_jpeg_",
}
_TEXTS = {
    "text/html": "_repr_html_",
    "text/markdown": "_repr_markdown_",
    _LATEX: "_repr_latex_",
    "application/json": "_repr_json_",
}
_SHOWN_TYPES = {TEXT, FRAME, *_PICTURES, *_TEXTS}
"""Besides binary types. The page cannot show others."""

_SAYS_NOTHING = re.compile(r"<[\w.]+ object(?: at 0x[0-9a-fA-F]+)?>")
"""The text of an object whose class does not define any."""

_SCRIPT = "application/javascript", "_repr_javascript_"
"""A form that is shown as HTML with the script in it, and so in a separate frame."""

_WIDGET = "application/vnd.jupyter.widget-view+json"
"""The form of ipywidgets, which names an object in the kernel of a notebook."""

_MOST_PIXELS = 100_000
"""Of a width or height. Browsers draw no larger boxes."""

_NOBODY_HAS_THIS = "_ipython_canary_method_should_not_exist_"
"""An object with this attribute has every attribute, so none of them means anything."""


@dataclass
class Representation:
    """The forms of one object. ``alt`` is its text alternative; sizes are CSS pixels."""

    bundle: Bundle
    alt: str = ""
    width: int | None = None
    height: int | None = None
    complaints: list[str] = field(default_factory=list)
    """Messages about faulty methods of the object, for the reader."""

    @property
    def is_text(self) -> bool:
        """Whether plain text is the only form."""
        return set(self.bundle) <= {TEXT}


def represent(value: object) -> Representation:
    """All forms of the object, which include its plain text.

    A form that fails is left out, with a complaint. Raises what the object's ``__repr__`` raises if there
    is no other form.
    """
    shown = Representation({})
    try:
        figure = bundle_of_figure(value)
    except Exception as error:  # noqa: BLE001 - there may be another form
        reason = f"{type(error).__name__}: {error}"
        sentence = say("runtime.figureFailed", "This figure cannot be drawn: {reason}", reason=reason)
        shown.complaints.append(sentence)
    else:
        if figure is not None:
            return Representation(dict(figure))
    _add_mimebundle(value, shown)
    for mime_type, name in (_TEXTS | _PICTURES).items():
        if mime_type not in shown.bundle and not (mime_type in _PICTURES and _has_picture(shown.bundle)):
            _add_form(mime_type, name, value, shown)
    if shown.is_text:
        _add_form(*_SCRIPT, value, shown)
    if TEXT not in shown.bundle:
        try:
            shown.bundle[TEXT] = _plain(value, shown.bundle)
        except Exception:
            if shown.is_text:
                raise
            shown.bundle[TEXT] = object.__repr__(value)
    return shown


def _add_form(mime_type: str, name: str, value: object, shown: Representation) -> None:
    """Add what a method of the object returns, if it has the method."""
    method = method_of(value, name)
    if method is not None:
        _add(shown, mime_type, _offered(method, shown, f"{type(value).__name__}.{name}"), value)


def _plain(value: object, others: Bundle) -> str:
    """The text of an object: as IPython would print it if that is there and the object has a say in it.

    The source of a formula, which some pages cannot typeset, says more than the name of an object.
    """
    printer = sys.modules.get("IPython.lib.pretty")
    if printer is not None and method_of(value, "_repr_pretty_") is not None:
        return str(printer.pretty(value))
    text = repr(value)
    return str(others.get(_LATEX, text)) if _SAYS_NOTHING.fullmatch(text) else text


def method_of(value: object, name: str) -> Callable[..., Any] | None:
    """A method of the conventions, if the object has it."""
    if isinstance(value, type) or hasattr(value, _NOBODY_HAS_THIS):
        return None
    method = getattr(value, name, None)
    return method if callable(method) else None


def _offered(method: Callable[..., Any], shown: Representation, name: str, **given: object) -> Any:  # noqa: ANN401
    """The result of the method; None if it fails."""
    try:
        return method(**given)
    except Exception as error:  # noqa: BLE001 - the reader's code, and there are other forms
        shown.complaints.append(f"{name}() failed: {type(error).__name__}: {error}")
        return None


def _add_mimebundle(value: object, shown: Representation) -> None:
    method = method_of(value, "_repr_mimebundle_")
    if method is None:
        return
    name = f"{type(value).__name__}._repr_mimebundle_"
    offered = _offered(method, shown, name, include=None, exclude=None)
    bundle, metadata = offered if isinstance(offered, tuple) and len(offered) == 2 else (offered, {})  # noqa: PLR2004
    if bundle is None:
        return
    if not isinstance(bundle, Mapping):
        shown.complaints.append(f"{name}() returned {type(bundle).__name__}, not a dictionary of MIME types")
        return
    for mime_type, form in bundle.items():
        _add(shown, str(mime_type), form, value)
    for described in metadata.values() if isinstance(metadata, Mapping) else ():
        if isinstance(described, Mapping):
            shown.alt = shown.alt or str(described.get("alt", ""))
            shown.width = shown.width or _pixels(described.get("width"))
            shown.height = shown.height or _pixels(described.get("height"))


def _add(shown: Representation, mime_type: str, form: object, value: object) -> None:
    if mime_type == _WIDGET:
        name = type(value).__name__
        shown.complaints.append(
            f"{name} is a widget, which needs the kernel of a notebook. Only its text is shown."
        )
    if mime_type == _SCRIPT[0] and isinstance(form, str):
        mime_type, form = "text/html", f"<script>{form}</script>"
    if mime_type not in _SHOWN_TYPES and not _is_binary(mime_type):
        return
    if isinstance(form, tuple) and len(form) == 2:  # noqa: PLR2004 - with its metadata
        form = form[0]
    if form is None:
        return
    try:
        shown.bundle[mime_type] = _encoded(mime_type, form)
    except (TypeError, ValueError) as error:
        shown.complaints.append(f"The {mime_type} of {type(value).__name__} cannot be shown: {error}")


def _encoded(mime_type: str, form: object) -> str | bytes:
    """As the page expects it: bytes of pictures, sounds and videos, text of other types."""
    if _is_binary(mime_type):
        if isinstance(form, bytes | bytearray | memoryview):
            return bytes(form)
        if isinstance(form, str):
            try:
                return base64.b64decode("".join(form.split()), validate=True)
            except binascii.Error as error:
                raise ValueError(f"it is not base64 ({error})") from None
        raise TypeError(f"it is {type(form).__name__}, not bytes")
    if mime_type.endswith("json"):
        return form if isinstance(form, str) else json.dumps(form)
    if isinstance(form, bytes):
        return form.decode()
    if isinstance(form, str):
        return form
    if isinstance(form, list) and all(isinstance(line, str) for line in form):
        return "".join(form)  # as notebooks store text
    raise TypeError(f"it is {type(form).__name__}, not text")


def _is_binary(mime_type: str) -> bool:
    return mime_type.startswith(("image/", "audio/", "video/")) and mime_type != "image/svg+xml"


def _has_picture(bundle: Bundle) -> bool:
    return "text/html" in bundle or any(mime_type.startswith("image/") for mime_type in bundle)


def _pixels(size: object) -> int | None:
    try:
        return min(max(1, round(float(size))), _MOST_PIXELS) if isinstance(size, int | float | str) else None
    except (OverflowError, ValueError):  # infinity, or no number
        return None
