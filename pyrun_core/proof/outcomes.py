"""What is run for a proof, and what came of it: the interface between hosts, runners and comparison."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

__all__ = ["CellOutcome", "Ending", "PageJob", "PageOutcome", "Part", "Runner", "Started"]

Ending = Literal["done", "error", "stopped", "timeout", "killed", "lost"]
"""How a run ended: the first three as in a page. ``timeout``: at its time limit. ``killed``: the process or
thread ended with it, or had to be ended. ``lost``: it could not be run, because of what precedes it."""


@dataclass(frozen=True)
class PageJob:
    """The examples of one page, in its order.

    ``page`` is as in `pyrun_core.examples.example.Example`. Each example is given by the attributes of its
    element, as they are in the HTML (`pyrun_core.examples.render`): so that it is run as the page runs it.
    ``skipped`` has the indices of examples that are not run.
    """

    page: str
    cells: tuple[Mapping[str, str], ...]
    skipped: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Part:
    """Something that an example has shown, in order.

    ``line`` is the last line of the statement that has shown it, from 1; 0 for an example that runs as a
    whole. ``stream`` is that of the text: ``stdout``, ``stderr``, ``value``, ``notice``, ``traceback``, or
    ``echo`` for a preset line of input.

    What was displayed otherwise has the stream ``display``. ``data`` is its forms, text or base64 by MIME
    type, and ``text`` its plain text, which is the ``repr`` of a value such as a table. ``alt`` is its text
    alternative; ``width`` and ``height`` are CSS pixels.
    """

    line: int
    stream: str
    text: str = ""
    data: Mapping[str, str] | None = None
    alt: str = ""
    width: float | None = None
    height: float | None = None


@dataclass(frozen=True)
class CellOutcome:
    """How the run of one example ended.

    ``line`` is the line of the example in which the exception that has ended the run was raised; at a time
    limit, the last line of the statement that ran, if it is known. ``missing`` names the package that
    provides a module which the code did not find. ``seconds`` is the time that it ran. ``dropped`` counts
    characters beyond the limit of the output.
    """

    ending: Ending
    parts: tuple[Part, ...] = ()
    exception: str = ""
    """The name of the exception's class."""
    line: int | None = None
    missing: str = ""
    detail: str = ""
    """Why it could not run, or why Python ended."""
    seconds: float = 0.0
    dropped: int = 0
    explanation: str = ""
    """The name of what explains the exception: see ``docs/reference/explanations.md``."""


@dataclass(frozen=True)
class PageOutcome:
    """The outcomes of a page: one for each cell of the job, ``None`` for those that were skipped."""

    page: str
    cells: tuple[CellOutcome | None, ...]


@dataclass(frozen=True)
class Started:
    """What ran the examples: ``python`` and ``pyodide`` are versions; the latter is empty in CPython."""

    python: str
    pyodide: str


class Runner(Protocol):
    """Runs examples. ``site`` is the folder of pyrun in a built site, with ``settlement.json``."""

    @property
    def started(self) -> Started | None:
        """What has run the examples, once any has run."""

    def run(
        self, site: Path, jobs: Sequence[PageJob], note: Callable[[PageOutcome], object]
    ) -> Iterable[PageOutcome]:
        """Run the examples of all pages, several pages at a time, and report each page as it ends.

        Raises:
            PyrunError: no example can be run here. The message says what to install.
        """
