"""One live example: its source, its options, and its location in the author's files."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from os import sep
from pathlib import PurePosixPath
from posixpath import dirname

from pyrun_core.examples.imports import Import, find_imports, with_preamble
from pyrun_core.examples.page_requirements import DeclaredEntries, ExampleRequirements
from pyrun_core.examples.provenance import Provenance
from pyrun_core.options.declare import Options, Values
from pyrun_core.options.languages import spoken_language
from pyrun_core.problems import Location

__all__ = ["Example", "join_preambles", "make_example"]


@dataclass(frozen=True)
class Example:
    """A block of code that a reader can run.

    ``imports`` are those of the source and of the preamble. ``page`` is the page's file, relative to the
    folder of the documentation, with slashes. ``page_packages`` are those that the page declares,
    ``options.packages`` those of the block; both are as the author wrote them.

    ``preamble`` is all the code that runs before the first example of the session. ``shows_preamble`` says
    whether the page shows it above this example. ``expected`` is the documented output: for each statement
    that has one, the last line of the statement in the source, from 1, and the text. ``provenance`` says
    where all of it comes from.
    """

    source: str
    imports: tuple[Import, ...]
    options: Options
    page: str
    page_packages: tuple[str, ...]
    location: Location
    preamble: str = ""
    shows_preamble: bool = False
    expected: tuple[tuple[int, str], ...] = ()
    provenance: Provenance = Provenance()  # noqa: RUF009 - it is frozen

    @cached_property
    def requirements(self) -> ExampleRequirements:
        """What it requires of the site."""
        options = self.options
        is_written_once = options.readonly or options.console or options.hidden
        own = {PurePosixPath(file).stem for file in options.files if file.endswith(".py")}
        return ExampleRequirements(
            DeclaredEntries(options.packages, self.location),
            tuple(each for each in self.imports if each.module not in own),
            options.files,
            self.page_packages,
            dirname(self.page) or ".",
            "" if is_written_once else options.format,
            spoken_language(options.language),
        )

    @property
    def line(self) -> int | None:
        """Its line in the page's file, unless it comes from another file, such as a docstring."""
        file = self.location.file.replace(sep, "/")
        is_of_page = f"/{file}".endswith(f"/{self.page}") and not self.location.is_inserted
        return self.location.line if is_of_page else None


def make_example(  # noqa: PLR0913 - each host has all of them, and passes them by name
    source: str,
    *,
    site: Values,
    page: Values,
    block: Values,
    file: str,
    location: Location,
    imports: tuple[Import, ...] | None = None,
    preamble: str = "",
    expected: tuple[tuple[int, str], ...] = (),
    provenance: Provenance = Provenance(),  # noqa: B008 - it is frozen
) -> Example:
    """The example with the options of the site, the page and the block. The innermost level wins.

    Packages, files and preambles add up instead. ``file`` is that of the page (`Example.page`). ``imports``
    are those of the source, if the host has found them before. ``preamble`` is what the host adds for a
    docstring, after the preambles of the site and of the page. A line break at the end of the source is
    removed, because it belongs to the block and not to the code.
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
        nearest["setup"] = block.get("setup", True)
    levels = (site.get("preamble", ""), page.get("preamble", ""), preamble, block.get("preamble", ""))
    preamble = join_preambles(levels)
    source = source.removesuffix("\n").removesuffix("\r")
    own = find_imports(source) if imports is None else imports
    return Example(
        source=source,
        imports=with_preamble(preamble, own),
        options=Options(**nearest),
        page=file,
        page_packages=tuple(dict.fromkeys(page.get("packages", ()))),
        location=location,
        preamble=preamble,
        expected=expected,
        provenance=provenance,
    )


def join_preambles(parts: Iterable[str]) -> str:
    """The code of several levels as one text: the outermost level first, each text once."""
    return "\n".join(dict.fromkeys(filter(None, (part.strip("\n").rstrip() for part in parts))))
