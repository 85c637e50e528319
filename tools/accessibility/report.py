"""The results of an audit, as the documentation shows them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.accessibility.states import ROOMS, STATES
from tools.accessibility.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.accessibility.audit import Audit, Finding
    from tools.accessibility.themes import Scheme, Theme

__all__ = ["REPORT", "Report"]

REPORT = Path(__file__).parents[2] / "docs" / "reference" / "accessibility.json"


class Report:
    """What was found on each theme: in elements of pyrun, in colours of code, and in the rest of the page."""

    def __init__(self) -> None:
        self.ours: list[str] = []
        """What is to be mended, in words."""
        self._axe = ""
        self._browsers: dict[str, None] = {}
        self._themes: dict[str, dict[str, Any]] = {}

    def add_states(self, browser: str, theme: Theme, scheme: Scheme, findings: Iterable[Finding]) -> None:
        """Add what was found in the examples."""
        row = self._row(browser, theme)
        for finding in findings:
            if finding.is_ours:
                _count(row["ours"], finding)
                self.ours.append(f"{browser}, {theme.title}, {scheme}: {finding}")
            else:
                _count(row["code"], finding)

    def add_page(self, browser: str, theme: Theme, scheme: Scheme, audit: Audit) -> None:
        """Add what was found in the page around them."""
        self._axe = audit.axe_version
        row = self._row(browser, theme)
        row["schemes"] = sorted({*row["schemes"], scheme}, reverse=True)
        for finding in audit.of_page():
            if not finding.is_in_cell:
                _count(row["page"], finding)

    def write(self) -> None:
        """Write the file. Themes that were not audited keep their results."""
        written = json.loads(REPORT.read_text(encoding="utf-8"))["themes"] if REPORT.exists() else {}
        themes = written | self._themes
        report = {
            "axe": self._axe,
            "browsers": list(self._browsers),
            "states": [*STATES.values(), *ROOMS.values()],
            "themes": {theme.title: themes[theme.title] for theme in THEMES if theme.title in themes},
        }
        REPORT.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")

    def _row(self, browser: str, theme: Theme) -> dict[str, Any]:
        self._browsers[browser] = None
        return self._themes.setdefault(theme.title, {"schemes": [], "ours": {}, "code": {}, "page": {}})


def _count(rules: dict[str, int], finding: Finding) -> None:
    rules[finding.rule] = rules.get(finding.rule, 0) + 1
