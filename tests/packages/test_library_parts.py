"""The standard library in parts: together they are the library, and without bytecode there are none."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pyrun_core.browser_files import bundled_files
from pyrun_core.cache import sha256_of
from pyrun_core.pyodide.distribution import LIBRARY, choose_distribution, with_pins
from pyrun_core.pyodide.library_parts import PROFILE, split_archive, with_library_in_parts

if TYPE_CHECKING:
    from pyrun_core.pyodide.distribution import Distribution

ORIGINAL = Path(__file__).parents[2] / "node_modules" / "pyodide"
"""The bundled Pyodide as its makers publish it, without bytecode."""

FILES = {
    "often.py": b"often = 1",
    "often.pyc": b"bytecode of often",
    "folder/": b"",
    "folder/start.py": b"start = 1",
    "folder/start.pyc": b"bytecode of start",
    "rare.py": b"rare = 1",
    "data.txt": b"data",
}


def archive_of(files: dict[str, bytes]) -> bytes:
    """A compressed archive."""
    with zipfile.ZipFile(content := BytesIO(), "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def read(archive: bytes) -> list[tuple[str, bytes]]:
    """The files of an archive, in its order, each compared with its checksum."""
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        return [(name, opened.read(name)) for name in opened.namelist()]


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Distribution:
    """The bundled distribution, in parts."""
    chosen = choose_distribution("bundled", Path(), bundled_files())
    return with_library_in_parts(chosen, print, tmp_path_factory.mktemp("cache"))


def test_the_parts_are_the_archive_with_its_files_in_the_same_order() -> None:
    parts = split_archive(archive_of(FILES), {"folder/start.pyc"})
    assert read(b"".join(parts.values())) == list(FILES.items())


def test_what_a_start_reads_is_in_the_last_part_and_sources_of_bytecode_are_apart() -> None:
    parts = split_archive(archive_of(FILES), {"folder/start.pyc", "gone.pyc"})
    sources, modules, common, end = parts
    assert end == LIBRARY
    assert [parts[name].count(b"PK\3\4") for name in parts] == [2, 2, 1, 2]
    assert all(name in parts[sources] for name in (b"often.py", b"start.py"))
    assert all(name in parts[modules] for name in (b"rare.py", b"data.txt"))
    assert b"often.pyc" in parts[common]
    assert parts[end].index(b"folder/") < parts[end].index(b"start.pyc")


def test_all_bytecode_of_a_python_that_was_not_traced_is_in_the_last_part() -> None:
    parts = split_archive(archive_of(FILES), None)
    assert len(parts) == 3
    assert all(name in parts[LIBRARY] for name in (b"often.pyc", b"start.pyc"))
    assert read(b"".join(parts.values())) == list(FILES.items())


@pytest.mark.parametrize(
    "archive",
    [
        archive_of({"a.py": b""}),
        archive_of(FILES) + b"more",
        b"no archive",
        b"",
    ],
)
def test_an_archive_without_bytecode_or_of_another_format_is_not_split(archive: bytes) -> None:
    with pytest.raises(ValueError, match=r"has bytecode|plain archive"):
        split_archive(archive, None)


def test_readers_get_the_parts_of_the_bundled_library_pinned(bundled: Distribution) -> None:
    pinned = with_pins(bundled)
    whole = bundled_files().pyodide_folder / LIBRARY
    parts = bundled.library_parts
    assert parts is not None
    assert [path.as_posix() for path in pinned.served_files() if path.suffix == ".bin"] == sorted(parts.rest)
    for name, path in {**parts.rest, LIBRARY: parts.end}.items():
        assert pinned.files[name].sha256 == sha256_of(path)
        assert pinned.source(Path(name)) == path
    content = b"".join(path.read_bytes() for path in (*parts.rest.values(), parts.end))
    assert read(content) == read(whole.read_bytes())
    assert parts.end.stat().st_size < whole.stat().st_size / 3
    saved = sum(size for _, size in parts.sizes())
    assert pinned.core_bytes == choose_distribution("bundled", Path(), bundled_files()).core_bytes - saved


def test_the_profile_is_that_of_the_bundled_python(bundled: Distribution) -> None:
    profile = json.loads(PROFILE.read_text(encoding="utf-8"))
    assert profile["python"] == bundled.lock.info["python"]
    with zipfile.ZipFile(bundled_files().pyodide_folder / LIBRARY) as archive:
        assert set(profile["files"]) <= set(archive.namelist())


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    chosen = choose_distribution("bundled", Path(), bundled_files())
    first = with_library_in_parts(chosen, print, tmp_path)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert with_library_in_parts(chosen, print, tmp_path) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == times


@pytest.mark.parametrize("choice", ["cdn", str(ORIGINAL)])
def test_libraries_of_other_servers_and_those_without_bytecode_stay_whole(
    choice: str, tmp_path: Path
) -> None:
    chosen = choose_distribution(choice, Path(), bundled_files())
    assert with_library_in_parts(chosen, pytest.fail, tmp_path) == chosen


def test_a_cache_that_cannot_be_written_is_named_and_readers_get_the_whole_library(tmp_path: Path) -> None:
    said: list[str] = []
    cache = tmp_path / "cache"
    cache.write_text("a file")
    chosen = choose_distribution("bundled", Path(), bundled_files())
    assert with_library_in_parts(chosen, said.append, cache) == chosen
    assert said[0].startswith("readers get Python's library in one piece: ")
    assert str(cache) in said[0]
