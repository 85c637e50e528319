"""One page under audit: its states, one after the other, and what axe finds in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tools.accessibility.states import OPENED, PAGE, shown_in_turn, shown_together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Audit", "Finding", "Tab"]

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SCRIPTS = [
    Path(__file__).with_name(name).read_text(encoding="utf-8").strip().rstrip(";")
    for name in ("page.js", "measure.js")
]
CALL = f"(name, values) => (window.auditedPage ??= Object.assign({', '.join(SCRIPTS)}))[name](...values)"

CRITERIA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""axe's names for WCAG 2.2, levels A and AA."""

NO_CRITERIA: tuple[str, ...] = ()
"""All rules of axe, with its best practices."""


class Tab(Protocol):
    """A page in a browser."""

    def call(self, function: str, *arguments: Any) -> Any:  # noqa: ANN401 - any JSON
        """Call a JavaScript function, given as text, with JSON values; return its (awaited) result."""


@dataclass(frozen=True)
class Finding:
    """An element that breaks a rule."""

    rule: str
    help: str
    target: str
    summary: str
    is_ours: bool
    """Whether pyrun made the element, or the theme: the page around, or its code block with its colours."""
    is_in_cell: bool

    def __str__(self) -> str:
        return f"{self.rule}: {self.target}: {self.summary}"


class Audit:
    """The page `PAGE` in a browser."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        tab.call(f"() => {{ {AXE.read_text(encoding='utf-8')} }}")
        self.axe_version = str(self.call("axeVersion"))

    def call(self, name: str, *values: object) -> Any:  # noqa: ANN401 - any JSON
        """Call a function of page.js or measure.js."""
        return self._tab.call(CALL, name, values)

    def point(self) -> None:
        """Point at the examples that readers use, which loads their editors and controls."""
        for key in OPENED:
            self.call("point", PAGE.position(key))

    def states(self) -> Iterator[tuple[str, ...]]:
        """Bring the examples into their states; yield those that the page shows at the same time."""
        return shown_together(self.call)

    def rooms(self) -> Iterator[str]:
        """Open one room after the other; yield the key of the example that has it."""
        return shown_in_turn(self.call)

    def of_room(self, example: str) -> list[Finding]:
        """What breaks a rule in an example, best practices included."""
        return self._findings([PAGE.position(example)], NO_CRITERIA)

    def of_states(self, states: Iterable[str]) -> list[Finding]:
        """What breaks a rule in the examples that are in these states, best practices included."""
        keys = ["input" if state == "running" else state for state in states]
        return self._findings([PAGE.position(key) for key in keys], NO_CRITERIA)

    def of_page(self) -> list[Finding]:
        """What breaks a criterion anywhere in the page."""
        return self._findings(None, CRITERIA)

    def _findings(self, indices: list[int] | None, tags: tuple[str, ...]) -> list[Finding]:
        rules: list[dict[str, Any]] = self.call("audit", indices, tags)
        return [
            Finding(
                rule["rule"],
                rule["help"],
                node["target"],
                node["summary"],
                # The colours of code are the theme's, in its block and in the editor that stands in for it.
                is_ours=node["isShadow"] or (node["isInCell"] and rule["rule"] != "color-contrast"),
                is_in_cell=node["isInCell"],
            )
            for rule in rules
            for node in rule["nodes"]
        ]
