"""Files are downloaded once and then cached."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from pyrun_core.options.choices import Vendor
from pyrun_core.packages.resolve.project_lock import LOCK_NAME
from pyrun_core.packages.resolve.version_check import DocumentedProject
from pyrun_core.packages.resolve_site import LockMode
from tests.browser.server import SiteServer
from tests.packages.conftest import Project, versions
from tests.packages.wheels import make_project, make_wheel

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server(project: Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[SiteServer]:
    """A web server with wheels, which replaces the index."""
    make_wheel(project.index, "remote", requires=["below"])
    make_wheel(project.index, "below")
    with SiteServer(project.index) as server:
        monkeypatch.setenv("PIP_FIND_LINKS", server.url)
        yield server


def test_a_file_is_downloaded_once_and_then_needs_no_network(project: Project, server: SiteServer) -> None:
    project.resolve("remote", lock_mode=LockMode.WRITE)
    assert project.problems == []
    locked = json.loads((project.folder / LOCK_NAME).read_text())["packages"]["remote"]
    assert locked["file_name"] == f"{server.url}remote-1.0-py3-none-any.whl"
    shutil.rmtree(project.index)
    resolved = project.resolve("remote")
    assert (versions(resolved), project.problems) == ({"below": "1.0", "remote": "1.0"}, [])
    assert resolved.packages["remote"].file is not None


def test_vendor_false_leaves_a_file_on_its_host(project: Project, server: SiteServer) -> None:
    resolved = project.resolve("remote", vendor=Vendor.NEVER)
    remote = resolved.packages["remote"]
    assert (remote.url, remote.file) == (f"{server.url}remote-1.0-py3-none-any.whl", None)
    assert remote.size_bytes == (project.index / "remote-1.0-py3-none-any.whl").stat().st_size


def test_a_missing_file_is_reported_where_its_package_is_required(
    project: Project, server: SiteServer
) -> None:
    project.resolve("remote", "numlike", lock_mode=LockMode.WRITE)
    shutil.rmtree(project.request.cache)
    (project.index / "remote-1.0-py3-none-any.whl").unlink()
    resolved = project.resolve("remote", "numlike")
    (problem,) = project.problems
    assert problem.startswith("conf.py:3: could not download ")
    assert server.url in problem
    assert "Put the wheels into a folder, and set 'wheels' to that folder" in problem
    assert "numlike" in resolved.packages


@pytest.mark.usefixtures("server")
def test_a_file_that_differs_from_the_locked_one_is_rejected(project: Project) -> None:
    project.resolve("remote", lock_mode=LockMode.WRITE)
    shutil.rmtree(project.request.cache)
    make_wheel(project.index, "remote", modules={"remote.py": "evil = True"})
    resolved = project.resolve("remote")
    (problem,) = project.problems
    assert "remote-1.0-py3-none-any.whl is not the expected one (" in problem
    assert "remote" not in resolved.packages


def test_the_version_of_the_project_is_compared_with_the_documented_one(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(project.folder / "project", version="0.1")
    monkeypatch.setenv("PIP_NO_BUILD_ISOLATION", "0")  # which means: none, see pip issue 5735
    project.resolve("./project", documented=DocumentedProject("Our library", "0.2"))
    assert project.problems == [
        (
            "conf.py:3: readers run ourlib 0.1, but the configuration says 0.2. Require ourlib==0.2, or "
            "correct the version of the documentation [version]"
        ),
    ]
    monkeypatch.setattr("pyrun_core.packages.resolve.version_check.version", {"ourlib": "0.3"}.__getitem__)
    project.resolve("./project", documented=DocumentedProject("Our library", ""))
    assert "readers run ourlib 0.1, but the build environment has 0.3" in project.problems[0]
