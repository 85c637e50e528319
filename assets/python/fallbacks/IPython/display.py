"""The part of `IPython.display` that shows things: https://ipython.readthedocs.io/en/stable/api/generated/IPython.display.html.

Data is passed as it is, or read from a file. A URL is given to the page, which fetches nothing from
other sites.
"""

import html
import io
import json
import mimetypes
import wave
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pyrun_runtime.display.display import DisplayHandle, clear_output, display, update_display

__all__ = [
    "HTML",
    "JSON",
    "SVG",
    "Audio",
    "Code",
    "DisplayHandle",
    "DisplayObject",
    "IFrame",
    "Image",
    "Javascript",
    "Latex",
    "Markdown",
    "Math",
    "Pretty",
    "Video",
    "YouTubeVideo",
    "clear_output",
    "display",
    "display_html",
    "display_latex",
    "display_markdown",
    "display_png",
    "display_svg",
    "publish_display_data",
    "set_matplotlib_formats",
    "update_display",
]

_SIGNATURES = {
    b"\x89PNG": "image/png",
    b"\xff\xd8": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}


class DisplayObject:
    """Data that is shown as one MIME type."""

    mime_type = "text/plain"

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - what each kind of object takes
        url: str | None = None,
        filename: str | Path | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> None:
        if filename is None and isinstance(data, Path):
            data, filename = None, data
        self.url = url
        self.filename = filename
        self.metadata = metadata or {}
        self.data = Path(filename).read_bytes() if data is None and filename is not None else data
        if isinstance(self.data, bytes) and self.mime_type.startswith("text/"):
            self.data = self.data.decode()

    def _repr_mimebundle_(self, **_wanted: object) -> tuple[dict[str, Any], dict[str, Any]]:
        return {self.mime_type: self.data, "text/plain": self._text()}, {self.mime_type: self.metadata}

    def _text(self) -> str:
        return self.data if isinstance(self.data, str) else repr(self)

    def __repr__(self) -> str:
        return f"<IPython.display.{type(self).__name__} object>"


class Pretty(DisplayObject):
    """Plain text."""


class HTML(DisplayObject):
    """HTML: sanitised, or in a separate frame if it has scripts."""

    mime_type = "text/html"

    def _text(self) -> str:
        return repr(self)

    def _repr_html_(self) -> str:
        return str(self.data)

    def __html__(self) -> str:
        return self._repr_html_()


class Markdown(DisplayObject):
    """Markdown."""

    mime_type = "text/markdown"


class Latex(DisplayObject):
    """A formula, as LaTeX, where the page has a renderer for it."""

    mime_type = "text/latex"


class Math(Latex):
    """A formula without the dollars around it."""

    def __init__(self, data: str, **options: Any) -> None:  # noqa: ANN401
        super().__init__("$\\displaystyle " + data.strip("$") + "$", **options)


class SVG(DisplayObject):
    """A drawing."""

    mime_type = "image/svg+xml"

    def _text(self) -> str:
        return repr(self)


class JSON(DisplayObject):
    """Lists and dictionaries, indented."""

    mime_type = "application/json"

    def _text(self) -> str:
        return self.data if isinstance(self.data, str) else json.dumps(self.data, indent=2)


class Javascript(HTML):
    """A script; it runs in a separate frame and cannot reach the page."""

    def __init__(self, data: str = "", **options: Any) -> None:  # noqa: ANN401
        super().__init__(f"<script>{data}</script>", **options)


class Code(Pretty):
    """Source code."""


class IFrame(HTML):
    """A link to another page, which opens only on a click."""

    def __init__(self, src: str, width: object = None, height: object = None, **_more: object) -> None:
        del width, height
        super().__init__(f'<a href="{html.escape(src)}">{html.escape(src)}</a>')


class Image(DisplayObject):
    """A picture: bytes, or a file. ``width`` and ``height`` are CSS pixels."""

    mime_type = "image/png"

    def __init__(  # noqa: PLR0913 - IPython's own
        self,
        data: Any = None,  # noqa: ANN401 - bytes, a path, or an address
        url: str | None = None,
        filename: str | Path | None = None,
        *,
        format: str | None = None,  # noqa: A002 - IPython's name
        width: int | None = None,
        height: int | None = None,
        alt: str | None = None,
        metadata: dict[str, Any] | None = None,
        **_more: object,
    ) -> None:
        data, url, filename = _located(data, url, filename)
        super().__init__(data, url, filename, metadata)
        self.metadata |= {"width": width, "height": height, "alt": alt or ""}
        self._format = format

    def _repr_mimebundle_(self, **_wanted: object) -> tuple[dict[str, Any], dict[str, Any]]:
        if self.data is None:
            picture = f'<img src="{html.escape(self.url or "")}" alt="{html.escape(self.metadata["alt"])}">'
            return {"text/html": picture, "text/plain": repr(self)}, {}
        mime_type = f"image/{self._format}".replace("jpg", "jpeg").replace("svg", "svg+xml")
        if self._format is None:
            detected = (name for start, name in _SIGNATURES.items() if self.data.startswith(start))
            mime_type = next(detected, "image/png")
        return {mime_type: self.data, "text/plain": repr(self)}, {mime_type: self.metadata}


