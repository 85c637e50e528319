"""The stored output of an example: text, tables and figures, in the order in which a check saw them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyrun_core.cache import new_file

__all__ = ["StoredFigure", "StoredOutput", "StoredTable", "StoredText", "write_figures"]


@dataclass(frozen=True)
class StoredText:
    """Text. ``spans`` are pairs of a stream, as in `pyrun_core.proof.outcomes.Part`, and what it showed."""

    spans: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The same without streams."""
        return "".join(text for _, text in self.spans)


@dataclass(frozen=True)
class StoredTable:
    """HTML with a table, made of a few harmless elements. ``text`` is its plain form."""

    html: str
    text: str


@dataclass(frozen=True)
class StoredFigure:
    """A picture in a file. ``name`` carries a hash of the content.

    ``alt`` is its text alternative, ``text`` its plain form. ``width`` and ``height`` are CSS pixels. Without
    ``content``, the file has been written before.
    """

    name: str
    mime_type: str
    alt: str = ""
    text: str = ""
    width: float | None = None
    height: float | None = None
    content: bytes = field(default=b"", repr=False, compare=False)


@dataclass(frozen=True)
class StoredOutput:
    """What a page shows of an example before its first run."""

    pieces: tuple[StoredText | StoredTable | StoredFigure, ...]

    def figures(self) -> Iterator[StoredFigure]:
        """Its pictures, in order."""
        return (piece for piece in self.pieces if isinstance(piece, StoredFigure))

    def without_content(self) -> "StoredOutput":
        """The same, once its figures are in files."""
        pieces = (
            replace(piece, content=b"") if isinstance(piece, StoredFigure) else piece for piece in self.pieces
        )
        return StoredOutput(tuple(pieces))


def write_figures(output: StoredOutput, folder: Path) -> None:
    """Write the figures into a folder. A file that is there has the same content, by its name."""
    for figure in output.figures():
        path = folder / figure.name
        if figure.content and not path.is_file():
            with new_file(path) as partial:
                partial.write_bytes(figure.content)
