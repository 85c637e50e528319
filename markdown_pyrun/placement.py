"""Replacing tokens by rendered examples, once Markdown has parsed the page."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AtomicString

from markdown_pyrun.cells import Cell
from markdown_pyrun.tokens import TOKEN, token_number

__all__ = ["Placement"]

_CODE = frozenset({"code", "pre"})
_BLOCKS = frozenset({"div", "p"})
"""The elements that `Placement` makes for an example. A paragraph of text contains none of them."""

_INDENTED_TOKEN = re.compile(rf"(?P<indentation>[ \t]*)(?P<token>{TOKEN.pattern})")


@dataclass(frozen=True)
class Placement:
    """Replaces tokens in the tree of a page.

    ``cell_for`` renders an example by its number. ``text_for`` returns the text that a token replaces: in an
    indented block of code, a fence is text and not an example.
    """

    md: Markdown
    cell_for: Callable[[int], Cell | None]
    text_for: Callable[[int], str]
    _annotated: dict[Element, Cell] = field(default_factory=dict)
    """The elements of the examples that may have notes."""

    def place(self, element: Element) -> None:
        """Replace all tokens in an element, in the order of the page."""
        if element.tag in _CODE:
            self._restore(element)
            return
        pieces = list(self._content(element))
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

    def _content(self, element: Element) -> Iterator[str | Element]:
        """The new content of the element: its text and children, with cells instead of tokens."""
        yield from self._pieces(element.text)
        for child in element:
            tail, child.tail = child.tail, None
            if child.tag == "p" and TOKEN.search("".join(child.itertext())):
                yield from self._split(child)
            else:
                self.place(child)
                yield child
            yield from self._pieces(tail)

    def _split(self, paragraph: Element) -> Iterator[str | Element]:
        """Examples are blocks, so a paragraph ends before an example, and another begins after it."""
        part = Element("p", paragraph.attrib)
        for piece in self._content(paragraph):
            if isinstance(piece, Element) and piece.tag in _BLOCKS:
                if _holds_something(part):
                    yield part
                yield piece
                part = Element("p", paragraph.attrib)
            else:
                _append(part, piece)
        if _holds_something(part):
            yield part

    def _pieces(self, text: str | None) -> Iterator[str | Element]:
        """The text between tokens, and an element for each token."""
        if not text:
            return
        position = 0
        before = ""
        for match in TOKEN.finditer(text):
            before += text[position : match.start()]
            position = match.end()
            cell = self.cell_for(token_number(match[0]))
            if cell is not None:
                yield before.rstrip(" \n")
                yield self._element(cell)
                before = ""
        yield before + text[position:]

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
        paragraph.text = self.md.htmlStash.store(html)
        return paragraph

    def _enclose_notes(self, parent: Element) -> None:
        """Move the notes about an example into it."""
        for placed, notes in pairwise(list(parent)):
            cell = self._annotated.get(placed)
            if cell is None or notes.tag != "ol" or (placed.tail or "").strip():
                continue
            before, after = map(self._stashed, cell.around_notes())
            after.tail, notes.tail = notes.tail, None
            parent.remove(notes)
            if placed.tag == "p":
                index = list(parent).index(placed)
                parent[index : index + 1] = [before, notes, after]
            else:
                placed[:] = [before, notes, after]
                placed.tail, after.tail = after.tail, None


def _append(element: Element, piece: str | Element) -> None:
    if isinstance(piece, Element):
        element.append(piece)
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + piece
    else:
        element.text = (element.text or "") + piece


def _holds_something(paragraph: Element) -> bool:
    return len(paragraph) > 0 or bool((paragraph.text or "").strip())
