"""Runs all benchmarks and compares the results with bare Pyodide on the same files.

Run it on a quiet machine: ``python -m benchmarks [--rounds 10] [--only GROUP …] [--write]``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import traceback
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from benchmarks.bench import Bench
from benchmarks.groups import GROUPS
from benchmarks.report import lines_of, merged, results_of, written
from benchmarks.rows import PYRUN, Found
from benchmarks.versions import versions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Group

RESULTS = Path(__file__).parents[1] / "docs" / "reference" / "benchmarks.json"


def main() -> None:
    """Measure, print a table for each group, and write the results with ``--write``."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--rounds", type=int, default=10, help="at most; slow rows have fewer, one extra round warms caches"
    )
    parser.add_argument(
        "--only", nargs="+", choices=[group.name for group in GROUPS], help="these groups only"
    )
    parser.add_argument("--write", action="store_true", help=f"update {RESULTS.name} of the documentation")
    wanted = parser.parse_args()
    groups = [group for group in GROUPS if not wanted.only or group.name in wanted.only]
    names = [group.name for group in GROUPS]
    with tempfile.TemporaryDirectory() as name, ExitStack() as closing:
        driver = closing.enter_context(sync_playwright())
        bench = Bench(Path(name), wanted.rounds, driver, closing)
        found_versions = versions(bench)
        for group in groups:
            results = results_of([group], list(measured(group, bench)), found_versions)
            for line in lines_of(results):
                print(line, flush=True)
            if wanted.write:  # after each group, so that an interrupted run keeps its results
                everything = merged(earlier_results(), results, names)
                RESULTS.write_text(written(everything), encoding="utf-8")


def earlier_results() -> dict[str, Any]:
    """The results in the file. Groups that are not in the file have the problem "not measured yet"."""
    earlier: dict[str, Any] = {}
    if RESULTS.exists():
        earlier = json.loads(RESULTS.read_text(encoding="utf-8"))
    unmeasured = [Found(row.key, PYRUN, problem="not measured yet") for group in GROUPS for row in group.rows]
    blank = results_of(GROUPS, unmeasured, {})
    return {**blank, "groups": {**blank["groups"], **earlier.get("groups", {})}}


def measured(group: Group, bench: Bench) -> Iterator[Found]:
    """Measure a group. If it fails, the rows that are still missing get the error as their problem."""
    started = time.monotonic()
    print(f"{group.name}:", file=sys.stderr, flush=True)
    missing = {row.key for row in group.rows}
    try:
        for found in group.measure(bench):
            missing.discard(found.row)
            yield found
    except Exception as error:  # noqa: BLE001 - the other groups continue
        traceback.print_exc()
        for row in group.rows:
            if row.key in missing:
                yield Found(row.key, PYRUN, problem=f"{type(error).__name__}: {error}".partition("\n")[0])
    print(f"{group.name}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
