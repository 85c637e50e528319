"""One live example: its source, what holds for it, and where it stands in the author's files."""

from dataclasses import dataclass

from pyrun_core.options.declare import Options, Values
from pyrun_core.problems import Location

__all__ = ["Example", "make_example"]


@dataclass(frozen=True)
class Example:
    """A block of code that a reader can run.

    ``page_packages`` are loaded while the page's Python starts, ``options.packages`` (those the
    block itself names) when this example runs; both are as the author wrote them.
    """

    source: str
    options: Options
    page_packages: tuple[str, ...]
    location: Location

    @property
    def packages(self) -> tuple[str, ...]:
        """Everything the example can import, page first, each name once."""
        return tuple(dict.fromkeys((*self.page_packages, *self.options.packages)))


def make_example(
    source: str,
    *,
    site: Values,
    page: Values,
    block: Values,
    location: Location,
) -> Example:
    """Put together what was set for the site, the page and the block: the nearest wins.

    Packages and files add up instead. One line break at the end of the source is dropped: it belongs to
    the block, not to the code.
    """
    files = (*page.get("files", ()), *block.get("files", ()))
    nearest = {
        **site,
        **page,
        **block,
        "packages": block.get("packages", ()),
        "files": tuple(dict.fromkeys(files)),
    }
    if nearest.get("hidden"):
        nearest["setup"] = True
    return Example(
        source=source.removesuffix("\n").removesuffix("\r"),
        options=Options(**nearest),
        page_packages=tuple(
            dict.fromkeys((*site.get("packages", ()), *page.get("packages", ()))),
        ),
        location=location,
    )
