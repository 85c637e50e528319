"""The directives ``pyrun-benchmarks`` and ``pyrun-measured``: the results of the benchmarks.

``python -m benchmarks --write`` writes benchmarks.json; a test fails if a benchmark has no result there.
"""

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from marked_table import marked_table

__all__ = ["BenchmarkTable", "Measured", "setup"]

RESULTS = Path(__file__).parents[1] / "reference" / "benchmarks.json"

BARE = "bare"
PYRUN = "pyrun"
HEADS = {BARE: "bare Pyodide"}
"""The column titles that differ from the name of the kind of site."""

DIGITS = 3
"""Significant digits: the spread is larger than any further digit."""

MS_PER_SECOND = 1000


class BenchmarkTable(SphinxDirective):
    """A table with a row for each measurement and a column for each kind of site."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the table of the group that the argument names."""
        group = _results(self)["groups"][self.arguments[0]]
        rows = list(group["rows"].values())
        found = dict.fromkeys(kind for row in rows for kind in row["kinds"])
        kinds = sorted(found, key=lambda kind: (kind != BARE, kind != PYRUN, kind))
        with_ratio = any(row["ratios"] for row in rows)
        with_limit = any("limit" in row for row in rows)
        heads = ["", *(HEADS.get(kind, kind) for kind in kinds)]
        heads += [f"pyrun / {group['compared_with']}"] * with_ratio + ["at most"] * with_limit
        lines = [
            [row["what"], *(_cell(row["kinds"].get(kind), row["unit"]) for kind in kinds)]
            + [_ratio(row)] * with_ratio
            + [_limit(row)] * with_limit
            for row in rows
        ]
        return [marked_table(self, heads, lines)]


class Measured(SphinxDirective):
    """A sentence with the date, the machine and the versions."""

    def run(self) -> list[nodes.Node]:
        """Return the paragraph."""
        results = _results(self)
        versions = ", ".join(f"{name} {version}" for name, version in results["versions"].items())
        processors = results["machine"]["processors"]
        text = f"Measured on {results['date']} on a machine with {processors} processors, with {versions}."
        return [nodes.paragraph("", text)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register both directives."""
    app.add_directive("pyrun-benchmarks", BenchmarkTable)
    app.add_directive("pyrun-measured", Measured)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _results(directive: SphinxDirective) -> Any:  # noqa: ANN401 - what JSON holds
    directive.env.note_dependency(str(RESULTS))
    return json.loads(RESULTS.read_text(encoding="utf-8"))


def _cell(found: dict[str, Any] | None, unit: str) -> str:
    """The median, the quartiles and the number of measurements."""
    if found is None:
        return ""
    if "median" not in found:
        return str(found["problem"])
    if unit == "ms" and found["median"] >= MS_PER_SECOND:
        unit = "s"
        found = {
            name: value / MS_PER_SECOND if name in {"median", "low", "high"} else value
            for name, value in found.items()
        }
    median, low, high = (_number(found[name]) for name in ("median", "low", "high"))
    spread = f" ({low} to {high}, {found['count']} times)" if found["count"] > 1 else ""
    return f"{median} {unit}{spread}"


def _ratio(row: dict[str, Any]) -> str:
    """The ratio of pyrun to the kind that it is compared with, with its quartiles."""
    found = row["ratios"].get(PYRUN)
    return f"{found['median']:.2f} ({found['low']:.2f} to {found['high']:.2f})" if found else ""


def _limit(row: dict[str, Any]) -> str:
    """The limit of the ratio or the value, and whether pyrun meets it."""
    if "limit" not in row:
        return ""
    found = (row["ratios"] if row["limits_ratio"] else row["kinds"]).get(PYRUN, {})
    if "median" not in found:
        return f"{row['limit']:g}: not measured"
    return f"{row['limit']:g}: {'met' if found['median'] <= row['limit'] else '**not met**'}"


def _number(value: float) -> str:
    """The value with `DIGITS` significant digits and without an exponent."""
    return f"{float(f'{value:.{DIGITS}g}'):,.10g}"
