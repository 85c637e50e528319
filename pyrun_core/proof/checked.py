"""What a check compares, an example as its author wrote it, and what the check means for a build."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from pyrun_core.examples.provenance import Flag, StatementFlags
from pyrun_core.outputs.stored import StoredOutput
from pyrun_core.problems import Location
from pyrun_core.proof.outcomes import PageJob

__all__ = ["Checked", "CheckedExample", "CheckedPage", "DocumentedOutput", "Flag", "StatementFlags"]


class DocumentedOutput(NamedTuple):
    """An output that the author documented.

    ``line`` is the last line of the statement that writes it, in the source and from 1. ``text`` has empty
    lines instead of ``<BLANKLINE>``. ``location`` is that of its first line in the author's file; its line is
    ``None`` if it is not known. ``is_apart``: it is in another block than the code (``testoutput``).
    """

    line: int
    text: str
    location: Location
    is_apart: bool = False


@dataclass(frozen=True)
class CheckedExample:
    """An example of a page, with what its author says about its outcome.

    ``page`` and ``source`` are as in `pyrun_core.examples.example.Example`. ``location`` is that of the
    example, ``lines`` are those of each line of its source. ``flags`` are doctest's for single statements,
    ``default_flags`` those for all of them. ``raises`` is the exception with which the run has to end.
    ``skip`` says why the example is not run; it is empty for one that is. ``has_prompts``: the author wrote
    a session, in which the interpreter echoes each value. ``by_option``: the option ``live`` has made it
    live, and nothing that its author wrote beside it. ``stores_output``: the page shows its output before
    the first run.
    """

    page: str
    source: str
    location: Location
    lines: tuple[Location, ...] = ()
    outputs: tuple[DocumentedOutput, ...] = ()
    flags: tuple[StatementFlags, ...] = ()
    default_flags: tuple[Flag, ...] = ()
    raises: str = ""
    skip: str = ""
    name: str = ""
    session: str = ""
    has_prompts: bool = False
    is_hidden: bool = False
    by_option: bool = False
    stores_output: bool = False

    def where(self, line: int) -> Location:
        """Where a line of the source is, from 1. Lines beyond the last one count as the last."""
        return self.lines[min(max(line, 1), len(self.lines)) - 1] if self.lines else self.location


@dataclass(frozen=True)
class CheckedPage:
    """The examples of a page in its order, and the job that runs them: each has an outcome in its place."""

    job: PageJob
    examples: tuple[CheckedExample, ...] = field(default=())

    @property
    def stores_output(self) -> bool:
        """Whether any of its examples does."""
        return any(example.stores_output for example in self.examples)

    @property
    def is_by_option(self) -> bool:
        """Whether the option ``live`` has made any of its examples live."""
        return any(example.by_option for example in self.examples)

    def without(self, left_out: Container[CheckedExample]) -> "CheckedPage":
        """The page without some of its examples, as if they were ordinary blocks."""
        kept = [index for index, example in enumerate(self.examples) if example not in left_out]
        skipped = frozenset(new for new, old in enumerate(kept) if old in self.job.skipped)
        cells = tuple(self.job.cells[index] for index in kept)
        return CheckedPage(PageJob(self.job.page, cells, skipped), tuple(self.examples[i] for i in kept))


class Checked(NamedTuple):
    """What a check means for a build.

    ``failing`` is the number of live examples that fail. ``ordinary`` are those that stay ordinary blocks.
    ``outputs`` are what pages show before the first run.
    """

    failing: int = 0
    ordinary: frozenset[CheckedExample] = frozenset()
    outputs: Mapping[CheckedExample, StoredOutput] = MappingProxyType({})
