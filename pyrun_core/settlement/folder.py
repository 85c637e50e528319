"""Pyrun's folder in a built site: everything that live pages load, and the settlement of the site."""

import filecmp
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyrun_core.browser_files import bundled_files
from pyrun_core.cache import new_file
from pyrun_core.examples.render import PageAsset
from pyrun_core.outputs.stored import StoredOutput, write_figures
from pyrun_core.problems import PyrunError
from pyrun_core.settlement.runtime import loader_for, runtime_folder, runtime_url
from pyrun_core.settlement.settlement import NAMES_FILE, Settlement
from pyrun_core.site_file import SiteFile

__all__ = ["FIGURES", "OFF_FILE", "SETTLEMENT_FILE", "PyrunFolder", "write_files"]

SETTLEMENT_FILE = "settlement.json"

OFF_FILE = "off.json"
"""The file in which an author can switch pages off without a new build."""

FIGURES = "figures"
"""The folder of the figures that pages show before the first run."""

_NOTHING_IS_OFF = b'{"pages": [], "message": ""}\n'


@dataclass(frozen=True)
class PyrunFolder:
    """Pyrun's folder in a built site.

    ``root`` is the URL of the site's root, relative to the folder, such as ``../../``. ``runtime`` and
    ``integrity`` are the values of these options.
    """

    path: Path
    root: str
    runtime: str = ""
    integrity: bool = False

    @cached_property
    def loader(self) -> SiteFile:
        """The script that pages with examples load."""
        return loader_for(self._runtime_url, bundled_files())

    @cached_property
    def style(self) -> SiteFile:
        """The style sheet that pages with examples load."""
        files = bundled_files()
        return SiteFile(files.folder / files.style, files.style)

    @cached_property
    def _output_style(self) -> SiteFile:
        files = bundled_files()
        return SiteFile(files.folder / files.output_style, files.output_style)

    @property
    def output_style(self) -> PageAsset:
        """The style sheet that pages with stored outputs load, relative to the folder."""
        return self._asset(self._output_style)

    @cached_property
    def page_assets(self) -> tuple[PageAsset, PageAsset]:
        """Script and style sheet, as pages load them. URLs are relative to the folder."""
        return self._asset(self.loader), self._asset(self.style)

    def _asset(self, file: SiteFile) -> PageAsset:
        return PageAsset(file.target, file.integrity if self.integrity else "")

    def has_current_files(self) -> bool:
        """Whether the pages of an earlier build name the script and the style sheet of this pyrun."""
        return all((self.path / file.target).is_file() for file in (self.loader, self.style))

    def write(self, settlement: Settlement, outputs: Sequence[StoredOutput] = ()) -> None:
        """Write the files of a site. The settlement comes last: it names no file that is not there yet.

        ``outputs`` are those that its pages show before the first run.

        Raises:
            PyrunError: a link leads out of the folder.
        """
        self._check_place()
        if (folder := self._runtime_folder) is not None:
            write_files(settlement, folder)
        for file in (self.loader, self.style, *([self._output_style] if outputs else [])):
            _copy(file.source, self.path, file.target)
        for output in outputs:
            write_figures(output, self.path / FIGURES)
        switch = self.path / OFF_FILE
        if not switch.is_file():  # the author's own is kept
            with new_file(switch) as partial:
                partial.write_bytes(_NOTHING_IS_OFF)
        if settlement.names:
            _write(self.path / NAMES_FILE, settlement.names)
        _write(self.path / SETTLEMENT_FILE, settlement.to_json(self.root, self._runtime_url))

    def remove_others(self, settlement: Settlement | None, outputs: Sequence[StoredOutput] = ()) -> None:
        """Remove files of an older build; without a settlement, all of them.

        Shared files stay, and so does the file with which the author has switched pages off.

        Raises:
            PyrunError: the folder is a link.
        """
        self._check_place()
        wanted: set[str] = set()
        if settlement is not None:
            wanted = {self.loader.target, self.style.target, SETTLEMENT_FILE, OFF_FILE}
            if settlement.names:
                wanted.add(NAMES_FILE)
            if outputs:
                figures = (figure.name for output in outputs for figure in output.figures())
                wanted |= {self._output_style.target, *(f"{FIGURES}/{name}" for name in figures)}
            if not self.runtime:
                wanted |= {file.target for file in settlement.files()}
        kept = {self.path / target for target in wanted}
        switch = self.path / OFF_FILE
        if switch.is_file() and switch.read_bytes() != _NOTHING_IS_OFF:
            kept.add(switch)
        shared = self._runtime_folder if self.runtime else None
        for path in self.path.rglob("*"):
            is_shared = shared is not None and path.is_relative_to(shared)
            if (path.is_symlink() or path.is_file()) and path not in kept and not is_shared:
                path.unlink()
        for each in sorted(self.path.glob("**/"), reverse=True):
            if not any(each.iterdir()):
                each.rmdir()

    def _check_place(self) -> None:
        """Refuse a folder that is elsewhere: files there would be replaced or removed."""
        if self.path.resolve() != self._site.resolve() / self.path.relative_to(self._site):
            raise PyrunError(f"{self.path} leads out of its place. Remove the symbolic link")

    @property
    def _runtime_url(self) -> str:
        return runtime_url(self.runtime, self.root)

    @property
    def _runtime_folder(self) -> Path | None:
        return runtime_folder(self.runtime, self._site) if self.runtime else self.path

    @property
    def _site(self) -> Path:
        """The folder of the built site."""
        return self.path.parents[self.root.count("/") - 1]


def write_files(settlement: Settlement, folder: Path) -> None:
    """Write the files that versions of a site can share into a folder. Others in it stay.

    Raises:
        PyrunError: a link leads out of the folder.
    """
    for file in settlement.files():
        _copy(file.source, folder, file.target)


def _write(target: Path, text: str) -> None:
    """Write a file, unless it is there already."""
    content = text.encode()
    if not target.is_file() or target.read_bytes() != content:
        with new_file(target) as partial:
            partial.write_bytes(content)


def _copy(source: Path, folder: Path, name: str) -> None:
    """Copy a file to ``name`` in a folder. A link there is replaced and not followed."""
    target = folder / name
    if not target.parent.resolve().is_relative_to(folder.resolve()):
        raise PyrunError(f"{target.parent} leads out of {folder}. Remove the symbolic link")
    if target.is_file() and not target.is_symlink() and filecmp.cmp(source, target):
        return
    with new_file(target) as partial:
        shutil.copy2(source, partial)
