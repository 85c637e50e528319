"""The wheels that the site publishes are repacked: with the real Node and the bundled Pyodide, once."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pyrun_core.browser_files import bundled_files
from pyrun_core.packages.publish.published_package import Origin, PublishedPackage, published_by_site
from pyrun_core.packages.repack.repack import Repacker
from pyrun_core.pyodide.lock import Package
from tests.packages.conftest import Project, page
from tests.packages.wheels import make_wheel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyrun_core.pyodide.bytecode import CompileJob

MODULES = {
    "greeting/__init__.py": "from greeting.words import hello\n",
    "greeting/words.py": "\n\ndef hello():\n    return 'hello'\n",
    "greeting/words.pyi": "def hello() -> str: ...\n",
    "greeting/fast.c": "int x;\n",
    "greeting/later.py": "",
    "greeting/broken.py": "print 'of another Python'\n",
    "greeting/tests/test_words.py": "",
}
SLOWER = "packages are published without bytecode, and take longer to import"
CACHED = "greeting/__pycache__/words.cpython-314.pyc"


@dataclass
class Workshop:
    """Repacks the wheel ``greeting``. ``said`` collects the messages to the author."""

    original: PublishedPackage
    cache: Path
    said: list[str]

    def repack(self, pyodide: Path | None = None) -> PublishedPackage:
        """The package as the site then publishes it."""
        folder = pyodide or bundled_files().pyodide_folder
        imported = {"greeting", "greeting.broken"}
        repacker = Repacker(self.cache, folder, imported, self.said.append)
        return repacker.repack({"greeting": self.original})["greeting"]


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """A workshop in which nothing has been repacked yet."""
    return make_workshop(tmp_path)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """A workshop shared by the tests that examine the output of Node and Pyodide."""
    return make_workshop(tmp_path_factory.mktemp("workshop"))


@pytest.fixture(scope="module")
def repacked(busy: Workshop) -> PublishedPackage:
    """The repacked package."""
    return busy.repack()


def take_node_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pyrun_core.pyodide.bytecode.find_program", lambda *_: None)


def make_workshop(folder: Path) -> Workshop:
    wheel = make_wheel(folder, "greeting", modules=MODULES)
    sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()
    package = Package("greeting", "1.0", wheel.name, sha256, imports=("greeting",))
    return Workshop(published_by_site(package, Origin.INDEX, wheel), folder / "cache", [])


def file_of(served: PublishedPackage) -> Path:
    assert served.file
    return served.file


def read(served: PublishedPackage) -> dict[str, bytes]:
    with zipfile.ZipFile(file_of(served)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_imported_modules_get_bytecode_and_useless_files_are_omitted(
    busy: Workshop, repacked: PublishedPackage
) -> None:
    before, after = read(busy.original), read(repacked)
    compiled = {CACHED, CACHED.replace("words", "__init__")}
    assert after.keys() - before.keys() == compiled
    assert before.keys() - after.keys() == {
        "greeting/words.pyi",
        "greeting/fast.c",
        "greeting/tests/test_words.py",
    }
    assert busy.said == ["adding bytecode to packages, for this build and later ones: greeting"]


def test_the_checksum_is_that_of_the_new_file_in_the_address_too(repacked: PublishedPackage) -> None:
    sha256 = hashlib.sha256(file_of(repacked).read_bytes()).hexdigest()
    assert repacked.package.sha256 == sha256
    assert repacked.url == f"packages/{sha256[:12]}/greeting-1.0-py3-none-any.whl"
    assert repacked.size_bytes == file_of(repacked).stat().st_size


def test_the_list_of_files_in_the_wheel_is_right(repacked: PublishedPackage) -> None:
    files = read(repacked)
    record = "greeting-1.0.dist-info/RECORD"
    rows = list(csv.reader(files[record].decode().splitlines()))
    assert list(files)[-1] == record
    assert rows.pop() == [record, "", ""]
    assert {row[0] for row in rows} == files.keys() - {record}
    for name, digest, size in rows:
        expected = base64.urlsafe_b64encode(hashlib.sha256(files[name]).digest()).decode().rstrip("=")
        assert (digest, int(size)) == (f"sha256={expected}", len(files[name]))


def test_python_in_the_browser_uses_the_bytecode_and_knows_the_lines(repacked: PublishedPackage) -> None:
    script = Path(__file__).with_name("import_changed.mjs")
    folder = bundled_files().pyodide_folder
    command = ["node", script, folder, file_of(repacked), "greeting/words.py", "greeting.words"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    said = json.loads(run.stdout)
    assert said == {
        "changed": False,
        "file": f"{said['place']}/greeting/words.py",
        "line": 3,
        "place": "/lib/python3.14/site-packages",
    }


def test_a_second_build_does_not_start_node(
    busy: Workshop, repacked: PublishedPackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_node_away(monkeypatch)
    assert busy.repack() == repacked
    assert len(busy.said) == 1


def test_without_node_the_wheel_is_unchanged_and_the_author_is_told(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_node_away(monkeypatch)
    assert workshop.repack() == workshop.original
    assert workshop.said == [f"{SLOWER}: there is no Node.js on the PATH"]


def test_a_pyodide_that_does_not_start_is_named_with_its_error(workshop: Workshop, tmp_path: Path) -> None:
    (tmp_path / "pyodide.asm.wasm").write_bytes(b"")
    (tmp_path / "pyodide.mjs").write_text("throw new TypeError('out of order')")
    assert workshop.repack(tmp_path) == workshop.original
    reason = f"Node.js could not run the Pyodide in {tmp_path}: TypeError: out of order"
    assert workshop.said[1:] == [f"{SLOWER}: {reason}"]


def test_invalid_wheels_and_wheels_on_other_hosts_are_unchanged(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_node_away(monkeypatch)
    elsewhere = PublishedPackage(
        workshop.original.package, Origin.INDEX, "https://example.org/a.whl", None, 1
    )
    archive = PublishedPackage(
        Package("lib", "1", "lib-1.zip", "00"),
        Origin.PYODIDE,
        "packages/lib-1.zip",
        workshop.original.file,
        1,
    )
    served = {"elsewhere": elsewhere, "lib": archive}
    folder = bundled_files().pyodide_folder
    assert Repacker(workshop.cache, folder, set(), workshop.said.append).repack(served) == served
    assert workshop.said == []


def compile_nothing(jobs: Iterable[CompileJob], pyodide: Path, scratch: Path) -> None:
    """A stand-in for Node.js: the bytecode of each module is its name."""
    assert pyodide.is_dir()
    assert scratch.is_dir()
    for job in jobs:
        with zipfile.ZipFile(job.bytecode, "w") as archive:
            for name in job.sources:
                archive.writestr(f"{name}c", name)


def test_the_site_and_its_lock_file_contain_the_repacked_wheel(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pyrun_core.packages.repack.repack.compile_modules", compile_nothing)
    make_wheel(project.index, "other", modules={"other.py": "", "other_more.py": "", "other_rest.py": ""})
    pages = (page("a.rst", "import other_more.part"),)
    resolved = project.resolve("other", "numlike", pages=pages, repack=True)
    lock = json.loads(resolved.files[-1].source.read_text())
    for name, served in resolved.packages.items():
        sha256 = hashlib.sha256(file_of(served).read_bytes()).hexdigest()
        assert lock["packages"][name]["sha256"] == sha256
        assert lock["packages"][name]["file_name"].startswith(sha256[:12])
    assert "numlike.pyc" in read(resolved.packages["numlike"])


def test_imports_in_examples_decide_which_modules_get_bytecode(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pyrun_core.packages.repack.repack.compile_modules", compile_nothing)
    make_wheel(project.index, "other", modules={"other/__init__.py": "", "other/a.py": "", "other/b.py": ""})
    for module in ("a", "b"):
        resolved = project.resolve("other", pages=(page("p.rst", f"import other.{module}"),), repack=True)
        compiled = {name for name in read(resolved.packages["other"]) if name.endswith(".pyc")}
        assert compiled == {"other/__init__.pyc", f"other/{module}.pyc"}


def test_the_image_plugins_that_the_first_figure_imports_get_bytecode(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pyrun_core.packages.repack.repack.compile_modules", compile_nothing)
    plugins = {f"PIL/{kind}ImagePlugin" for kind in ("Bmp", "Gif", "Jpeg", "Ppm")}
    modules = {f"{name}.py": "" for name in ("PIL/__init__", "PIL/TiffImagePlugin", *plugins)}
    make_wheel(project.index, "pillow", modules=modules)
    resolved = project.resolve("pillow", pages=(page("p.rst", "import PIL"),), repack=True)
    compiled = {name for name in read(resolved.packages["pillow"]) if name.endswith(".pyc")}
    assert compiled == {f"{name}.pyc" for name in ("PIL/__init__", *plugins)}


def test_the_option_leaves_wheels_unchanged(project: Project) -> None:
    original = make_wheel(project.index, "other").read_bytes()
    resolved = project.resolve("other", repack=False)
    assert file_of(resolved.packages["other"]).read_bytes() == original
    assert project.said == []
