"""What the documentation shows for each project: the numbers of its plain site and of its live one."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Any

from tools.real_documentation.builds import build
from tools.real_documentation.counting import count, problems
from tools.real_documentation.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tools.real_documentation.builds import Built
    from tools.real_documentation.projects import Project

__all__ = ["RESULTS", "counted", "result_of"]

RESULTS = ROOT / "docs" / "reference" / "real-documentation.json"
"""The file from which the documentation makes its table."""

QUOTED = re.compile(r"'[^']*'|\d+")


def result_of(project: Project, source: Path, python: Path, folder: Path, rounds: int) -> dict[str, Any]:
    """Build both sites in turn, and return what was counted and measured.

    The first live build resolves the packages, so its time doesn't count.
    """
    build(project, source, python, folder / "live", live=True)
    pairs = [
        (
            build(project, source, python, folder / "plain", live=False),
            build(project, source, python, folder / "live", live=True),
        )
        for _ in range(rounds)
    ]
    plain, live = pairs[-1]
    return {
        "version": project.version,
        "host": project.host,
        "live_option": list(project.live),
        **counted(plain, live, source),
        "cpu_s": {
            "plain": round(median(pair[0].cpu_s for pair in pairs), 1),
            "live": round(median(pair[1].cpu_s for pair in pairs), 1),
            "rounds": rounds,
        },
        "bytes": {
            "plain": plain.size_bytes(),
            "live": live.size_bytes(),
            "pyrun": live.assets_bytes(),
        },
    }


def counted(plain: Built, live: Built, source: Path) -> dict[str, Any]:
    """What doesn't depend on the machine: pages, blocks by kind, and why some are not live."""
    before, after = count(plain), count(live)
    warned = Counter(reason(problem.what) for problem in problems(live, source) if problem.subtype == "live")
    unwanted = [line for line in after.left if line.split(": ")[1] not in plain.project.live]
    left = {"of a kind that the option doesn't name": len(unwanted), **warned}
    silent = len(after.left) - sum(left.values())
    if silent > 0:
        left["for another reason"] = silent
    return {
        "pages": before.pages,
        "blocks": dict(sorted(after.blocks.items())),
        "live": dict(sorted(after.live.items())),
        "cells": after.cells,
        "left": {why: number for why, number in sorted(left.items()) if number},
    }


def reason(message: str) -> str:
    """A warning without what is particular to one place, so that equal ones can be counted."""
    return QUOTED.sub("…", message.partition(". ")[0])
