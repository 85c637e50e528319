"""All reports of a check, in one folder."""

from collections.abc import Sequence
from pathlib import Path

from pyrun_core.cache import new_file
from pyrun_core.proof.outcomes import Started
from pyrun_core.proof.report.badge import badge
from pyrun_core.proof.report.junit import junit
from pyrun_core.proof.report.machine import json_report
from pyrun_core.proof.report.not_live import NotLive
from pyrun_core.proof.report.page import html_report
from pyrun_core.proof.report.text import text_report
from pyrun_core.proof.report.totals import Totals
from pyrun_core.proof.verdict import Proof

__all__ = ["write_report", "write_reports"]


def write_reports(
    folder: Path,
    proofs: Sequence[Proof],
    totals: Totals,
    started: Started | None = None,
    not_live: Sequence[NotLive] = (),
) -> None:
    """Write the report into a folder: as a page with a badge, as text, as JSON and as JUnit XML.

    ``not_live`` are blocks that ``live`` finds and that are not live.
    """
    write_report(folder / "index.html", html_report(proofs, totals, started=started, not_live=not_live))
    write_report(folder / "badge.svg", badge(totals))
    write_report(folder / "report.txt", text_report(proofs, totals, is_verbose=True, not_live=not_live))
    write_report(folder / "report.json", json_report(proofs, totals, started, not_live))
    write_report(folder / "junit.xml", junit(proofs))


def write_report(path: Path, text: str) -> None:
    """Write a report into a file, whose folder may not exist yet."""
    with new_file(path) as partial:
        partial.write_text(text, encoding="utf-8")
