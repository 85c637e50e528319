"""What fails, as annotations that GitHub and GitLab show beside the lines of a change."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from pyrun_core.problems import Location
from pyrun_core.proof.report.differences import diff_lines
from pyrun_core.proof.verdict import Finding, Proof

__all__ = ["github_annotations", "gitlab_report"]

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}
"""As GitHub reads them: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts"""


_OF_REPOSITORIES = (".git", ".hg")
"""What is in the folder of a repository."""


def github_annotations(proofs: Sequence[Proof], here: Path) -> str:
    """A command of GitHub Actions for each finding.

    Locations are relative to the folder ``here``, and paths of annotations to the repository that it is in.
    """
    root = _repository_folder(here)
    lines = []
    for finding in _findings(proofs):
        properties = {
            "file": _path(finding.location, here, root),
            "line": str(finding.location.line or 1),
            "title": f"pyrun: {finding.reason.name}",
        }
        written = ",".join(f"{name}={_escape(value, _PROPERTY)}" for name, value in properties.items())
        lines.append(f"::error {written}::{_escape(_message(finding), _DATA)}\n")
    return "".join(lines)


def gitlab_report(proofs: Sequence[Proof], here: Path) -> str:
    """The same as a code quality report: https://docs.gitlab.com/ci/testing/code_quality/."""
    root = _repository_folder(here)
    seen: Counter[str] = Counter()
    issues = []
    for finding in _findings(proofs):
        path = _path(finding.location, here, root)
        # Without the line, so that a change elsewhere in the file does not make it a new finding.
        key = f"{path}\n{finding.reason.name}\n{finding.statement}\n{finding.expected}"
        seen[key] += 1
        issues.append(
            {
                "description": str(finding.reason),
                "check_name": f"pyrun-{finding.reason.name}",
                "fingerprint": hashlib.sha256(f"{key}\n{seen[key]}".encode()).hexdigest(),
                "severity": "major",
                "location": {"path": path, "lines": {"begin": finding.location.line or 1}},
            }
        )
    return json.dumps(issues, indent=2) + "\n"


def _findings(proofs: Sequence[Proof]) -> list[Finding]:
    return [finding for proof in proofs for finding in proof.findings]


def _message(finding: Finding) -> str:
    lines = [str(finding.reason)]
    if finding.expected:
        lines += [line.marked for line in diff_lines(finding.expected, finding.got)]
    return "\n".join(lines)


def _path(location: Location, here: Path, root: Path) -> str:
    path = here / location.file
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _repository_folder(here: Path) -> Path:
    """The folder of the repository that a folder is in, or the folder itself."""
    folders = (here, *here.parents)
    return next((each for each in folders if any((each / name).exists() for name in _OF_REPOSITORIES)), here)


def _escape(text: str, table: Mapping[str, str]) -> str:
    return "".join(table.get(character, character) for character in text)
