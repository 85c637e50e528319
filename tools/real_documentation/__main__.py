"""Build the documentation of real projects, plainly and live, and write the numbers into the documentation.

``python -m tools.real_documentation [--only NAME …] [--rounds 3]``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tools.real_documentation.projects import PROJECTS
from tools.real_documentation.results import RESULTS, result_of
from tools.real_documentation.sources import environment, unpacked

ROUNDS = 3


def main() -> None:
    """Build the projects, print a line for each, and write the results."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.real_documentation", description=__doc__.partition("\n")[0]
    )
    names = [project.name for project in PROJECTS]
    parser.add_argument("--only", nargs="+", choices=names, default=names, help="these projects only")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="builds of each kind, whose median counts")
    wanted = parser.parse_args()
    written = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {"projects": {}}
    results = dict(written["projects"])
    python = environment()
    for project in PROJECTS:
        if project.name in wanted.only:
            with tempfile.TemporaryDirectory() as scratch:
                folder = Path(scratch)
                source = unpacked(project, folder / "source")
                try:
                    results[project.name] = result_of(project, source, python, folder, wanted.rounds)
                except RuntimeError as error:
                    print(f"{project.name}: {error}", file=sys.stderr)
                    continue
            print(project.name, json.dumps(results[project.name]), flush=True)
            everything = {
                "date": datetime.now(UTC).date().isoformat(),
                "projects": {name: results[name] for name in names if name in results},
            }
            RESULTS.write_text(json.dumps(everything, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
