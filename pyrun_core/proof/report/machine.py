"""The report of a check as JSON, for other programs."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pyrun_core.problems import Location
from pyrun_core.proof.outcomes import Started
from pyrun_core.proof.report.not_live import NotLive
from pyrun_core.proof.report.totals import Totals
from pyrun_core.proof.verdict import Finding, Proof

__all__ = ["FORMAT", "json_report"]

FORMAT = 1
"""The version of the format. Names may be added; a name that changes its meaning makes a new version."""


def json_report(
    proofs: Sequence[Proof],
    totals: Totals,
    started: Started | None = None,
    not_live: Sequence[NotLive] = (),
) -> str:
    """All that the check knows: totals, each example with its findings, and the blocks that are not live."""
    report = {
        "format": FORMAT,
        "runtime": asdict(started) if started else None,
        "totals": asdict(totals),
        "examples": [_example(proof) for proof in proofs],
        "not_live": [{**_location(location), "why": why} for location, why in not_live],
    }
    return json.dumps(report, indent=2) + "\n"


def _example(proof: Proof) -> dict[str, Any]:
    return {
        "page": proof.example.page,
        "name": proof.example.name,
        **_location(proof.example.location),
        "verdict": proof.verdict.value,
        "why": proof.why,
        "seconds": round(proof.seconds, 3),
        "unreached": proof.unreached,
        "findings": [_finding(finding) for finding in proof.findings],
        "tolerances": [
            {**_location(use.location), "statement": use.statement, "tolerance": use.tolerance.value}
            for use in proof.uses
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        **_location(finding.location),
        "statement": finding.statement,
        "reason": finding.reason.name,
        "sentence": finding.reason.sentence,
        "cure": finding.reason.cure,
        "of_browser": finding.reason.is_of_browser,
        "expected": finding.expected,
        "got": finding.got,
        "errors": finding.errors,
    }


def _location(location: Location) -> dict[str, Any]:
    return {"file": location.file, "line": location.line}
