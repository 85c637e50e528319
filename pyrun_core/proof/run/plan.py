"""The order in which the examples of a page run outside of a page, and what each run consists of.

``assets/proof/page_plan.js`` does the same for Pyodide, with the page's own modules; a test compares the two.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pyrun_core.examples.render import written_source

__all__ = ["Cell", "Step", "plan_page", "read_cells"]

_ISOLATED = "isolated"
_PAGE_SESSION = "page"
_PREAMBLE = "preamble.py"

_EXCEPTION = re.compile(
    r"^Traceback \((?:most recent call|innermost) last\):\s*$[\s\S]*?^(?:\w+\.)*(\w+)"
    r"|^(\w+) +Traceback \(most recent call last\)",
    re.MULTILINE,
)
"""As in ``assets/page/run/documented_errors.js``."""


@dataclass(frozen=True)
class Cell:
    """An example, by the attributes of its element."""

    index: int
    attributes: Mapping[str, str]

    @cached_property
    def code(self) -> str:
        """The author's code."""
        return written_source(self.attributes)

    @property
    def file_name(self) -> str:
        """The name that tracebacks show."""
        return f"cell{self.index + 1}.py"

    @property
    def session(self) -> str | None:
        """The name of its namespace; None for one that it shares with no other."""
        name = self.attributes.get("data-session", _PAGE_SESSION)
        return None if name == _ISOLATED else name

    @property
    def is_setup(self) -> bool:
        """Whether it runs before the others of its session."""
        return "data-setup" in self.attributes

    @property
    def needs(self) -> frozenset[str]:
        """The names of examples that run before it."""
        return frozenset(self.attributes.get("data-needs", "").split())

    @property
    def documents(self) -> bool:
        """Whether the page shows outputs of it."""
        return "hidden" not in self.attributes and "data-expected" in self.attributes

    @property
    def description(self) -> str:
        """What a message calls it."""
        name, line = self.attributes.get("data-name"), self.attributes.get("data-line")
        which = f"the example “{name}”" if name else f"example {self.index + 1} of the page"
        return f"{which}, in line {line}" if line else which

    def raises(self) -> dict[int, str]:
        """The exceptions that its statements are meant to raise, by their last lines."""
        expected: list[tuple[int, str]] = json.loads(self.attributes.get("data-expected", "[]"))
        found = {line: _EXCEPTION.search(text) for line, text in expected}
        return {line: each[1] or each[2] for line, each in found.items() if each}


@dataclass(frozen=True)
class Step:
    """A run of an example: ``before`` is its set-up code, ``needed`` what it names.

    ``is_setup`` says that it runs as set-up code, which shows no values.
    """

    cell: Cell
    before: tuple[Cell, ...]
    needed: tuple[Cell, ...]
    is_setup: bool

    def record(self, limit: float) -> dict[str, Any]:
        """What the script of the runner gets. ``limit`` is in seconds, for examples without one."""
        cell = self.cell
        attributes = cell.attributes
        source = {"fileName": cell.file_name, "code": cell.code}
        setup = _with_preambles([*self.before, cell])
        return {
            "index": cell.index,
            "session": cell.session,
            "setup": setup if self.is_setup else setup[:-1],
            "source": None if self.is_setup else source,
            "stdin": attributes.get("data-stdin", ""),
            "interactive": "data-interactive" in attributes,
            "showValue": "data-hide-value" not in attributes,
            "raises": cell.raises(),
            "limit": float(attributes.get("data-timeout", limit)),
            "outputLimit": int(attributes.get("data-output-limit", 10_000_000)),
            "after": [
                [other.index, f"It depends on {other.description}, which failed or was skipped."]
                for other in (*self.before, *self.needed)
            ],
        }


def read_cells(attributes: Sequence[Mapping[str, str]]) -> list[Cell]:
    """The examples of a page."""
    return [Cell(index, each) for index, each in enumerate(attributes)]


def plan_page(cells: Sequence[Cell], skipped: Collection[int]) -> list[Step]:
    """Set-up code first, then the examples from top to bottom, each after those that it needs."""
    run = [cell for cell in cells if cell.index not in skipped]
    steps: list[Step] = []
    seen: set[int] = set()

    def visit(cell: Cell) -> None:
        if cell.index in seen:
            return
        seen.add(cell.index)
        before = tuple(
            other
            for other in run
            if other is not cell
            and other.is_setup
            and other.session == cell.session
            and not (cell.is_setup and other.index > cell.index)
        )
        needed = tuple(
            other
            for other in cells
            if other is not cell
            and other.attributes.get("data-name", "") in cell.needs
            and not (other.is_setup and other.session == cell.session)
        )
        for other in (*before, *(each for each in needed if each.index not in skipped)):
            visit(other)
        steps.append(Step(cell, before, needed, cell.is_setup and not cell.documents))

    for cell in run:
        visit(cell)
    return steps


def _with_preambles(cells: Sequence[Cell]) -> list[dict[str, str]]:
    """The code of examples of one session, each after its preamble, which comes once."""
    parts: list[dict[str, str]] = []
    seen: set[str] = set()
    for cell in cells:
        preamble = cell.attributes.get("data-preamble", "")
        if preamble and preamble not in seen:
            seen.add(preamble)
            parts.append({"fileName": _PREAMBLE, "code": preamble})
        parts.append({"fileName": cell.file_name, "code": cell.code})
    return parts
