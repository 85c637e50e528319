"""The tags in built HTML, without those in comments, scripts and attribute values.

A page must stay as it is around its cells, so this needs positions in the text and no tree. The standard
`html.parser` has positions too, but takes 12 times as long: 11 ms for a page of 75 kB, as long as MkDocs
takes to render it.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

__all__ = ["Tag", "find_tags", "page_language", "split_markup"]

# As browsers read them (https://html.spec.whatwg.org/multipage/parsing.html#tokenization): a quote begins a
# value only after an equals sign.
_ATTRIBUTES = r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))*+"""
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?""")
# A comment or a tag without an end reaches to the end of the text, as in browsers.
_MARKUP = re.compile(
    rf"(?P<comment><!--.*?(?:-->|\Z))|</?(?P<name>[a-zA-Z][^\s/>]*+){_ATTRIBUTES}(?:>|\Z)", re.DOTALL
)
_TEXT_ELEMENTS = ("script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp")
"""Elements whose content is text. https://html.spec.whatwg.org/multipage/parsing.html#parsing-html-fragments"""


@dataclass(frozen=True)
class Tag:
    """A tag at ``html[start:end]``. ``name`` is in lower case."""

    text: str
    name: str
    start: int
    end: int

    @property
    def is_end(self) -> bool:
        """Whether it is an end tag."""
        return self.text.startswith("</")

    @cached_property
    def attributes(self) -> dict[str, str]:
        """The attributes by name, in lower case. Of two with the same name, the first counts."""
        found: dict[str, str] = {}
        if self.is_end:
            return found
        for name, *values in _ATTRIBUTE.findall(self.text, len(self.name) + 1):
            value = "".join(values)
            found.setdefault(name.lower(), html.unescape(value) if "&" in value else value)
        return found

    @property
    def classes(self) -> list[str]:
        """The words of the attribute ``class``."""
        return self.attributes.get("class", "").split()


def find_tags(text: str, *names: str) -> Iterator[Tag]:
    """The start and end tags with these names, in the order of the text.

    What follows a comment or a script without an end belongs to it, as in browsers.
    """
    pattern = _pattern(names)
    position = 0
    while match := pattern.match(text, position):
        tag = Tag(match["tag"], match["name"].lower(), *match.span("tag"))
        yield tag
        position = tag.end
        if tag.name in _TEXT_ELEMENTS and not tag.is_end:
            end = _end_of(tag.name).search(text, position)
            if end is None:
                return
            position = end.start()


def page_language(text: str) -> str:
    """The language of a page, as its first tag says. Empty if it doesn't."""
    tag = next(find_tags(text, "html"), None)
    return tag.attributes.get("lang", "") if tag else ""


def split_markup(text: str) -> Iterator[Tag | str]:
    """All tags, and the text between them as it is written. Comments are tags without a name."""
    position = 0
    for match in _MARKUP.finditer(text):
        if before := text[position : match.start()]:
            yield before
        yield Tag(match[0], (match["name"] or "").lower(), *match.span())
        position = match.end()
    if rest := text[position:]:
        yield rest


@lru_cache
def _end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{_any_of([name])}")


@lru_cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Skips everything up to the next tag with one of the names, and takes that."""
    name = _any_of(names)
    others = [element for element in _TEXT_ELEMENTS if element not in names]
    skipped = (
        r"[^<]++",
        rf"<(?!/?{name}|{_any_of(others)})/?[a-zA-Z]{_ATTRIBUTES}>",
        r"<!--.*?-->",
        *(rf"<{_any_of([element])}{_ATTRIBUTES}>.*?</{_any_of([element])}" for element in others),
        r"<(?!/?[a-zA-Z]|!--)",
    )
    tag = rf"(?P<tag></?(?P<name>{name}){_ATTRIBUTES}>)"
    return re.compile(rf"(?:{'|'.join(skipped)})*+{tag}", re.DOTALL)


def _any_of(names: Iterable[str]) -> str:
    """A pattern for one of the names, in any case. Faster than a pattern that ignores case as a whole."""
    words = ("".join(f"[{c}{c.upper()}]" if c.isalpha() else re.escape(c) for c in name) for name in names)
    return rf"(?:{'|'.join(words)})(?=[\s/>])"
