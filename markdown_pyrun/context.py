"""What an example has to know of its page and site.

A host passes it to the extension with its configuration. It is frozen, so every Markdown instance keeps the
page that it was made for, also an instance that another plugin makes for an excerpt.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pyrun_core.examples.code_file import CodeFiles
from pyrun_core.live.left_alone import Note
from pyrun_core.options.declare import Values
from pyrun_core.problems import Location, Report

__all__ = ["Page", "annotates"]

_ANNOTATIONS = "content.code.annotate"


@dataclass(frozen=True)
class Page:
    """The page that Markdown works on.

    ``site`` are the options set for the site, ``values`` those that the page sets. ``file`` is its file,
    relative to the folder of the documentation; empty if the host does not tell. ``lines`` are those of the
    whole file, front matter included; empty if the host does not know them. ``assets`` are the tags that load
    pyrun's files. They follow the first example, where nothing else adds them to the page. ``code_files`` are
    the files with code; ``None`` if the host does not tell where its documentation is. ``annotates``: the
    theme takes a numbered list that follows a block of code for notes about the code. ``note`` is told each
    example of the page.
    """

    site: Values
    report: Report
    file: str = ""
    lines: Sequence[str] = ()
    values: Values = field(default_factory=dict)
    assets: str = ""
    code_files: CodeFiles | None = None
    annotates: bool = False
    note: Note = lambda _: None

    def location(self, line: int | None, *, is_inserted: bool = False) -> Location:
        """A line of the page, for messages. ``is_inserted``: the page inserts the text there."""
        return Location(self.file or "Markdown", line, is_inserted)


def annotates(features: object) -> bool:
    """Whether a theme with these ``features``, as Material and Zensical have them, shows notes about code."""
    return isinstance(features, Iterable) and _ANNOTATIONS in features
