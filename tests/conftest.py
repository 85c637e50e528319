"""Fixtures for all tests."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import tarfile
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.building import made_once, pip, shared_folder
from tests.environments.environment import environment_python
from tests.folder_server import FolderServer, serving
from tools.fetch_test_pyodides import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyrun_core.options.checks import WantedCheck

# As in an activated environment: tests find the Node.js that tools/install.sh installed.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

# Only where Sphinx is installed: some environments of tests/environments have MkDocs only.
pytest_plugins = ["tests.fake_runner", *(["sphinx.testing.fixtures"] if find_spec("sphinx") else [])]

# The scenarios of tests/engines make their assertions in modules that are not test modules themselves.
pytest.register_assert_rewrite("tests.engines")


class MakeEnvironment(Protocol):
    """Creates a separate environment."""

    def __call__(self, name: str) -> Path:
        """Return the path of its Python. ``name`` is that of its lock file."""


@pytest.fixture(scope="session", autouse=True)
def _unproven() -> Iterator[None]:
    """Let blocks go live without a check, which takes seconds in each build.

    Tests of the check use the fixture `proven_by_default`.
    """
    if not find_spec("pyrun_core"):
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pyrun_core.options.checks.UNLESS_SAID", _wanted_check().NONE)
        yield


@pytest.fixture
def proven_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only those blocks go live that a check has proven, as authors have it."""
    monkeypatch.setattr("pyrun_core.options.checks.UNLESS_SAID", _wanted_check().BY_DEFAULT)


def _wanted_check() -> type[WantedCheck]:
    from pyrun_core.options.checks import WantedCheck  # noqa: PLC0415 - not in all environments

    return WantedCheck


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the repository."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def full_pyodide() -> Path:
    """Pyodide 0.28.3 with numpy, pandas, matplotlib and other packages."""
    return downloaded_pyodide("0.28.3")


@pytest.fixture(scope="session")
def oldest_pyodide() -> Path:
    """The core of Pyodide 0.27.7."""
    return downloaded_pyodide("0.27.7")


@pytest.fixture(scope="session")
def pyodide_server() -> Iterator[FolderServer]:
    """A server of the bundled Pyodide."""
    from pyrun_core.browser_files import bundled_files  # noqa: PLC0415 - not in all environments

    with serving(bundled_files().pyodide_folder) as server:
        yield server


@pytest.fixture(scope="session")
def package_folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A build cache that starts empty, and an index without packages."""
    return tmp_path_factory.mktemp("cache"), tmp_path_factory.mktemp("index")


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch, package_folders: tuple[Path, Path]) -> None:
    """Keep builds from using a package index, whatever pip's configuration says, or cached answers.

    This applies while a test runs. `downloaded_pyodide` still uses this machine's cache.
    """
    cache, index = package_folders
    monkeypatch.setenv("PYRUN_CACHE", str(cache))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))


@pytest.fixture
def small_ruff(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Small files in place of those of ruff, by their names. Builds get them without a network."""
    from pyrun_core.settlement import ruff  # noqa: PLC0415 - not in all environments

    files = {"ruff_wasm.js": b"export default 1;", "ruff_wasm_bg.wasm": b"\0asm", "LICENSE": b"MIT"}
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}

    def pack(folder: Path) -> None:
        with tarfile.open(folder / "ruff.tgz", "w:gz") as package:
            for name, content in files.items():
                member = tarfile.TarInfo(f"package/{name}")
                member.size = len(content)
                package.addfile(member, io.BytesIO(content))

    monkeypatch.setattr(ruff, "_SUMS", sums)
    monkeypatch.setattr(ruff, "_URL", "http://127.0.0.1:9/ruff/")
    monkeypatch.setattr(ruff, "pack_with_npm", pack)
    return files


@pytest.fixture(scope="session")
def source(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An unpacked source distribution, without npm packages."""
    folder = tmp_path_factory.mktemp("source")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(folder)]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder)  # noqa: S202  made a moment ago
    return folder / archive.name.removesuffix(".tar.gz")


@pytest.fixture(scope="session")
def wheel(project: Path, source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built once from the source distribution, with the npm packages of this checkout.

    If PYRUN_TEST_WHEEL is set, it is the wheel named there, for tests before a release.
    """
    if built := os.environ.get("PYRUN_TEST_WHEEL"):
        return Path(built).resolve()

    def build(folder: Path) -> None:
        packages = source / "node_modules"
        packages.symlink_to(project / "node_modules")
        try:
            run = pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, source)
        finally:
            packages.unlink()
        assert run.returncode == 0, run.stdout + run.stderr

    (path,) = made_once(shared_folder(tmp_path_factory) / "wheel", build).glob("*.whl")
    return path


@pytest.fixture(scope="session")
def make_environment(project: Path, wheel: Path) -> MakeEnvironment:
    """Creates a separate environment with pyrun, and returns the path of its Python."""
    return cache(partial(environment_python, project=project, wheel=wheel))


def downloaded_pyodide(version: str) -> Path:
    folder = cache_folder() / f"pyodide-{version}"
    if not folder.is_dir():
        pytest.fail(f"{folder} is missing. Fetch it: python tools/fetch_test_pyodides.py", pytrace=False)
    return folder
