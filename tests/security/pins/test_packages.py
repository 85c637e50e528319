"""Every package that a reader can load has the checksum of a file that the build has seen."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from pyrun_core.browser_files import bundled_files
from pyrun_core.kept_download import KeptDownloads
from pyrun_core.options.choices import Vendor
from pyrun_core.packages.resolve_site import LockMode
from pyrun_core.pyodide.distribution import choose_distribution
from tests.folder_server import serving
from tests.packages.wheels import make_wheel

if TYPE_CHECKING:
    from pathlib import Path

    from pyrun_core.packages.publish.resolved import ResolvedSite
    from pyrun_core.pyodide.distribution import Distribution
    from tests.packages.conftest import Project

UNUSABLE = ["", None, "6", "sha256-6", "z" * 64, ["0" * 64]]
"""Checksums that browsers would ignore, so that anything could be loaded."""


def relist(lock: Path, name: str, **changes: object) -> None:
    """Change an entry of a lock file."""
    content = json.loads(lock.read_text())
    content["packages"][name].update(changes)
    lock.write_text(json.dumps(content))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def site_lock(resolved: ResolvedSite) -> dict[str, Any]:
    """The entries of the lock file that pages load, all of which have a checksum."""
    (path,) = (file.source for file in resolved.files if file.target.endswith(".json"))
    assert resolved.lock
    assert resolved.lock.sha256 == sha256(path.read_bytes())
    packages: dict[str, Any] = json.loads(path.read_text())["packages"]
    assert all(re.fullmatch("[0-9a-f]{64}", entry["sha256"]) for entry in packages.values())
    return packages


def from_url(project: Project, url: str) -> Distribution:
    """The Pyodide at a URL, as a new build sees it."""
    downloads = KeptDownloads(project.request.cache, project.said.append)
    return choose_distribution(url, project.folder, bundled_files(), downloads)


@pytest.mark.parametrize("listed", UNUSABLE)
def test_a_folder_whose_lock_file_has_no_usable_checksum_gets_that_of_the_file(
    project: Project, listed: object
) -> None:
    folder = project.folder / "pyodide"
    relist(folder / "pyodide-lock.json", "numlike", sha256=listed)
    resolved = project.resolve(
        "plotlike", distribution=choose_distribution("pyodide", project.folder, bundled_files())
    )
    expected = sha256((folder / "numlike-2.0-py3-none-any.whl").read_bytes())
    assert site_lock(resolved)["numlike"]["sha256"] == expected
    assert resolved.packages["numlike"].integrity.startswith("sha256-")
    assert project.problems == []


def test_a_wheel_that_differs_from_the_lock_file_of_its_folder_is_refused(project: Project) -> None:
    wheel = project.folder / "pyodide" / "numlike-2.0-py3-none-any.whl"
    before = sha256(wheel.read_bytes())
    wheel.write_bytes(b"other code")
    resolved = project.resolve("numlike")
    (problem,) = project.problems
    assert problem == (
        f"conf.py:3: {wheel} is not the file in the lock file beside it: its checksum is "
        f"{sha256(b'other code')}, but the lock file has {before}. Unpack the distribution again [packages]"
    )
    assert "numlike" not in site_lock(resolved)


@pytest.mark.parametrize("vendor", [Vendor.NEVER, Vendor.ALWAYS])
def test_a_server_whose_lock_file_has_no_checksum_is_pinned_in_each_build(
    project: Project, vendor: Vendor
) -> None:
    folder = project.folder / "pyodide"
    relist(folder / "pyodide-lock.json", "numlike", sha256="")
    relist(folder / "pyodide-lock.json", "plotlike", sha256="6")
    wheel = folder / "numlike-2.0-py3-none-any.whl"
    with serving(folder) as server:
        pins = set()
        for content in (wheel.read_bytes(), b"changed"):
            server.change(wheel.name, content)
            resolved = project.resolve("numlike", distribution=from_url(project, server.url), vendor=vendor)
            # Packages that no page requires are not downloaded for their checksum, so no page can load them.
            assert set(site_lock(resolved)) == {"numlike"}
            assert site_lock(resolved)["numlike"]["sha256"] == sha256(content)
            pins.add(resolved.packages["numlike"].integrity)
    assert len(pins) == 2
    again = project.resolve("numlike", distribution=from_url(project, server.url), vendor=vendor)
    assert again.packages["numlike"].integrity in pins
    assert project.problems == []
    assert any("which is used" in message for message in project.said)


@pytest.mark.parametrize("vendor", [Vendor.AUTO, Vendor.ALWAYS])
def test_a_package_without_checksum_that_cannot_be_downloaded_is_left_out(
    project: Project, vendor: Vendor
) -> None:
    folder = project.folder / "pyodide"
    relist(folder / "pyodide-lock.json", "numlike", sha256="")
    (folder / "numlike-2.0-py3-none-any.whl").unlink()
    with serving(folder) as server:
        resolved = project.resolve("numlike", distribution=from_url(project, server.url), vendor=vendor)
    (problem,) = project.problems
    assert problem.startswith(
        f"conf.py:3: {server.url}numlike-2.0-py3-none-any.whl could not be downloaded: "
    )
    assert "numlike" not in site_lock(resolved)


@pytest.mark.parametrize("vendor", [Vendor.NEVER, Vendor.AUTO])
def test_an_index_without_checksums_is_pinned(
    project: Project, vendor: Vendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = make_wheel(project.index, "other")
    with serving(project.index) as server:
        monkeypatch.setenv("PIP_FIND_LINKS", server.url)
        resolved = project.resolve("other", vendor=vendor)
    assert project.problems == []
    assert site_lock(resolved)["other"]["sha256"] == sha256(wheel.read_bytes())


@pytest.mark.parametrize(
    ("listed", "complaint"),
    [
        ("0" * 64, "the checksum of"),
        ("", "has no SHA-256 checksum of other"),
        ("../../..", "has no SHA-256 checksum of other"),
    ],
)
def test_a_committed_lock_file_with_a_wrong_checksum_or_none_is_refused(
    project: Project, listed: str, complaint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_wheel(project.index, "other")
    with serving(project.index) as server:
        monkeypatch.setenv("PIP_FIND_LINKS", server.url)
        project.resolve("other", lock_mode=LockMode.WRITE)
        relist(project.folder / "pyrun-lock.json", "other", sha256=listed)
        resolved = project.resolve("other")
    (problem,) = project.problems
    assert complaint in problem
    assert "other" not in site_lock(resolved)


def test_a_lock_file_without_checksums_can_be_written_again(project: Project) -> None:
    relist(project.folder / "pyodide" / "pyodide-lock.json", "numlike", sha256="")
    chosen = choose_distribution("pyodide", project.folder, bundled_files())
    make_wheel(project.index, "other", requires=["numlike"])
    project.resolve("other", distribution=chosen, lock_mode=LockMode.WRITE)
    lock = project.folder / "pyrun-lock.json"
    relist(lock, "other", sha256="")
    project.resolve("other", distribution=chosen, lock_mode=LockMode.WRITE)
    assert project.problems == []
    assert set(site_lock(project.resolve("other", distribution=chosen))) == {"numlike", "other"}
    assert project.problems == []
