"""Sites of each host, a project with an index, and a folder whose build leaves a mark."""

from __future__ import annotations

import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.mkdocs.conftest import log
from tests.mkdocs.conftest import site as mkdocs_site
from tests.packages.conftest import project
from tests.sphinx.conftest import make_site, rootdir

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Evil", "evil", "log", "make_site", "mkdocs_site", "project", "rootdir"]

_BACKEND = """\
from pathlib import Path

Path({marker!r}).write_text("code of a stranger has run")


def build_wheel(*arguments): raise SystemExit("evil")


prepare_metadata_for_build_wheel = build_wheel
"""
_PROJECT = """\
[build-system]
requires = []
build-backend = "evil_backend"
backend-path = ["."]
[project]
name = "evil"
version = "1.0"
"""


@dataclass(frozen=True)
class Evil:
    """A project whose build backend writes the file ``marker``: building it runs a stranger's code."""

    marker: Path

    @property
    def has_run(self) -> bool:
        """Whether its code has run."""
        return self.marker.exists()

    def write(self, folder: Path) -> Path:
        """Write the project into a folder."""
        folder.mkdir(parents=True)
        (folder / "pyproject.toml").write_text(_PROJECT)
        (folder / "evil_backend.py").write_text(_BACKEND.format(marker=str(self.marker)))
        return folder

    def archive(self, folder: Path) -> Path:
        """Write its source distribution into a folder."""
        sources = self.write(folder / "sources")
        path = folder / "evil-1.0.tar.gz"
        with tarfile.open(path, "w:gz") as packed:
            packed.add(sources, "evil-1.0")
        return path


@pytest.fixture
def evil(tmp_path: Path) -> Evil:
    """The hostile project."""
    return Evil(tmp_path / "marker")
