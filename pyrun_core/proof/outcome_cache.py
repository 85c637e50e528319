"""The outcomes of earlier checks: a page runs again when its examples can notice a change."""

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pyrun_core import __version__
from pyrun_core.browser_files import bundled_files
from pyrun_core.cache import cache_folder, digest_of, new_file
from pyrun_core.proof.outcomes import CellOutcome, PageJob, PageOutcome, Part
from pyrun_core.settlement.settlement import Settlement

__all__ = ["OutcomeCache", "PageKeys"]

_FORMAT = "1"
"""Raise it when the fields of outcomes change, or what runners do."""

_CHANGES_NOTHING = frozenset({"data-caption", "data-line", "data-output", "data-state"})
"""Attributes that a run does not notice. Lines change whenever text above an example does."""

_SECONDS_OF_DAY = 86_400

_EXPECTED = "data-expected"
_EXCEPTION = "Traceback"
"""What is in the documented output of a statement that fails on purpose."""

_OF_THE_MACHINE = frozenset({"timeout", "killed", "lost"})
"""Endings that another run need not have."""


class PageKeys:
    """The keys of pages: digests of everything that a run of their examples depends on.

    That is the code with its options, the packages and files of its examples, Pyodide, and pyrun itself.
    """

    def __init__(self, settlement: Settlement, runtime: str) -> None:
        settled = json.loads(settlement.to_json("", ""))
        self._packages: dict[str, dict[str, Any]] = settled["packages"]
        self._examples: dict[str, dict[str, Any]] = settled["examples"]
        self._start: list[str] = settled["start"]
        files = bundled_files().fingerprint
        self._base = (_FORMAT, __version__, runtime, files, json.dumps(settled["pyodide"]))

    def key(self, job: PageJob) -> str:
        """The key of a page."""
        cells = [_noticed(cell) for cell in job.cells]
        ids = sorted({cell.get("data-requirements", "") for cell in cells})
        required = {each: self._examples.get(each) for each in ids}
        names = [*self._start, *(name for each in required.values() for name in _names(each or {}))]
        packages = {name: self._packages[name] for name in sorted(self._with_dependencies(names))}
        content = [job.page, sorted(job.skipped), cells, required, self._start, packages]
        return digest_of(*self._base, json.dumps(content, sort_keys=True))

    def _with_dependencies(self, names: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in self._packages and name not in found:
                found.add(name)
                waiting += self._packages[name]["depends"]
        return found


@dataclass
class OutcomeCache:
    """The outcomes for one site, in a folder."""

    folder: Path
    _used: set[str] = field(default_factory=set)

    @classmethod
    def of_site(cls, base: Path, runtime: str) -> "OutcomeCache":
        """The cache for the site whose configuration is in a folder."""
        return cls(cache_folder() / "proof" / digest_of(str(base.resolve())) / runtime)

    def find(self, key: str, job: PageJob) -> PageOutcome | None:
        """The outcome of a page, ``None`` if it has to be run: also if the file has been damaged."""
        try:
            outcome = _read(json.loads((self.folder / key).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, LookupError, RecursionError):
            return None
        if outcome.page != job.page or len(outcome.cells) != len(job.cells):
            return None
        self._used.add(key)
        return outcome

    def keep(self, key: str, outcome: PageOutcome) -> None:
        """Keep the outcome of a page, unless it may be another one next time."""
        if any(cell and cell.ending in _OF_THE_MACHINE for cell in outcome.cells):
            return
        self._used.add(key)
        with new_file(self.folder / key) as partial:
            partial.write_text(json.dumps(asdict(outcome)), encoding="utf-8")

    def forget_others(self, older_than_days: float = 0) -> None:
        """Remove outcomes that nothing has asked for, once all pages of the site have been checked.

        If only some pages have been checked, those that are ``older_than_days``.
        """
        latest = time.time() - older_than_days * _SECONDS_OF_DAY
        for path in self._files():
            if path.name not in self._used and path.stat().st_mtime <= latest:
                path.unlink(missing_ok=True)

    def _files(self) -> Iterator[Path]:
        if self.folder.is_dir():
            yield from (path for path in self.folder.iterdir() if path.is_file())


def _noticed(cell: Mapping[str, str]) -> dict[str, str]:
    """What a run notices of an example.

    Of the documented outputs, it notices only whether there are any, and exceptions, after which it goes on.
    """
    noticed = {name: value for name, value in cell.items() if name not in _CHANGES_NOTHING}
    if expected := noticed.get(_EXPECTED):
        outputs = json.loads(expected) if _EXCEPTION in expected else []
        noticed[_EXPECTED] = json.dumps([output for output in outputs if _EXCEPTION in str(output)])
    return noticed


def _names(example: dict[str, Any]) -> list[str]:
    """The packages that are loaded for an example."""
    return [*example.get("start", ()), *example.get("run", ())]


def _read(kept: dict[str, Any]) -> PageOutcome:
    cells = [
        cell and CellOutcome(**{**cell, "parts": tuple(Part(**part) for part in cell["parts"])})
        for cell in kept["cells"]
    ]
    return PageOutcome(kept["page"], tuple(cells))
