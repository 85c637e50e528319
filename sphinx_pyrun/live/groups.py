"""Groups of `sphinx.ext.doctest`: which session a block runs in, and which blocks are skipped."""

import re
from typing import Any

from docutils import nodes
from sphinx.config import Config

from pyrun_core.options.declare import ISOLATED_SESSION, PAGE_SESSION
from pyrun_core.problems import Location, Problem, shorten
from sphinx_pyrun.report import report

__all__ = ["EVERY_GROUP", "Groups"]

EVERY_GROUP = "*"

_DEFAULT = "default"
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_.-]+")
_TAKEN = frozenset({PAGE_SESSION, ISOLATED_SESSION})


class Groups:
    """What conf.py says of groups. Without the extension `sphinx.ext.doctest`, there is one group."""

    def __init__(self, config: Config) -> None:
        self._settings = {
            name: getattr(config, f"doctest_{name}", "") or ""
            for name in ("global_setup", "global_cleanup", "test_doctest_blocks")
            if f"doctest_{name}" in config
        }
        self._skipped: dict[str, bool] = {}

    @property
    def global_setup(self) -> str:
        """Code that runs before each group."""
        return str(self._settings.get("global_setup", ""))

    def of(self, node: nodes.Element) -> tuple[str, ...]:
        """The groups of a block."""
        return tuple(node.get("groups", [self._settings.get("test_doctest_blocks") or _DEFAULT]))

    def session(self, group: str) -> str:
        """The session of a group. Empty for the one of the page."""
        if group in {_DEFAULT, EVERY_GROUP, self._settings.get("test_doctest_blocks")}:
            return ""
        name = _NOT_IN_NAMES.sub("-", group).strip("-.") or "group"
        return f"{name}-group" if name in _TAKEN else name

    def is_skipped(self, node: nodes.Element, location: Location) -> bool:
        """Whether the option ``skipif`` of a block holds, as in `sphinx.ext.doctest`. Reports its errors."""
        condition = node.get("skipif")
        if not condition:
            return False
        if condition not in self._skipped:
            try:
                self._skipped[condition] = self._evaluate(condition)
            except Exception as error:  # noqa: BLE001 - code can raise anything
                what = f"{type(error).__name__}: {error}"
                message = (
                    f"skipif: {shorten(condition)} failed with {shorten(what)}, so the block is not live. "
                    "Correct the expression, or 'doctest_global_setup'"
                )
                report(Problem.OPTION, message, location)
                self._skipped[condition] = True
        return self._skipped[condition]

    def _evaluate(self, condition: str) -> bool:
        names: dict[str, Any] = {}
        exec(self.global_setup, names)  # noqa: S102 - Sphinx does the same
        skips = bool(eval(condition, names))  # noqa: S307
        exec(str(self._settings.get("global_cleanup", "")), names)  # noqa: S102
        return skips
