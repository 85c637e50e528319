"""Build the documentation of real projects, prove its examples, and write the numbers into the documentation.

``python -m tools.real_documentation [--only NAME …] [--rounds 3]``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tools.fetch_test_pyodides import cache_folder
from tools.real_documentation.projects import PROJECTS, SAMPLES, Project
from tools.real_documentation.proving import proof_of
from tools.real_documentation.results import RESULTS, result_of
from tools.real_documentation.sources import SAMPLES as SAMPLES_ENVIRONMENT
from tools.real_documentation.sources import environment, pages_of_objects, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROUNDS = 3


def main() -> None:
    """Build the projects, print a line for each, and write the results."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.real_documentation", description=__doc__.partition("\n")[0]
    )
    names = [project.name for project in (*PROJECTS, *SAMPLES)]
    parser.add_argument("--only", nargs="+", choices=names, default=names, help="these projects only")
    parser.add_argument(
        "--rounds",
        type=int,
        default=ROUNDS,
        help="builds of each kind, whose median counts; with 0, examples are proven and nothing is measured",
    )
    wanted = parser.parse_args()
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for group, projects in (("projects", PROJECTS), ("samples", SAMPLES)):
        chosen = [project for project in projects if project.name in wanted.only]
        if not chosen:
            continue
        python = environment() if group == "projects" else environment(SAMPLES_ENVIRONMENT)
        for project in chosen:
            known = results.setdefault(group, {})
            try:
                known[project.name] = new_result(project, python, wanted.rounds, known.get(project.name, {}))
            except RuntimeError as error:
                print(f"{project.name}: {error}", file=sys.stderr)
                continue
            print(project.name, json.dumps(known[project.name]), flush=True)
            results[group] = {each.name: known[each.name] for each in projects if each.name in known}
            results["date"] = datetime.now(UTC).date().isoformat()
            RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


@contextmanager
def scratch(project: Project) -> Iterator[Path]:
    """An empty folder, at the same place each time, so that pyrun knows what it has checked before."""
    folder = cache_folder() / "real-documentation" / project.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def new_result(project: Project, python: Path, rounds: int, known: dict[str, Any]) -> dict[str, Any]:
    """The numbers of a project.

    Raises:
        RuntimeError: its documentation cannot be built.
    """
    with scratch(project) as folder:
        if project.is_sample:
            source = pages_of_objects(project, python, folder / "source")
            known = {"version": project.version, "pyodide": project.pyodide}
        else:
            source = unpacked(project, folder / "source")
            known = result_of(project, source, python, folder, rounds) if rounds else known
        return {**known, "proof": proof_of(project, source, python, folder)}


if __name__ == "__main__":
    main()
