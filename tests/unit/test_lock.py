"""Lock files in Pyodide's format, and the modules in the wheels they list."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from pyrun_core.packages.wheel import Wheel
from pyrun_core.problems import PyrunError
from pyrun_core.pyodide.lock import Lock, Package, read_lock, read_lock_file

if TYPE_CHECKING:
    from pathlib import Path

INFO = {"arch": "wasm32", "platform": "emscripten_4_0_9", "python": "3.13.2", "abi_version": "2025_0"}
SHA256 = "ab" * 32
ENTRY = {"name": "NumLike", "version": "2.0", "file_name": "numlike-2.0-py3-none-any.whl", "sha256": SHA256}


def test_unknown_keys_and_fields_are_ignored() -> None:
    entry = {**ENTRY, "depends": ["Other_Package"], "field_of_a_later_pyodide": 1}
    content = {"info": {**INFO, "new": "x"}, "packages": {"numlike": entry}, "section": {}}
    lock = read_lock(json.dumps(content), "pyodide-lock.json")
    package = Package("numlike", "2.0", ENTRY["file_name"], SHA256, depends=("other-package",))
    assert lock.packages == {"numlike": package}


def test_an_entry_has_all_fields_that_pyodide_requires() -> None:
    lock = Lock(
        INFO, {"numlike": Package("numlike", "2.0", ENTRY["file_name"], SHA256, imports=("numlike",))}
    )
    assert json.loads(lock.to_json()) == {
        "info": INFO,
        "packages": {
            "numlike": {
                "depends": [],
                "file_name": "numlike-2.0-py3-none-any.whl",
                "imports": ["numlike"],
                "install_dir": "site",
                "name": "numlike",
                "package_type": "package",
                "sha256": SHA256,
                "unvendored_tests": False,
                "version": "2.0",
            },
        },
    }


def test_a_written_lock_file_can_be_read() -> None:
    lock = Lock(INFO, {"numlike": Package("numlike", "2.0", "n.whl", "ab", ("other",))}, ["numlike>=2"])
    assert read_lock(lock.to_json(), "pyrun-lock.json") == Lock(INFO, lock.packages, ("numlike>=2",))


@pytest.mark.parametrize("missing", ["name", "file_name"])
def test_an_entry_without_a_required_field_is_no_lock_file(missing: str) -> None:
    entry = {key: value for key, value in ENTRY.items() if key != missing}
    with pytest.raises(PyrunError, match=r"x\.json is not a Pyodide lock file"):
        read_lock(json.dumps({"info": INFO, "packages": {"numlike": entry}}), "x.json")


def test_a_lock_ships_only_its_own_files() -> None:
    package = Package("numlike", "2.0", "numlike-2.0-py3-none-any.whl", "ab")
    lock = Lock(INFO, {"numlike": package})
    assert lock.ships(package)
    assert not lock.ships(package.at("https://example.org/"))
    assert not lock.ships(Package("other", "2.0", package.file_name, "ab"))


def test_the_modules_of_a_wheel_are_found_in_its_files(tmp_path: Path) -> None:
    names = [
        "single.py",
        "regular/__init__.py",
        "namespace/deep/module.py",
        "data/table.csv",
        "native.cpython-313-wasm32-emscripten.so",
        "thing-1.0.data/scripts/run.py",
        "thing-1.0.dist-info/METADATA",
        "with-hyphen/module.py",
    ]
    path = tmp_path / "thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    assert Wheel(path).imports == ("namespace", "regular", "single")


def test_a_lock_file_with_broken_requirements_is_no_lock_file() -> None:
    content = {"info": INFO, "packages": {}, "pyrun": {"requirements": None}}
    with pytest.raises(PyrunError, match=r"x\.json is not a Pyodide lock file"):
        read_lock(json.dumps(content), "x.json")


def test_a_file_that_is_not_text_is_no_lock_file(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b"\xff\xfe{}")
    with pytest.raises(PyrunError, match=r"x\.json is not a Pyodide lock file"):
        read_lock_file(path)
