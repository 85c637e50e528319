"""One live example: its source, its options, and its location in the author's files."""

from dataclasses import dataclass

from pyrun_core.options.declare import Options, Values
from pyrun_core.problems import Location

__all__ = ["Example", "make_example"]


@dataclass(frozen=True)
class Example:
    """A block of code that a reader can run.

    ``page_packages`` load while the page's Python starts, ``options.packages`` (those of the block) when this
    example runs. Both are as the author wrote them.
    """

    source: str
    options: Options
    page_packages: tuple[str, ...]
    location: Location

    @property
    def packages(self) -> tuple[str, ...]:
        """All packages that the example can import, those of the page first, each once."""
        return tuple(dict.fromkeys((*self.page_packages, *self.options.packages)))


def make_example(
    source: str,
    *,
    site: Values,
    page: Values,
    block: Values,
    location: Location,
) -> Example:
    """The example with the options of the site, the page and the block. The innermost level wins.

    Packages and files add up instead. A line break at the end of the source is removed, because it belongs to
    the block and not to the code.
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
