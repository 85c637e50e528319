"""The directives ``pyrun-real-documentation`` and others: what goes live in real pages, and what is proven.

``python -m tools.real_documentation`` writes real-documentation.json.
"""

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from marked_table import marked_table

__all__ = ["LeftAlone", "Lost", "RealDocumentation", "RealProof", "setup"]

RESULTS = Path(__file__).parents[1] / "reference" / "real-documentation.json"

HEADS = (
    "Project",
    "Host",
    "`live`",
    "Pages",
    "Blocks by kind",
    "Live blocks",
    "Examples",
    "CPU time of the build, plain and live",
    "Size, pages and pyrun's files",
)

PROOF_HEADS = (
    "Project",
    "Pyodide, CPython",
    "Examples",
    "Proven",
    "Failing, and why",
    "Not checked, skipped",
    "Of those that CPython proves, proven in Pyodide",
)

KB, MB = 1_000, 1_000_000


class RealDocumentation(SphinxDirective):
    """A table with a row for each project."""

    def run(self) -> list[nodes.Node]:
        """Return the table, and a sentence with the date."""
        results = _results(self)
        projects = results["projects"]
        rounds = min(found["cpu_s"]["rounds"] for found in projects.values())
        times = "once" if rounds == 1 else f"{rounds} times"
        return [
            marked_table(self, HEADS, [_row(name, found) for name, found in projects.items()]),
            nodes.paragraph("", f"Counted and measured on {results['date']}. Each site was built {times}."),
        ]


class LeftAlone(SphinxDirective):
    """A table with a row for each reason for which blocks of a project are not live."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        rows = [
            [name, str(number), why]
            for name, found in _results(self)["projects"].items()
            for why, number in found["left"].items()
        ]
        return [marked_table(self, ["Project", "Blocks", "Reason"], rows)]


class RealProof(SphinxDirective):
    """A table with a row for each project and sample: how many examples are proven, and why others fail."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        return [marked_table(self, PROOF_HEADS, [_proof_row(*each) for each in _proven(self)])]


class Lost(SphinxDirective):
    """A table with a row for each example that CPython proves and Pyodide does not."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        rows = [
            [name, f"``{lost['where']}``", f"`{lost['reason']}`", _inline(lost["says"])]
            for name, found in _proven(self)
            for lost in found["proof"]["lost"]
        ]
        return [marked_table(self, ["Project", "Where", "Reason", "What the report says"], rows)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("pyrun-real-documentation", RealDocumentation)
    app.add_directive("pyrun-left-alone", LeftAlone)
    app.add_directive("pyrun-real-proof", RealProof)
    app.add_directive("pyrun-lost", Lost)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _results(directive: SphinxDirective) -> Any:  # noqa: ANN401 - what JSON holds
    directive.env.note_dependency(str(RESULTS))
    return json.loads(RESULTS.read_text(encoding="utf-8"))


def _row(name: str, found: dict[str, Any]) -> list[str]:
    seconds, size = found["cpu_s"], found["bytes"]
    return [
        f"{name} {found['version']}",
        found["host"],
        ", ".join(f"`{word}`" for word in found["live_option"]),
        str(found["pages"]),
        _by_kind(found["blocks"]),
        _by_kind(found["live"]),
        str(found["cells"]),
        f"{seconds['plain']:g} s, {seconds['live']:g} s",
        f"+{(size['live'] - size['plain']) / KB:.0f} kB, +{size['pyrun'] / MB:.1f} MB",
    ]


def _by_kind(numbers: dict[str, int]) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in numbers.items())


def _proven(directive: SphinxDirective) -> list[tuple[str, Any]]:
    """The projects and samples whose examples have been checked."""
    results = _results(directive)
    everything = {**results["projects"], **results.get("samples", {})}
    return [(name, found) for name, found in everything.items() if "proof" in found]


def _proof_row(name: str, found: dict[str, Any]) -> list[str]:
    proof = found["proof"]
    kept = proof["passing"] - len(proof["lost"])
    share = kept / proof["passing"] if proof["passing"] else 1
    reasons = ", ".join(f"{number} `{reason}`" for reason, number in proof["reasons"].items())
    return [
        f"{name} {found['version']}",
        f"{proof['pyodide']}, {proof['cpython']['python']}",
        str(proof["examples"]),
        str(proof["proven"]),
        f"{proof['failing']}: {reasons}" if reasons else str(proof["failing"]),
        f"{proof['not_checked']}, {proof['skipped']}",
        f"{kept} of {proof['passing']}, {share:.1%}",
    ]


def _inline(text: str) -> str:
    """Text without the meaning that Markdown gives to some characters."""
    return "".join(f"\\{each}" if each in "\\`*_[]<>" else each for each in text)
