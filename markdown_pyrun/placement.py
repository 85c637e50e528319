"""Placing rendered examples, and cells around existing blocks, once Markdown has parsed the page."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString

from markdown_pyrun.cells import Cell, CellAround
from markdown_pyrun.existing_blocks import FoundBlock
from markdown_pyrun.tokens import TOKEN, token_number

__all__ = ["Placement"]

_CODE = frozenset({"code", "pre"})

_INDENTED_TOKEN = re.compile(rf"(?P<indentation>[ \t]*)(?P<token>{TOKEN.pattern})")
_TOKEN_OR_HTML = re.compile(rf"(?P<token>{TOKEN.pattern})|{HTML_PLACEHOLDER_RE.pattern}")


@dataclass(frozen=True)
class _Token:
    """The place of an example in the tree."""

    number: int


@dataclass(frozen=True, eq=False)
class _Existing:
    """The place of an existing block that may go live."""

    block: FoundBlock
    element: Element


_Piece = str | Element | _Token | _Existing


@dataclass(frozen=True)
class Placement:
    """Places the examples in the tree of a page, in the order of the page.

    ``cell_for`` renders an example by its number, and ``cells_around`` existing blocks that are adjacent.
    ``is_place`` is false for a token that is there only for a report. ``text_for`` returns the text that a
    token replaces: in an indented block of code, a fence is text and not an example. ``in_stash`` finds the
    existing block with an index in the HTML stash, ``in_code`` the one that indented code is.
    """

    md: Markdown
    cell_for: Callable[[int], Cell | None]
    is_place: Callable[[int], bool]
    text_for: Callable[[int], str]
    cells_around: Callable[[Sequence[FoundBlock]], Sequence[CellAround]]
    in_stash: Callable[[int], FoundBlock | None]
    in_code: Callable[[str], FoundBlock | None]
    _classes: list[str] = field(default_factory=list)
    """Those of the elements around the current one."""
    _annotated: dict[Element, Cell] = field(default_factory=dict)
    """The elements of the examples that may have notes."""
    _ends: dict[Element, Element] = field(default_factory=dict)
    """The ends of cells around existing blocks that may have notes, by the last element of the cell."""

    def place(self, element: Element) -> None:
        """Place all examples in an element."""
        if element.tag in _CODE:
            self._restore(element)
            return
        classes = element.get("class", "").split()
        self._classes.extend(classes)
        pieces = list(self._rendered(self._content(element)))
        del self._classes[len(self._classes) - len(classes) :]
        element.text = None
        element[:] = []
        for piece in pieces:
            _append(element, piece)
        self._enclose_notes(element)

    def _restore(self, code: Element) -> None:
        for element in code.iter():
            if element.text and TOKEN.search(element.text):
                element.text = AtomicString(_INDENTED_TOKEN.sub(self._original, element.text))

    def _original(self, match: re.Match[str]) -> str:
        lines = self.text_for(token_number(match["token"])).split("\n")
        return "\n".join(match["indentation"] + line if line else line for line in lines)

    def _content(self, element: Element) -> Iterator[_Piece]:
        """The content of an element, with the places of examples apart from text and other elements."""
        yield from self._pieces(element.text)
        for child in element:
            tail, child.tail = child.tail, None
            if child.tag == "p" and self._has_place(child):
                yield from self._split(child)
            elif (block := self._indented(child)) is not None:
                yield _Existing(block, child)
            else:
                yield child
            yield from self._pieces(tail)

    def _indented(self, element: Element) -> FoundBlock | None:
        if element.tag != "pre" or len(element) != 1 or element[0].tag != "code" or len(element[0]):
            return None
        return self.in_code(element[0].text or "")

    def _has_place(self, paragraph: Element) -> bool:
        return any(
            match["token"] or self._in_html(match) for match in _TOKEN_OR_HTML.finditer(_text(paragraph))
        )

    def _in_html(self, match: re.Match[str]) -> FoundBlock | None:
        number = HTML_PLACEHOLDER_RE.fullmatch(match[0])
        return self.in_stash(int(number[1])) if number and number[1].isdecimal() else None

    def _split(self, paragraph: Element) -> Iterator[_Piece]:
        """Examples are blocks, so a paragraph ends before an example, and another begins after it."""
        part = Element("p", paragraph.attrib)
        for piece in self._content(paragraph):
            if isinstance(piece, str | Element):
                _append(part, piece)
                continue
            if _holds_something(part):
                yield part
            yield piece
            part = Element("p", paragraph.attrib)
        if _holds_something(part):
            yield part

    def _pieces(self, text: str | None) -> Iterator[_Piece]:
        """The text between the places of examples, and the places."""
        text = text or ""
        before, position = "", 0
        for match in _TOKEN_OR_HTML.finditer(text):
            piece = _Token(token_number(match[0])) if match["token"] else self._existing(match)
            if piece is None:
                continue
            before, position = before + text[position : match.start()], match.end()
            if isinstance(piece, _Token) and not self.is_place(piece.number):
                self.cell_for(piece.number)
                continue
            yield before.rstrip(" \n")
            yield piece
            before = ""
        yield before + text[position:]

    def _existing(self, match: re.Match[str]) -> _Existing | None:
        block = self._in_html(match)
        if block is None:
            return None
        element = Element("p")
        element.text = match[0]
        return _Existing(block, element)

    def _rendered(self, content: Iterator[_Piece]) -> Iterator[str | Element]:
        """The content with elements instead of places. Existing blocks wait until the last adjacent one."""
        waiting: list[_Existing] = []
        for piece in content:
            if isinstance(piece, _Existing):
                waiting.append(piece)
                continue
            if waiting and isinstance(piece, str) and not piece.strip():
                continue
            yield from self._around(waiting)
            waiting = []
            if isinstance(piece, _Token):
                if (cell := self.cell_for(piece.number)) is not None:
                    yield self._element(cell)
            elif isinstance(piece, str):
                yield piece
            else:
                self.place(piece)
                yield piece
        yield from self._around(waiting)

    def _around(self, adjacent: Sequence[_Existing]) -> Iterator[Element]:
        if not adjacent:
            return
        done = 0
        blocks = [replace(each.block, classes=(*self._classes, *each.block.classes)) for each in adjacent]
        for cell in self.cells_around(blocks):
            yield from (each.element for each in adjacent[done : cell.first])
            done = cell.last + 1
            inside = [each.element for each in adjacent[cell.first : done]]
            opening, closing = self._stashed(cell.opening), self._stashed(cell.closing)
            parts = [opening, *inside, closing]
            if cell.name:
                anchored = Element("div", {"id": cell.name})
                anchored.extend(parts)
                parts = [anchored]
            if cell.is_annotated:
                self._ends[parts[-1]] = closing
            yield from parts
        yield from (each.element for each in adjacent[done:])

    def _element(self, cell: Cell) -> Element:
        """A paragraph with only stashed HTML, which Markdown replaces by that HTML."""
        paragraph = self._stashed(cell.html)
        if not cell.name:
            placed = paragraph
        else:
            # An element and not HTML, so that hosts that check links find the anchor.
            placed = Element("div", {"id": cell.name})
            placed.append(paragraph)
        if cell.is_annotated:
            self._annotated[placed] = cell
        return placed

    def _stashed(self, html: str) -> Element:
        paragraph = Element("p")
        # Nothing for Markdown to look for, which would take as long as all the rest.
        paragraph.text = AtomicString(self.md.htmlStash.store(html))
        return paragraph

    def _enclose_notes(self, parent: Element) -> None:
        """Move the notes about an example into it."""
        for placed, notes in pairwise(list(parent)):
            if notes.tag != "ol" or (placed.tail or "").strip():
                continue
            if (closing := self._ends.get(placed)) is not None:
                _move_before(closing, notes, parent)
            elif (cell := self._annotated.get(placed)) is not None:
                before, after = map(self._stashed, cell.around_notes())
                after.tail, notes.tail = notes.tail, None
                parent.remove(notes)
                if placed.tag == "p":
                    index = list(parent).index(placed)
                    parent[index : index + 1] = [before, notes, after]
                else:
                    placed[:] = [before, notes, after]
                    placed.tail, after.tail = after.tail, None


def _move_before(closing: Element, notes: Element, parent: Element) -> None:
    """Move the notes, which follow the end of a cell, to before it. The end may be in an element there."""
    children = list(parent)
    parent.remove(notes)
    last = children[children.index(notes) - 1]
    last.tail, notes.tail = notes.tail, None
    inside = parent if last is closing else last
    inside.insert(list(inside).index(closing), notes)


def _text(element: Element) -> str:
    return "".join(element.itertext())


def _append(element: Element, piece: str | Element) -> None:
    if isinstance(piece, Element):
        element.append(piece)
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + piece
    else:
        element.text = (element.text or "") + piece


def _holds_something(paragraph: Element) -> bool:
    return len(paragraph) > 0 or bool((paragraph.text or "").strip())
