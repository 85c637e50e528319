"""Each supported version has the private parts of Pyodide, Emscripten and CPython that pyrun uses.

A failure names the check, the private names that it uses, and what breaks for readers and authors without
them: docs/development/upgrading-pyodide.md says what to do.
"""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from pyrun_core.browser_files import bundled_files
from pyrun_core.packages.pip import pip_for, target_options
from pyrun_core.pyodide.target import Target
from tests.conftest import downloaded_pyodide
from tests.pyodide.private_names import CHECKS, PRIVATE_NAMES, PrivateName, parts
from tests.pyodide.sites import build_contract, prepare_site, run_contract
from tools.fetch_test_pyodides import DISTRIBUTIONS, PRERELEASE

if TYPE_CHECKING:
    from pathlib import Path

    from pyrun_core.pyodide.distribution import Distribution
    from tests.pyodide.sites import Contract

BUNDLED = bundled_files().pyodide_version
VERSIONS = sorted({BUNDLED, *(distribution.version for distribution in DISTRIBUTIONS)}, key=parts)
IS_PRERELEASE = {version: version == PRERELEASE != BUNDLED for version in VERSIONS}

ABOUT_SNAPSHOTS = {
    *("glue internals", "library is linked again", "open file", "random state", "restored packages"),
    *("restored source", "snapshot is made", "snapshot is restored", "spent bytecode"),
}
"""Checks that a prerelease may fail: a site with it starts Python as on a first visit."""


@pytest.fixture(scope="session", params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    """Each version of Pyodide that pyrun supports, and the next one."""
    return str(request.param)


@pytest.fixture(scope="session")
def folder(version: str, project: Path) -> Path:
    """The distribution as its makers publish it."""
    return project / "node_modules" / "pyodide" if version == BUNDLED else downloaded_pyodide(version)


@pytest.fixture(scope="session")
def contract(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Contract:
    """The checks, built."""
    return build_contract(project, tmp_path_factory.mktemp("contract"))


@pytest.fixture(scope="session")
def site(version: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with the distribution."""
    return tmp_path_factory.mktemp(f"site-{version}")


@pytest.fixture(scope="session")
def distribution(folder: Path, version: str, contract: Contract, site: Path) -> Distribution:
    """The distribution as a site publishes it, in the site's folder."""
    return prepare_site(folder, version, contract, site)


@pytest.fixture(scope="session")
def found(distribution: Distribution, contract: Contract, site: Path) -> dict[str, dict[str, str]]:
    """The result of each check. All checks together start Python four times."""
    assert distribution.folder
    return run_contract(contract, site)


def test_the_documentation_names_the_versions(project: Path) -> None:
    page = (project / "docs" / "reference" / "supported.md").read_text(encoding="utf-8")
    row = re.search(r"^\| Pyodide \| .+ \| (.+) \|$", page, re.MULTILINE)
    assert row
    assert row[1].split(", ") == [version for version in VERSIONS if not IS_PRERELEASE[version]]


def test_the_folder_in_a_site_is_named_by_the_version(distribution: Distribution, version: str) -> None:
    assert distribution.url == f"pyodide-{version.replace('-alpha.', 'a')}/"


def test_pip_chooses_wheels_for_it(
    distribution: Distribution, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    assert distribution.lock
    target = Target.of_lock(distribution.lock.info)
    (wheel,) = (site / "packages").glob("pyrun_probe-*.whl")
    pip_for(target, "download", "--no-deps", "--dest", tmp_path, *target_options(target), wheel)
    assert (tmp_path / wheel.name).is_file()


def test_the_glue_is_patched(distribution: Distribution, version: str) -> None:
    if IS_PRERELEASE[version] and distribution.linked_glue is None:
        pytest.xfail(distribution.why_no_snapshots)
    assert distribution.linked_glue is not None, distribution.why_no_snapshots


@pytest.mark.parametrize("entry", [n for n in PRIVATE_NAMES if n.in_file], ids=lambda entry: entry.name)
def test_the_name_is_in_the_distribution(entry: PrivateName, folder: Path, version: str) -> None:
    text = entry.text or entry.name
    assert (text in read(folder, entry.in_file)) == entry.is_in(version), f"Without it: {entry.breaks}"


@pytest.mark.parametrize("check", CHECKS)
def test_the_check_passes(check: str, found: dict[str, dict[str, str]], version: str) -> None:
    entries = [entry for entry in PRIVATE_NAMES if check in entry.checks]
    result = found[check]
    if "skipped" in result:
        pytest.skip(result["skipped"])
    if "problem" in result and IS_PRERELEASE[version] and check in ABOUT_SNAPSHOTS:
        pytest.xfail(result["problem"])
    explained = "".join(f"\n- {e.name} ({e.owner}, {', '.join(e.used_by)}): {e.breaks}" for e in entries)
    assert "problem" not in result, f"{result['problem']}\nWhat it uses:{explained}"


def read(folder: Path, name: str) -> str:
    """The text of a file in a distribution or in its standard library."""
    archive, _, member = name.partition(":")
    if member:
        with zipfile.ZipFile(folder / archive) as library:
            return library.read(member).decode()
    if archive == "glue":
        (path,) = folder.glob("pyodide.asm.*js")
    else:
        path = folder / archive
    return path.read_text(encoding="latin-1")