def _located(data: Any, url: str | None, filename: str | Path | None) -> tuple[Any, Any, Any]:  # noqa: ANN401
    """The same three, with text in place of data taken as a URL or a path."""
    if not isinstance(data, str):
        return data, url, filename
    if data.startswith(("http://", "https://", "data:")):
        return None, data, filename
    return None, url, data


class _Media(DisplayObject):
    mime_type = "application/octet-stream"
    kind = ""
    usual_type = ""

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401
        filename: str | Path | None = None,
        url: str | None = None,
        mimetype: str | None = None,
        **_more: object,
    ) -> None:
        data, url, filename = _located(data, url, filename)
        super().__init__(data, url, filename)
        self.mime_type = (
            mimetype or mimetypes.guess_type(str(filename))[0] or f"{self.kind}/{self.usual_type}"
        )

    def _repr_mimebundle_(self, **_wanted: object) -> tuple[dict[str, Any], dict[str, Any]]:
        if self.data is None:
            address = html.escape(self.url or "")
            return {"text/html": f'<a href="{address}">{address}</a>', "text/plain": repr(self)}, {}
        return {self.mime_type: self.data, "text/plain": repr(self)}, {}


class Audio(_Media):
    """A sound: bytes or a file, or samples with their ``rate`` per second, one list for each channel."""

    kind = "audio"
    usual_type = "wav"

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401
        filename: str | Path | None = None,
        url: str | None = None,
        *,
        rate: int | None = None,
        normalize: bool = True,
        **options: Any,  # noqa: ANN401
    ) -> None:
        if rate is not None and data is not None:
            data = _wav(data, int(rate), normalize=normalize)
        super().__init__(data, filename, url, **options)


class Video(_Media):
    """A video: bytes or a file."""

    kind = "video"
    usual_type = "mp4"


def _wav(samples: Iterable[Any], rate: int, *, normalize: bool) -> bytes:
    """Samples as a file of 16 bits each."""
    channels = [list(part) if isinstance(part, Iterable) else [part] for part in samples]
    if all(len(part) == 1 for part in channels):
        channels = [[part[0] for part in channels]]
    loudest = max((abs(sample) for channel in channels for sample in channel), default=0)
    if not normalize and loudest > 1:
        raise ValueError("Audio data must be between -1 and 1 when normalize=False.")
    scale = 32767 / (loudest or 1) if normalize else 32767
    frames = array(
        "h", (round(sample * scale) for together in zip(*channels, strict=True) for sample in together)
    )
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(frames.tobytes())
    return buffer.getvalue()


class YouTubeVideo(IFrame):
    """A link to a video, which opens only on a click."""

    def __init__(self, id: str, **options: Any) -> None:  # noqa: A002, ANN401 - IPython's names
        super().__init__(f"https://www.youtube.com/watch?v={id}", **options)


def display_html(*values: object, raw: bool = False) -> None:
    """Show objects, or with ``raw`` strings, as HTML."""
    _display_as(HTML, values, raw)


def display_markdown(*values: object, raw: bool = False) -> None:
    """Show objects, or with ``raw`` strings, as Markdown."""
    _display_as(Markdown, values, raw)


def display_latex(*values: object, raw: bool = False) -> None:
    """Show objects, or with ``raw`` strings, as LaTeX."""
    _display_as(Latex, values, raw)


def display_svg(*values: object, raw: bool = False) -> None:
    """Show objects, or with ``raw`` strings, as drawings."""
    _display_as(SVG, values, raw)


def display_png(*values: object, raw: bool = False) -> None:
    """Show objects, or with ``raw`` bytes, as pictures."""
    _display_as(Image, values, raw)


def _display_as(kind: type[DisplayObject], values: tuple[object, ...], raw: bool) -> None:  # noqa: FBT001
    display(*(kind(value) if raw else value for value in values))


def publish_display_data(data: dict[str, Any], metadata: dict[str, Any] | None = None, **_: object) -> None:
    """Show a bundle: a dictionary from MIME types to data."""
    display(data, raw=True, metadata=metadata)


def set_matplotlib_formats(*_: str, **__: Any) -> None:  # noqa: ANN401
    """Nothing: the option ``figures`` of an example sets the format."""
