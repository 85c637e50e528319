"""Sessions in the HTML of docstrings: mkdocstrings has no Markdown for those of the section Examples."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from pyrun_core.examples.render import ELEMENT
from pyrun_core.finish.block_text import block_source
from pyrun_core.finish.classes_around import classes_around
from pyrun_core.finish.code_blocks import Block, find_blocks
from pyrun_core.finish.comment_before import comment_before
from pyrun_core.tags import Tag, find_tags

__all__ = ["OBJECT", "Session", "adjacent_sessions", "with_one_preamble"]

OBJECT = "doc-object"
"""The class of the element around what a page says of an object."""

_CONTENTS = "doc-contents"
"""The class of the element with its docstring, behind the heading."""

_NAMED = ("a", *(f"h{level}" for level in range(1, 7)))
"""Elements whose id is the name of the object."""

_PROMPT = html.escape(">>>")
_FLAG = " data-show-preamble"
_SESSION = "data-session"


@dataclass
class _Object:
    """What is between ``start`` and ``end`` in the page, about the object with the name."""

    start: int
    depth: int
    name: str = ""
    end: int = -1
    is_open: bool = True
    """Whether its heading can still follow."""


@dataclass(frozen=True)
class Session:
    """A session in a docstring: its text, its place in the HTML, and the comment before it."""

    text: str
    name: str
    start: int
    end: int
    comment: str = ""
    classes: tuple[str, ...] = ()


def adjacent_sessions(page: str, roots: list[str]) -> list[list[Session]]:
    """The sessions in the docstrings of a page, adjacent ones of one object together.

    ``roots`` are the objects that the page names, in order: their headings can be left out.
    """
    objects = list(_objects(page, roots))
    sessions = [session for block in find_blocks(page) if (session := _session(page, block, objects))]
    around = classes_around(page, [session.start for session in sessions])
    sessions = [
        replace(session, classes=(*classes, *session.classes))
        for session, classes in zip(sessions, around, strict=True)
    ]
    numbers = list(_numbers(page, sessions))
    return [
        [session for _, session in group]
        for _, group in groupby(zip(numbers, sessions, strict=True), lambda pair: pair[0])
    ]


def with_one_preamble(page: str) -> str:
    """The page with the preamble of each session only at its first example.

    Each docstring is converted by itself, perhaps in several parts.
    """
    if page.count(_FLAG) < 2:  # noqa: PLR2004 - one cannot be twice
        return page
    seen: set[str] = set()
    kept: list[str] = []
    done = 0
    for tag in find_tags(page, ELEMENT):
        if tag.is_end or _FLAG.strip() not in tag.attributes:
            continue
        session = tag.attributes.get(_SESSION, "")
        if session in seen:
            kept += [page[done : tag.start], re.sub(rf"{_FLAG}(?=[ >])", "", tag.text, count=1)]
            done = tag.end
        seen.add(session)
    return "".join([*kept, page[done:]])


def _session(page: str, block: Block, objects: list[_Object]) -> Session | None:
    markup = page[block.code_start : block.code_end]
    if _PROMPT not in markup:
        return None
    text = block_source(markup)
    around = [each for each in objects if each.start < block.start < each.end]
    if not around or not text.lstrip().startswith(">>>"):
        return None
    classes = tuple(name for tag in block.tags for name in tag.classes)
    return Session(text, around[-1].name, block.start, block.end, comment_before(page, block.start), classes)


def _numbers(page: str, sessions: list[Session]) -> Iterator[int]:
    """For each session a number, which it shares with the adjacent ones."""
    number = 0
    for index, session in enumerate(sessions):
        before = sessions[index - 1] if index else None
        if before and (before.name != session.name or page[before.end : session.start].strip()):
            number += 1
        yield number


def _objects(page: str, roots: list[str]) -> Iterator[_Object]:
    """The objects of a page, outer ones first."""
    found: list[_Object] = []
    around: list[_Object] = []
    unnamed = iter(roots)
    depth = 0
    for tag in find_tags(page, "div", *_NAMED):
        if tag.name != "div":
            if around and around[-1].is_open and tag.attributes.get("id"):
                around[-1].name, around[-1].is_open = tag.attributes["id"], False
        elif tag.is_end:
            depth -= 1
            if around and around[-1].depth == depth:
                around.pop().end = tag.start
        else:
            _enter(tag, depth, around, found, unnamed)
            depth += 1
    return iter(found)


def _enter(tag: Tag, depth: int, around: list[_Object], found: list[_Object], roots: Iterator[str]) -> None:
    if OBJECT in tag.classes:
        root = next(roots, "") if not around else ""
        around.append(_Object(tag.start, depth, root))
        found.append(around[-1])
    elif _CONTENTS in tag.classes and around:
        around[-1].is_open = False
