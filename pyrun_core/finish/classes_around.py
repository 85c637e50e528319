"""The classes of the elements around places in built HTML."""

from collections import Counter
from collections.abc import Iterable, Iterator

from pyrun_core.tags import find_tags

__all__ = ["classes_around"]

_CONTAINERS = (
    *("article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "figure", "li", "main"),
    *("ol", "section", "td", "ul"),
)
"""Elements that contain blocks of code."""


def classes_around(html: str, places: Iterable[int]) -> Iterator[tuple[str, ...]]:
    """For each of these places, in the order of the page, the classes of all elements around it."""
    around: list[tuple[str, list[str]]] = []
    opened: Counter[str] = Counter()
    tags = find_tags(html, *_CONTAINERS)
    tag = next(tags, None)
    for place in places:
        while tag is not None and tag.start < place:
            if not tag.is_end:
                around.append((tag.name, tag.classes))
                opened[tag.name] += 1
            elif opened[tag.name]:
                while True:  # HTML lets authors leave out some ends
                    name, _ = around.pop()
                    opened[name] -= 1
                    if name == tag.name:
                        break
            tag = next(tags, None)
        yield tuple(word for _, classes in around for word in classes)
