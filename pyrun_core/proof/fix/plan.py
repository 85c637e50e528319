"""What `pyrun check --fix` writes: a plan that can be shown first, and then applied."""

import difflib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyrun_core.problems import Location
from pyrun_core.proof.compare.rules import Rules
from pyrun_core.proof.fix.author_file import AuthorFile, Edit, RefusedError, open_file
from pyrun_core.proof.fix.edits import edit_for
from pyrun_core.proof.fix.surroundings import check_result
from pyrun_core.proof.report.terminal import PLAIN, Style, defuse
from pyrun_core.proof.verdict import Finding, Proof

__all__ = ["FileChange", "FixPlan", "Refusal", "plan_fixes"]


@dataclass(frozen=True)
class FileChange:
    """A file and its new text. ``count`` is the number of outputs in it that are new."""

    file: AuthorFile
    text: str
    count: int


@dataclass(frozen=True)
class Refusal:
    """A finding that stays, and why."""

    location: Location
    why: str

    def __str__(self) -> str:
        return f"{self.location}: not fixed: {self.why}."


@dataclass(frozen=True)
class FixPlan:
    """Changes of files, and findings that need their author."""

    changes: tuple[FileChange, ...]
    refusals: tuple[Refusal, ...]

    def diff(self, root: Path, style: Style = PLAIN) -> str:
        """All changes as a unified diff, with paths relative to ``root``."""
        return "".join(_diff(change, root.resolve(), style) for change in self.changes)

    def apply(self) -> list[Path]:
        """Write the files, and return their paths.

        Raises:
            PyrunError: a file has changed since the check, or cannot be written. Those before it are written.
        """
        for change in self.changes:
            change.file.write(change.text)
        return [change.file.path for change in self.changes]


@dataclass
class _Change:
    """The edits of a file so far, each with the findings that it is for."""

    file: AuthorFile
    edits: dict[Edit, list[Finding]]


def plan_fixes(
    proofs: Sequence[Proof],
    again: Sequence[Proof],
    *,
    root: Path,
    here: Path | None = None,
    rules: Rules | None = None,
) -> FixPlan:
    """The new outputs of all statements whose output differs from the documented output.

    ``again`` are the proofs of a second run of the same examples: what differs between the two is not
    written. ``root`` is the folder of the project, and no file outside of it is changed. Locations are
    relative to ``here``, by default the current folder. ``rules`` are those of the check.
    """
    refusals: list[Refusal] = []
    changes: dict[Path, _Change] = {}
    second = {_key(proof): proof for proof in again}
    for proof in proofs:
        other = second.get(_key(proof))
        for finding in proof.findings:
            try:
                _check_stable(finding, other)
                location, make = edit_for(proof.example, finding, rules or Rules())
                file = open_file(location.file, root, here or Path.cwd())
                change = changes.setdefault(file.path, _Change(file, defaultdict(list)))
                change.edits[make(file)].append(finding)
            except RefusedError as error:
                refusals.append(Refusal(finding.location, str(error)))
    planned = [_resolve(change, refusals) for change in changes.values()]
    return FixPlan(tuple(change for change in planned if change), tuple(refusals))


def _key(proof: Proof) -> object:
    example = proof.example
    return (example.page, example.location, example.session, example.source)


def _check_stable(finding: Finding, other: Proof | None) -> None:
    same = [each for each in (other.findings if other else ()) if each.line == finding.line]
    if not any(each.got == finding.got and each.reason.name == finding.reason.name for each in same):
        raise RefusedError("a second run showed another output")


def _resolve(change: _Change, refusals: list[Refusal]) -> FileChange | None:
    """The new text of a file, without edits that contradict each other."""
    edits: list[Edit] = []
    for edit in sorted(change.edits):
        if any(_overlap(edit, other) for other in change.edits if other != edit):
            why = "other examples that document this output show a different one"
            refusals += [Refusal(finding.location, why) for finding in change.edits[edit]]
        else:
            edits.append(edit)
    if not edits:
        return None
    try:
        text = check_result(change.file, edits)
    except RefusedError as error:
        refusals += [
            Refusal(finding.location, str(error)) for edit in edits for finding in change.edits[edit]
        ]
        return None
    return FileChange(change.file, text, len(edits))


def _overlap(one: Edit, other: Edit) -> bool:
    ends = [edit.first + max(len(edit.old), 1) for edit in (one, other)]
    return one.first < ends[1] and other.first < ends[0]


def _diff(change: FileChange, root: Path, style: Style) -> str:
    name = change.file.path.relative_to(root).as_posix()
    old, new = (
        [line.removesuffix("\r") for line in text.split("\n")] for text in (change.file.text, change.text)
    )
    lines = []
    for line in difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm=""):
        colour = style.bad if line.startswith("-") else style.good if line.startswith("+") else str
        lines.append(f"{colour(defuse(line))}\n")
    return "".join(lines)
