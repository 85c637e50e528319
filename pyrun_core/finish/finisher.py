"""Finishing a built site: its examples are settled, and its pages get the files that they load."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from pyrun_core.examples.code_file import CodeFiles
from pyrun_core.examples.page_requirements import SiteRequirements
from pyrun_core.finish.built_site import BuiltSite
from pyrun_core.finish.cell_outputs import CheckedCells, OutputOf
from pyrun_core.finish.head_tags import FOLDER, ROOT, HeadTags
from pyrun_core.finish.known_pages import KnownPages
from pyrun_core.finish.plain_blocks import PlainBlocks
from pyrun_core.live.left_alone import Note
from pyrun_core.live.selection import Selection
from pyrun_core.outputs.stored import StoredOutput
from pyrun_core.packages.resolve.project_lock import LOCK_NAME
from pyrun_core.packages.resolve.version_check import DocumentedProject
from pyrun_core.packages.resolve_site import LockMode
from pyrun_core.problems import PyrunError
from pyrun_core.settlement.documented_names import INVENTORY, names_table, read_inventory
from pyrun_core.settlement.folder import PyrunFolder
from pyrun_core.settlement.settlement import Settlement, settle
from pyrun_core.site import Site

__all__ = ["CheckCells", "Finished", "Finisher"]


class CheckCells(Protocol):
    """Checks examples."""

    def __call__(
        self, settlement: Settlement, files: Iterable[tuple[str, str]], *, stores_outputs: bool
    ) -> CheckedCells:
        """What a check decides of the examples in the HTML of files, which have names.

        ``stores_outputs``: some of the pages show outputs before the first run.
        """


@dataclass(frozen=True)
class Finished:
    """A finished site. ``written`` are the names of its HTML files that became others."""

    settlement: Settlement
    written: list[str]


@dataclass
class Finisher:
    """Finishes the site in ``folder``, as often as it is called.

    ``has_plain_blocks``: ordinary blocks of code become live, because the generator knows nothing of pyrun.
    ``is_served``: a server shows the site meanwhile. ``note`` is told each example that becomes live here.
    ``check`` checks the examples in the HTML files if ``is_checked``, or if pages show outputs before the
    first run. ``names_elsewhere`` are the names that other sites document, with their URLs.
    """

    folder: Path
    site: Site
    documented: DocumentedProject = field(default_factory=DocumentedProject)
    lock_mode: LockMode = LockMode.FOLLOW
    has_plain_blocks: bool = False
    is_served: bool = False
    note: Note = lambda _: None
    check: CheckCells | None = None
    is_checked: bool = False
    names_elsewhere: Callable[[], Iterable[tuple[str, str]]] = tuple
    _built: BuiltSite = field(init=False)
    _settlement: Settlement | None = None
    _inputs: object = None

    def __post_init__(self) -> None:
        documents = self.site.example_files.root
        values, report = self.site.values, self.site.report
        blocks = (
            PlainBlocks(values, report, CodeFiles(documents), self.note) if self.has_plain_blocks else None
        )
        selection = Selection.of_page(values, {}, "") if blocks else None
        only_proven = self.is_checked and self.check is not None
        known = KnownPages(self.site.base, selection, only_proven=only_proven)
        self._built = BuiltSite(self.folder, documents, blocks, self.site.report, known, self.is_served)

    def finish(self) -> Finished:
        """Finish what has changed since the last call.

        The files come first, then the pages that load them.

        Raises:
            PyrunError: the folder does not exist or has no page, or the author's lock file is not one.
        """
        changed = self._read()
        if self._settlement is not None and not changed and self._inputs == self._read_inputs():
            return Finished(self._settlement, [])
        settlement = self._settle(self.site.requirements(self._built.requirements()))
        files = PyrunFolder(self.folder / FOLDER, ROOT, self.site.runtime, self.site.integrity)
        tags = HeadTags(*files.page_assets)
        outputs: list[StoredOutput] = []
        if self.check is not None and (self.is_checked or self._built.stores_outputs):
            stores_outputs = self._built.stores_outputs
            checked = self.check(settlement, self._built.live_files(), stores_outputs=stores_outputs)
            without = self._built.remove_cells(checked.is_ordinary)
            if without:
                settlement = self._settle(self.site.requirements(self._built.requirements()))
            outputs, output_of = _noting(checked.output_of)
            shown = self._built.show_outputs(output_of, tags, files.output_style)
            changed = list(dict.fromkeys([*changed, *without, *shown]))
        is_live = bool(settlement.requirements.pages)
        inventory = read_inventory(self.folder / INVENTORY, ROOT)
        names = names_table(inventory, self.names_elsewhere(), settlement.imported_modules())
        settlement = replace(settlement, names=names)
        if is_live:
            files.write(settlement, outputs)
        written = self._built.write(changed, tags)
        if not self.is_served:
            files.remove_others(settlement if is_live else None, outputs)
        return Finished(settlement, written)

    def settle_only(self) -> Settlement:
        """What the site requires, settled. No file is written.

        Raises:
            PyrunError: as in `finish`.
        """
        self._read()
        return self._settle(self.site.requirements(self._built.requirements()))

    def live_files(self) -> Iterator[tuple[str, str]]:
        """The names and the HTML of the files with examples, once they have been read."""
        return self._built.live_files()

    def _read(self) -> list[str]:
        if not self.folder.is_dir():
            raise PyrunError(f"{self.folder} is not a folder. Build the site first, and name its folder")
        changed = self._built.read()
        if not self._built.has_pages and not self.is_served:
            raise PyrunError(f"{self.folder} has no HTML file. Name the folder into which the site is built")
        return changed

    def _settle(self, requirements: SiteRequirements) -> Settlement:
        """The settlement, which stays as long as nothing requires something else."""
        known = self._settlement
        if known and self._inputs == self._read_inputs() and _key(known.requirements) == _key(requirements):
            settlement = replace(known, requirements=requirements)
        else:
            self.site.example_files.forget()
            settlement = self._settlement = settle(self.site, requirements, self.documented, self.lock_mode)
            self._inputs = self._read_inputs()
        self._settlement = settlement
        return settlement

    def _read_inputs(self) -> dict[Path, int]:
        """The times of the files that the settlement depends on, besides the pages."""
        known = self._settlement
        local = self.site.local_packages(known.requirements) if known else []
        return dict(_times([*self.site.example_files.matches(), *local, self.site.base / LOCK_NAME]))


def _noting(output_of: OutputOf) -> tuple[list[StoredOutput], OutputOf]:
    """The same, and a list of the outputs that it has returned."""
    noted: list[StoredOutput] = []

    def note(cell: Mapping[str, str]) -> StoredOutput | None:
        output = output_of(cell)
        if output is not None:
            noted.append(output)
        return output

    return noted, note


def _times(files: list[Path]) -> Iterator[tuple[Path, int]]:
    for file in files:
        yield file, file.stat().st_mtime_ns if file.exists() else 0


def _key(requirements: SiteRequirements) -> object:
    """What the settlement depends on. The lines of examples are not part of it."""
    names = requirements.imported_names()
    formatters = requirements.formatters().keys()
    return bool(requirements.pages), requirements.site, requirements.examples().keys(), names, formatters
