"""Outcomes, as the scripts of runners report them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pyrun_core.proof.outcomes import CellOutcome, PageJob, PageOutcome, Part

__all__ = ["exception_in", "job_record", "read_outcome", "read_page"]

_BEGIN = re.compile(
    r"^(?:Traceback|  \+ Exception Group Traceback) \(most recent call last\):\n", re.MULTILINE
)
"""Of a traceback, and of one of an exception group."""

_NAME = re.compile(r"^(?:  \| )?(?:[^\W\d]\w*\.)*([^\W\d]\w*)(?=:|$)", re.MULTILINE)
"""The class of the exception: the first line below the frames, which are indented."""

_FAILED = frozenset({"error", "timeout", "killed"})


def job_record(job: PageJob) -> dict[str, Any]:
    """What the script of a runner gets of a page: ``Job`` of ``assets/proof/page_run.js``."""
    return {
        "page": job.page,
        "cells": [dict(cell) for cell in job.cells],
        "skipped": sorted(job.skipped),
        "deadly": [],
    }


def read_page(job: PageJob, outcomes: Sequence[Mapping[str, Any] | None]) -> PageOutcome:
    """The outcomes of a page, from their records."""
    return PageOutcome(job.page, tuple(None if each is None else read_outcome(each) for each in outcomes))


def read_outcome(record: Mapping[str, Any]) -> CellOutcome:
    """The outcome of an example, from its record: ``Outcome`` of ``assets/proof/page_run.js``."""
    parts = tuple(Part(**part) for part in record["parts"])
    tracebacks = [part.text for part in parts if part.stream == "traceback"]
    has_failed = bool(tracebacks) and record["ending"] in _FAILED
    return CellOutcome(
        ending=record["ending"],
        parts=parts,
        exception=exception_in(tracebacks[-1]) if has_failed else "",
        line=record["line"],
        missing=record["missing"],
        explanation=record.get("explanation", ""),
        detail=record["detail"],
        seconds=record["seconds"],
        dropped=record["dropped"],
    )


def exception_in(traceback: str) -> str:
    """The class, without its modules, of the exception that a traceback describes last."""
    begins = [found.end() for found in _BEGIN.finditer(traceback)]
    found = _NAME.search(traceback, begins[-1] if begins else 0)
    return found[1] if found else ""
