"""The report of a check as a page of HTML, complete in itself."""

from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from xml.etree import ElementTree as ET

from pyrun_core.proof.outcomes import Started
from pyrun_core.proof.report.badge import badge_element
from pyrun_core.proof.report.differences import diff_lines
from pyrun_core.proof.report.not_live import NotLive
from pyrun_core.proof.report.terminal import defuse
from pyrun_core.proof.report.totals import Totals, describe_totals
from pyrun_core.proof.verdict import Finding, Proof, Verdict

__all__ = ["html_report"]

_STYLE = files("pyrun_core.proof.report") / "report.css"

_MOST_CHARACTERS = 10_000
"""Of an output without a documented one."""


def html_report(
    proofs: Sequence[Proof],
    totals: Totals,
    *,
    site: str = "",
    started: Started | None = None,
    not_live: Iterable[NotLive] = (),
) -> str:
    """What fails and why, what was skipped, which tolerances are needed, and what is not live."""
    title = f"Live examples of {site}" if site else "Live examples"
    document = ET.Element("html", lang="en")
    head = ET.SubElement(document, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    ET.SubElement(head, "meta", name="viewport", content="width=device-width")
    ET.SubElement(head, "title").text = title
    ET.SubElement(head, "style").text = _STYLE.read_text(encoding="utf-8")
    main = ET.SubElement(ET.SubElement(document, "body"), "main")
    _add(main, "h1", title)
    ET.SubElement(main, "p").append(badge_element(totals))
    _add(main, "p", f"{describe_totals(totals)}.{_runtime(started)}")
    _add_counts(main, "Why examples fail", "Reason", totals.reasons)
    _add_failing(main, proofs)
    _add_table(main, "Not checked", "Why", _reasons(proofs, Verdict.NOT_CHECKED))
    _add_table(main, "Skipped", "Why", _reasons(proofs, Verdict.SKIPPED))
    _add_table(main, "Not live", "Why", not_live)
    _add_counts(main, "Tolerances", "Tolerance", totals.tolerances)
    uses = [NotLive(use.location, use.tolerance.value) for proof in proofs for use in proof.uses]
    _add_table(main, "Statements that need a tolerance", "Tolerance", uses)
    return f"<!DOCTYPE html>\n{ET.tostring(document, encoding='unicode', method='html')}\n"


def _add(parent: ET.Element, tag: str, text: str, style: str = "") -> ET.Element:
    element = ET.SubElement(parent, tag, {"class": style} if style else {})
    element.text = defuse(text)
    return element


def _runtime(started: Started | None) -> str:
    if started is None:
        return ""
    pyodide = f" of Pyodide {started.pyodide}" if started.pyodide else ""
    return f" They ran in Python {started.python}{pyodide}."


def _reasons(proofs: Iterable[Proof], verdict: Verdict) -> list[NotLive]:
    return [NotLive(proof.location, proof.why) for proof in proofs if proof.verdict is verdict]


def _add_counts(main: ET.Element, heading: str, column: str, counts: Mapping[str, int]) -> None:
    if not counts:
        return
    _add(main, "h2", heading)
    table = _table(main, column, "Count")
    for word, count in counts.items():
        row = ET.SubElement(table, "tr")
        _add(row, "td", word)
        _add(row, "td", str(count), "count")


def _add_table(main: ET.Element, heading: str, column: str, rows: Iterable[NotLive]) -> None:
    rows = list(rows)
    if not rows:
        return
    _add(main, "h2", heading)
    table = _table(main, "Place", column)
    for location, why in rows:
        row = ET.SubElement(table, "tr")
        _add(row, "td", str(location))
        _add(row, "td", why)


def _table(main: ET.Element, *columns: str) -> ET.Element:
    table = ET.SubElement(main, "table")
    row = ET.SubElement(ET.SubElement(table, "thead"), "tr")
    for column in columns:
        ET.SubElement(row, "th", scope="col").text = column
    return ET.SubElement(table, "tbody")


def _add_failing(main: ET.Element, proofs: Iterable[Proof]) -> None:
    findings = [finding for proof in proofs for finding in proof.findings]
    if not findings:
        return
    _add(main, "h2", "Failing")
    for finding in findings:
        _add_finding(main, finding)


def _add_finding(main: ET.Element, finding: Finding) -> None:
    article = ET.SubElement(main, "article")
    _add(article, "h3", f"{finding.location}: {finding.reason.name}")
    _add(article, "p", str(finding.reason))
    if finding.statement:
        _add(ET.SubElement(article, "pre"), "code", finding.statement)
    if finding.expected:
        difference = ET.SubElement(article, "pre")
        for line in diff_lines(finding.expected, finding.got):
            _add(difference, "span", line.marked, line.kind)
    elif finding.got:
        _add(article, "pre", finding.got[-_MOST_CHARACTERS:])
