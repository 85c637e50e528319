"""The results: a table for the terminal, and a file from which the documentation builds its tables."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from benchmarks.rows import BARE, PYRUN, ratio_of, spread_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from benchmarks.bench import Group
    from benchmarks.rows import Found, Row, Spread

__all__ = ["lines_of", "merged", "results_of", "row_results"]

DIGITS = 4
"""Significant digits of the numbers in the file."""


def row_results(row: Row, founds: Iterable[Found], base: str = BARE) -> dict[str, Any]:
    """A row with its results, as the file contains it. ``base`` is the kind that ratios are relative to."""
    by_kind = {found.kind: found for found in founds if found.row == row.key}
    kinds: dict[str, Any] = {}
    ratios: dict[str, Any] = {}
    for kind, found in by_kind.items():
        if not found.values:
            kinds[kind] = {"problem": found.problem or "nothing was measured"}
            continue
        kinds[kind] = _rounded(spread_of(found.values)) | (
            {"problem": found.problem} if found.problem else {}
        )
        if kind != base and base in by_kind and (ratio := ratio_of(found.values, by_kind[base].values)):
            ratios[kind] = _rounded(ratio)
    found_limit = {} if row.limit is None else {"limit": row.limit, "limits_ratio": row.limits_ratio}
    return {"what": row.what, "unit": row.unit, **found_limit, "kinds": kinds, "ratios": ratios}


def results_of(
    groups: Iterable[Group], founds: Iterable[Found], versions: Mapping[str, str]
) -> dict[str, Any]:
    """All results, as the file contains them."""
    founds = list(founds)
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": {"processors": os.cpu_count()},
        "versions": dict(versions),
        "groups": {
            group.name: {
                "title": group.title,
                "compared_with": group.compared_with,
                "rows": {row.key: row_results(row, founds, group.compared_with) for row in group.rows},
            }
            for group in groups
        },
    }


def merged(old: dict[str, Any], new: dict[str, Any], order: Iterable[str]) -> dict[str, Any]:
    """The new results, with older results for the groups that were not measured again."""
    groups = {**old.get("groups", {}), **new["groups"]}
    return {**new, "groups": {name: groups[name] for name in order if name in groups}}


def lines_of(results: dict[str, Any]) -> Iterable[str]:
    """The lines of the tables for the terminal, in Markdown."""
    for group in results["groups"].values():
        yield f"\n{group['title']}\n"
        kinds = list(dict.fromkeys(kind for row in group["rows"].values() for kind in row["kinds"]))
        yield "| | " + " | ".join(kinds) + f" | pyrun / {group['compared_with']} | limit |"
        yield "|---|" + "---|" * (len(kinds) + 2)
        for row in group["rows"].values():
            cells = [cell(row["kinds"].get(kind), row["unit"]) for kind in kinds]
            yield f"| {row['what']} | {' | '.join(cells)} | {ratio(row)} | {limit(row)} |"


def cell(found: dict[str, Any] | None, unit: str) -> str:
    """A median with its quartiles, or the problem."""
    if found is None:
        return ""
    if "median" not in found:
        return str(found["problem"])
    spread = f" ({found['low']:g} to {found['high']:g})" if found["count"] > 1 else ""
    return f"{found['median']:g} {unit}{spread}"


def ratio(row: dict[str, Any]) -> str:
    """The ratio of pyrun to the kind that it is compared with, with its quartiles."""
    found = row["ratios"].get(PYRUN)
    return f"{found['median']:.2f} ({found['low']:.2f} to {found['high']:.2f})" if found else ""


def limit(row: dict[str, Any]) -> str:
    """The limit of a row, and whether pyrun meets it."""
    if "limit" not in row:
        return ""
    found = (row["ratios"] if row["limits_ratio"] else row["kinds"]).get(PYRUN, {})
    if "median" not in found:
        return f"{row['limit']:g}: not measured"
    return f"{row['limit']:g}: {'met' if found['median'] <= row['limit'] else 'not met'}"


def written(results: dict[str, Any]) -> str:
    """The results as the text of the file."""
    return json.dumps(results, indent=2, ensure_ascii=False) + "\n"


def _rounded(spread: Spread) -> dict[str, Any]:
    values = asdict(spread)
    return {
        name: value if name == "count" else float(f"{value:.{DIGITS}g}") for name, value in values.items()
    }
