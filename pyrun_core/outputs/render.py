"""The HTML of stored outputs, which a page shows without any script."""

import html
from collections.abc import Callable

from pyrun_core.outputs.stored import StoredFigure, StoredOutput, StoredTable, StoredText
from pyrun_core.reader_texts import reader_text

__all__ = ["OUTPUT_END", "OUTPUT_MARK", "figure_html", "output_html", "output_start", "piece_html"]

OUTPUT_MARK = '<div class="pyrun-output"'
"""How a stored output begins. It is the last child of its cell."""

OUTPUT_END = "</div></div>"

_OUTPUT = ("cell.output", "Output")
_FIGURE = ("display.picture", "Picture")
"""Keys of texts in ``assets/page/messages.js``, and the texts in English: the name of an output, and the text
alternative of a figure that has none."""


def output_html(
    output: StoredOutput, url: Callable[[StoredFigure], str], style: str = "", language: str = ""
) -> str:
    """All of it.

    ``url`` is the address of a figure. ``style`` is a tag that loads its style sheet. ``language`` is that of
    the cell (`pyrun_core.options.languages.spoken_language`).
    """
    pieces = (
        figure_html(piece, url(piece), language) if isinstance(piece, StoredFigure) else piece_html(piece)
        for piece in output.pieces
    )
    return f"{output_start(language)}{style}{''.join(pieces)}{OUTPUT_END}"


def output_start(language: str) -> str:
    """How it begins, in that language."""
    label = html.escape(reader_text(*_OUTPUT, language))
    return f'{OUTPUT_MARK} slot="output"><div role="group" aria-label="{label}" tabindex="0">'


def piece_html(piece: StoredText | StoredTable) -> str:
    """Text, or a table."""
    if isinstance(piece, StoredTable):
        return f'<div class="pyrun-display">{piece.html}</div>'
    spans = (
        f'<span class="pyrun-{stream}">{html.escape(text, quote=False)}</span>'
        for stream, text in piece.spans
    )
    return f"<pre>{''.join(spans)}</pre>"


def figure_html(figure: StoredFigure, url: str, language: str) -> str:
    """A picture, with the room that it takes before it is loaded."""
    sizes = (("width", figure.width), ("height", figure.height))
    size = "".join(f' {name}="{round(value)}"' for name, value in sizes if value)
    alt = html.escape(figure.alt or reader_text(*_FIGURE, language))
    return f'<div class="pyrun-display"><img src="{html.escape(url)}" alt="{alt}"{size}></div>'
