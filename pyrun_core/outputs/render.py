"""The HTML of stored outputs, which a page shows without any script."""

import html
from collections.abc import Callable

from pyrun_core.outputs.stored import StoredFigure, StoredOutput, StoredTable, StoredText

__all__ = ["OUTPUT_END", "OUTPUT_MARK", "OUTPUT_START", "figure_html", "output_html", "piece_html"]

OUTPUT_MARK = '<div class="pyrun-output"'
"""How a stored output begins. It is the last child of its cell."""

OUTPUT_START = f'{OUTPUT_MARK} slot="output"><div role="group" aria-label="Output" tabindex="0">'

OUTPUT_END = "</div></div>"

_FIGURE = "Picture"
"""The text alternative of a figure that has none; `DISPLAY_MESSAGES` in ``assets/page/messages.js``."""


def output_html(output: StoredOutput, url: Callable[[StoredFigure], str], style: str = "") -> str:
    """All of it. ``url`` is the address of a figure. ``style`` is a tag that loads its style sheet."""
    pieces = (
        figure_html(piece, url(piece)) if isinstance(piece, StoredFigure) else piece_html(piece)
        for piece in output.pieces
    )
    return f"{OUTPUT_START}{style}{''.join(pieces)}{OUTPUT_END}"


def piece_html(piece: StoredText | StoredTable) -> str:
    """Text, or a table."""
    if isinstance(piece, StoredTable):
        return f'<div class="pyrun-display">{piece.html}</div>'
    spans = (
        f'<span class="pyrun-{stream}">{html.escape(text, quote=False)}</span>'
        for stream, text in piece.spans
    )
    return f"<pre>{''.join(spans)}</pre>"


def figure_html(figure: StoredFigure, url: str) -> str:
    """A picture, with the room that it takes before it is loaded."""
    sizes = (("width", figure.width), ("height", figure.height))
    size = "".join(f' {name}="{round(value)}"' for name, value in sizes if value)
    alt = html.escape(figure.alt or _FIGURE)
    return f'<div class="pyrun-display"><img src="{html.escape(url)}" alt="{alt}"{size}></div>'
