"""Files that come over the network, once, and are kept."""

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
from tests.packages.conftest import Place, versions
from tests.packages.wheels import make_project, make_wheel

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[SiteServer]:
    """A web server of wheels in the place of the index."""
    make_wheel(place.index, "remote", requires=["below"])
    make_wheel(place.index, "below")
    with SiteServer(place.index) as server:
        monkeypatch.setenv("PIP_FIND_LINKS", server.url)
        yield server


def test_a_file_is_downloaded_once_and_then_needs_no_network(place: Place, server: SiteServer) -> None:
    place.resolve("remote", lock_mode=LockMode.WRITE)
    assert place.problems == []
    locked = json.loads((place.folder / LOCK_NAME).read_text())["packages"]["remote"]
    assert locked["file_name"] == f"{server.url}remote-1.0-py3-none-any.whl"
    shutil.rmtree(place.index)
    resolved = place.resolve("remote")
    assert (versions(resolved), place.problems) == ({"below": "1.0", "remote": "1.0"}, [])
    assert resolved.packages["remote"].file is not None


def test_vendor_false_leaves_it_on_the_web(place: Place, server: SiteServer) -> None:
    resolved = place.resolve("remote", vendor=Vendor.NEVER)
    remote = resolved.packages["remote"]
    assert (remote.url, remote.file) == (f"{server.url}remote-1.0-py3-none-any.whl", None)
    assert remote.size_bytes == (place.index / "remote-1.0-py3-none-any.whl").stat().st_size


def test_a_file_that_is_gone_is_reported_where_its_package_is_asked_for(
    place: Place, server: SiteServer
) -> None:
    place.resolve("remote", "numlike", lock_mode=LockMode.WRITE)
    shutil.rmtree(place.request.cache)
    (place.index / "remote-1.0-py3-none-any.whl").unlink()
    resolved = place.resolve("remote", "numlike")
    (problem,) = place.problems
    assert problem.startswith("conf.py:3: could not download ")
    assert server.url in problem
    assert "Put the wheels into a folder, and set 'wheels' to that folder" in problem
    assert "numlike" in resolved.packages


@pytest.mark.usefixtures("server")
def test_a_file_that_is_not_the_locked_one_is_refused(place: Place) -> None:
    place.resolve("remote", lock_mode=LockMode.WRITE)
    shutil.rmtree(place.request.cache)
    make_wheel(place.index, "remote", modules={"remote.py": "evil = True"})
    resolved = place.resolve("remote")
    (problem,) = place.problems
    assert "remote-1.0-py3-none-any.whl is not the expected one (" in problem
    assert "remote" not in resolved.packages


def test_the_projects_version_is_held_against_the_documented_one(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(place.folder / "project", version="0.1")
    monkeypatch.setenv("PIP_NO_BUILD_ISOLATION", "0")  # which means: none, see pip issue 5735
    place.resolve("./project", documented=DocumentedProject("Our library", "0.2"))
    assert place.problems == [
        (
            "conf.py:3: readers run ourlib 0.1, but the configuration says 0.2. Require ourlib==0.2, or "
            "correct the version of the documentation [version]"
        ),
    ]
    monkeypatch.setattr("pyrun_core.packages.resolve.version_check.version", {"ourlib": "0.3"}.__getitem__)
    place.resolve("./project", documented=DocumentedProject("Our library", ""))
    assert "readers run ourlib 0.1, but the build environment has 0.3" in place.problems[0]
