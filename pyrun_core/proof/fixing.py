"""``pyrun check --fix``: shows the documented outputs that would change, and writes them."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pyrun_core.proof.check import Check
from pyrun_core.proof.checked import CheckedPage
from pyrun_core.proof.fix.plan import plan_fixes
from pyrun_core.proof.report.terminal import Style
from pyrun_core.proof.verdict import Proof

__all__ = ["offer_fixes", "project_folder"]

_OF_PROJECTS = (".git", ".hg", "pyproject.toml", "setup.py")
"""What is in the folder of a project."""


def offer_fixes(check: Check, pages: Sequence[CheckedPage], proofs: Sequence[Proof], style: Style) -> bool:
    """Write what examples show in place of the documented outputs. Whether everything that fails is fixed.

    Pages with something to fix run a second time, because an output that varies cannot be documented. In a
    terminal, the author sees the changes and confirms them.

    Raises:
        PyrunError: the examples cannot be run, or a file cannot be written.
    """
    to_fix = {proof.example.page for proof in proofs if proof.findings}
    if not to_fix:
        return True
    again = replace(check, cache=None, note=_ignore).proofs(
        [page for page in pages if page.job.page in to_fix]
    )
    root = project_folder(Path.cwd())
    plan = plan_fixes(proofs, again, root=root, rules=check.rules)
    sys.stdout.write(plan.diff(root, style))
    sys.stdout.writelines(f"{refusal}\n" for refusal in plan.refusals)
    if plan.changes and _is_confirmed():
        for path in plan.apply():
            sys.stdout.write(f"Wrote {path}.\n")
        return not plan.refusals
    return False


def project_folder(here: Path) -> Path:
    """The folder of the project that a folder is in, or the folder itself."""
    for folder in (here, *here.parents):
        if any((folder / name).exists() for name in _OF_PROJECTS):
            return folder
    return here


def _is_confirmed() -> bool:
    """Whether the author wants the changes. Where nobody can be asked, the option says so."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return True
    return input("Write these changes? [y/N] ").strip().lower() in {"y", "yes"}


def _ignore(*_: object, **__: object) -> None:
    """Show no progress of the second run."""
