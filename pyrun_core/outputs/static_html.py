"""HTML of an example as harmless static HTML: its tables and their text, and nothing that acts or loads."""

import html
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from pyrun_core.outputs.stable import stable_text

__all__ = ["static_table"]

_KEPT = frozenset(
    {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "p"}
    | {"b", "strong", "i", "em", "code", "sub", "sup"}
)
"""Elements that stay, without their attributes. Of others, only the content stays."""

_WITHOUT_CONTENT = frozenset(
    {"script", "style", "template", "head", "title", "svg", "math", "iframe", "object", "noscript"}
    | {"textarea", "select", "button", "audio", "video", "canvas"}
)

_TABLE_CLASS = "pyrun-table"

_CELLS = frozenset({"th", "td"})
_HEAD = "thead"
_SECTIONS = frozenset({_HEAD, "tbody", "tfoot"})
_ENDS = {
    **dict.fromkeys(_CELLS, _CELLS),
    "tr": {"tr"},
    **dict.fromkeys(_SECTIONS, _SECTIONS),
}
"""What a start tag ends that has no end tag."""

_SPANS = ("colspan", "rowspan")
_SPAN = re.compile(r"[1-9][0-9]{0,2}")

_NUMBER = re.compile(
    r"[-+\u2212]?\W?\d[\d,._'\u00a0\u202f ]*(?:e[-+]?\d+)?j?\W?|[-+]?(?:nan|inf|none|null|[<]na>|nat)",
    re.IGNORECASE,
)
"""As in ``assets/page/display/tables.js``, which aligns the tables of a run."""

_FILLER = re.compile(r"\.{3}|\u2026|")


def static_table(source: str) -> str:
    """The HTML, rebuilt from elements without attributes. Empty if it has no table."""
    if "<table" not in source.lower():
        return ""
    static = _Static()
    static.feed(source)
    static.close()
    return static.finish()


@dataclass
class _Cell:
    """A cell of a table. ``place`` is where its start tag is among the parts."""

    place: int
    name: str
    spans: str
    is_head: bool
    text: str = ""

    @property
    def columns(self) -> int:
        span = re.search(r'colspan="(\d+)"', self.spans)
        return int(span[1]) if span else 1


@dataclass
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)
    is_in_head: bool = False
    cell: _Cell | None = None


class _Static(HTMLParser):
    """Writes what it reads, as far as it is harmless. Every element that it opens, it closes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._opened: list[str] = []
        self._hidden = 0
        self._tables: list[_Table] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag in _WITHOUT_CONTENT:
            self._hidden += 1
        if self._hidden:
            return
        if tag == "br":
            self._parts.append("<br/>")
        if tag not in _KEPT:
            return
        self._end_within_table(_ENDS.get(tag, ()))
        self._opened.append(tag)
        if tag == "table":
            self._tables.append(_Table())
        elif self._tables:
            self._note(self._tables[-1], tag, dict(attrs))
        # Without a class, some themes give tables their own styles.
        self._parts.append(f'<{tag} class="{_TABLE_CLASS}">' if tag == "table" else f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _WITHOUT_CONTENT:
            self._hidden = max(0, self._hidden - 1)
        if self._hidden or tag not in self._opened:
            return
        self._end(tag)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        text = stable_text(data)
        if self._tables and self._tables[-1].cell:
            self._tables[-1].cell.text += text
        self._parts.append(html.escape(text, quote=False))

    def finish(self) -> str:
        """The HTML, with an end for what was open."""
        while self._opened:
            self._close(self._opened.pop())
        return "".join(self._parts).strip()

    def _note(self, table: _Table, tag: str, attributes: dict[str, str | None]) -> None:
        """Remember what decides how a table is aligned."""
        if tag in _SECTIONS:
            table.is_in_head = tag == _HEAD
        elif tag == "tr":
            table.rows.append([])
        elif tag in _CELLS:
            found = ((name, (attributes.get(name) or "").strip()) for name in _SPANS)
            spans = "".join(f' {name}="{value}"' for name, value in found if _SPAN.fullmatch(value))
            table.cell = _Cell(len(self._parts), tag, spans, table.is_in_head)
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append(table.cell)

    def _end_within_table(self, names: Container[str]) -> None:
        for name in reversed(self._opened):
            if name == "table":
                return
            if name in names:
                self._end(name)
                return

    def _end(self, name: str) -> None:
        """Close the innermost element of this name, and what is open in it."""
        while (closed := self._opened.pop()) != name:
            self._close(closed)
        self._close(name)

    def _close(self, name: str) -> None:
        self._parts.append(f"</{name}>")
        if name in _CELLS and self._tables:
            self._tables[-1].cell = None
        elif name == "table":
            self._write_cells(self._tables.pop())

    def _write_cells(self, table: _Table) -> None:
        """Write the start tags of the cells. Those in columns of numbers have a class."""
        columns: dict[int, list[_Cell]] = {}
        for row in table.rows:
            # From the last to the first, because cells over several rows are at the beginning.
            places = [cell for cell in reversed(row) for _ in range(cell.columns)]
            for column, cell in enumerate(places):
                columns.setdefault(column, []).append(cell)
        numbers = {id(cell) for cells in columns.values() if _are_numbers(cells) for cell in cells}
        for cell in (cell for row in table.rows for cell in row):
            style = ' class="pyrun-number"' if id(cell) in numbers and cell.columns == 1 else ""
            self._parts[cell.place] = f"<{cell.name}{style}{cell.spans}>"


def _are_numbers(cells: Sequence[_Cell]) -> bool:
    texts = [cell.text.strip() for cell in cells if not cell.is_head]
    texts = [text for text in texts if not _FILLER.fullmatch(text)]
    return bool(texts) and all(map(_NUMBER.fullmatch, texts))
