"""The standard library of an author's Pyodide gets bytecode: with the real Node, once."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from pyrun_core.browser_files import bundled_files
from pyrun_core.pyodide.distribution import LIBRARY, Distribution, choose_distribution
from pyrun_core.pyodide.stdlib_bytecode import with_compiled_library

ORIGINAL = Path(__file__).parents[2] / "node_modules" / "pyodide"
"""The bundled Pyodide as its makers publish it."""

SLOWER = "Python's library is published without bytecode, and Python starts more slowly: "


@dataclass
class Workshop:
    """Compiles the standard library of a folder. ``said`` collects the messages to the author."""

    cache: Path
    said: list[str]

    def compile(self, folder: Path | str = ORIGINAL) -> Distribution:
        """The distribution as the site then publishes it."""
        chosen = choose_distribution(str(folder), Path(), bundled_files())
        return with_compiled_library(chosen, self.said.append, self.cache)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """A workshop in which nothing has been compiled yet."""
    return Workshop(tmp_path / "cache", [])


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """A workshop shared by the tests that examine the output of Node and Pyodide."""
    return Workshop(tmp_path_factory.mktemp("cache"), [])


@pytest.fixture(scope="module")
def compiled(busy: Workshop) -> Distribution:
    """The compiled distribution."""
    return busy.compile()


def copy_of(original: Path, folder: Path) -> Path:
    """A copy of the distribution, which a test may damage."""
    for file in choose_distribution(str(original), Path(), bundled_files()).served_files():
        folder.mkdir(exist_ok=True)
        shutil.copyfile(original / file, folder / file)
    return folder


def test_the_result_equals_the_library_of_the_bundled_pyodide(busy: Workshop, compiled: Distribution) -> None:
    source = compiled.source(Path(LIBRARY))
    assert source.read_bytes() == (bundled_files().pyodide_folder / LIBRARY).read_bytes()
    assert busy.said == [
        f"adding bytecode to the standard library of the Pyodide in {ORIGINAL}, for this build and later ones"
    ]


def test_sources_are_kept(compiled: Distribution) -> None:
    with (
        zipfile.ZipFile(ORIGINAL / LIBRARY) as before,
        zipfile.ZipFile(compiled.source(Path(LIBRARY))) as after,
    ):
        for name in before.namelist():
            assert after.read(name) == before.read(name)
        assert "json/__init__.pyc" in after.namelist()


def test_readers_are_told_the_additional_size(compiled: Distribution) -> None:
    sizes = [compiled.source(Path(name)).stat().st_size for name in ("pyodide.asm.wasm", "pyodide-lock.json")]
    assert compiled.core_bytes == sum(sizes) + compiled.source(Path(LIBRARY)).stat().st_size


def test_a_second_build_does_not_start_node(
    busy: Workshop, compiled: Distribution, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pyrun_core.pyodide.bytecode.find_program", lambda *_: None)
    assert busy.compile() == compiled
    assert len(busy.said) == 1


def test_without_node_the_library_is_unchanged_and_the_author_is_told(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pyrun_core.pyodide.bytecode.find_program", lambda *_: None)
    assert workshop.compile().source(Path(LIBRARY)) == ORIGINAL / LIBRARY
    assert workshop.said == [f"{SLOWER}there is no Node.js on the PATH"]


def test_a_damaged_library_is_left_to_pyodide_and_the_author_is_told(
    workshop: Workshop, tmp_path: Path
) -> None:
    folder = copy_of(ORIGINAL, tmp_path / "damaged")
    (folder / LIBRARY).write_bytes(b"no archive")
    assert workshop.compile(folder).source(Path(LIBRARY)) == folder / LIBRARY
    assert workshop.said[-1].startswith(f"{SLOWER}Node.js could not run the Pyodide in {folder}: ")


def test_a_cache_that_cannot_be_written_is_named(workshop: Workshop) -> None:
    workshop.cache.write_text("a file")
    assert workshop.compile().compiled_library is None
    assert workshop.said[-1].startswith(SLOWER)
    assert str(workshop.cache) in workshop.said[-1]


@pytest.mark.parametrize("choice", ["bundled", "cdn"])
def test_distributions_with_bytecode_and_those_on_other_hosts_are_unchanged(
    choice: str, workshop: Workshop
) -> None:
    assert workshop.compile(choice) == choose_distribution(choice, Path(), bundled_files())
    assert workshop.said == []
