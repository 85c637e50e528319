"""The proof of a project's examples: in the Pyodide of its readers, and in CPython for comparison."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from tools.real_documentation.builds import live_options, mkdocs_configuration, run, sphinx
from tools.real_documentation.sources import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tools.real_documentation.projects import Project

__all__ = ["checked", "counted", "proof_of"]

PYODIDE, CPYTHON = "node", "cpython"
"""The runtimes of ``pyrun check``."""

PROVEN, FAILING, NOT_CHECKED, SKIPPED = "proven", "failing", "not checked", "skipped"
"""The verdicts of its reports."""

PACKAGES = re.compile(r"/\S*/site-packages/")

COMMAND = "import sys; from pyrun_core.cli import main; sys.exit(main(sys.argv[1:]))"


def proof_of(project: Project, source: Path, python: Path, folder: Path) -> dict[str, Any]:
    """Check all examples in both runtimes, and return what was counted.

    ``lost`` are the examples that CPython proves and Pyodide does not, each with its reason.

    Raises:
        RuntimeError: a check ends without a report. The message ends with its output.
    """
    here, there = (checked(project, source, python, folder, runtime) for runtime in (PYODIDE, CPYTHON))
    pairs = list(zip(here["examples"], there["examples"], strict=True))
    passing = [example for example, other in pairs if other["verdict"] == PROVEN]
    lost = [example for example in passing if example["verdict"] != PROVEN]
    return {
        "pyodide": project.pyodide or bundled_version(),
        **counted(here),
        "cpython": {"python": version_of(python, source), **counts(there["examples"])},
        "passing": len(passing),
        "lost": [described(example, source) for example in lost],
    }


def checked(
    project: Project,
    source: Path,
    python: Path,
    folder: Path,
    runtime: str = PYODIDE,
    **more: Any,  # noqa: ANN401 - options
) -> dict[str, Any]:
    """The report of a check, as ``report.json`` has it. ``more`` are options of pyrun.

    Raises:
        RuntimeError: there is none.
    """
    target = folder / f"check-{runtime}"
    if project.host == "Sphinx":
        options = live_options(project, check=runtime, **more)
        command = ["-m", *sphinx(project, source, target, options, builder="pyrun-check")]
    else:
        path = mkdocs_configuration(project, source, live_options(project, **more))
        command = ["-c", COMMAND, "check", str(path), "--runtime", runtime, "--report", str(target)]
    done = run([str(python), *command], source)
    try:
        report: dict[str, Any] = json.loads((target / "report.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RuntimeError(f"the check failed:\n{(done.stdout + done.stderr)[-4000:]}") from None
    return report


def counted(report: dict[str, Any]) -> dict[str, Any]:
    """How many examples of a report have which verdict, and for how many reasons."""
    return {**counts(report["examples"]), "reasons": reasons(report["examples"])}


def counts(examples: Iterable[dict[str, Any]]) -> dict[str, int]:
    """How many examples have which verdict."""
    found = Counter(example["verdict"] for example in examples)
    words = {"proven": PROVEN, "failing": FAILING, "not_checked": NOT_CHECKED, "skipped": SKIPPED}
    return {"examples": found.total(), **{name: found[word] for name, word in words.items()}}


def reasons(examples: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Why examples fail: how many have which reason first."""
    found = Counter(each["findings"][0]["reason"] for each in examples if each["verdict"] == FAILING)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def described(example: dict[str, Any], source: Path) -> dict[str, str]:
    """An example that is lost: where it is, the name of its reason, and what the report says of it."""
    findings = example["findings"]
    where = findings[0] if findings else example
    file = relative(str(where["file"]), source)
    line = f":{where['line']}" if where["line"] else ""
    return {
        "where": f"{file}{line}",
        "reason": findings[0]["reason"] if findings else example["verdict"],
        "says": relative(findings[0]["sentence"] if findings else example["why"], source),
    }


def relative(text: str, source: Path) -> str:
    """A text with files relative to the source of the project, or to the installed packages."""
    return PACKAGES.sub("", text.replace(f"{source}/", ""))


def bundled_version() -> str:
    """The version of the Pyodide that comes with pyrun."""
    return json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]["pyodide"]  # type: ignore[no-any-return]


def version_of(python: Path, folder: Path) -> str:
    """The version of a Python."""
    return run(
        [str(python), "-c", "import platform; print(platform.python_version())"], folder
    ).stdout.strip()
