"""What is said of packages that cannot be had; the rest of the site works all the same."""

from __future__ import annotations

import json
import zipfile

import pytest

from pyrun_core.packages.resolve.project_lock import LOCK_NAME
from pyrun_core.packages.resolve_site import LockMode
from tests.packages.conftest import Place, distribution, page, versions
from tests.packages.wheels import make_distribution, make_project, make_wheel


def test_no_such_package(place: Place) -> None:
    resolved = place.resolve("numlike", "nosuch")
    assert place.problems == [
        "conf.py:3: none of pip's indexes has a package nosuch. Correct the name [packages]",
    ]
    assert versions(resolved) == {"numlike": "2.0"}


def test_no_wheel_for_this_python(place: Place) -> None:
    make_wheel(place.index, "fast", "2.0", tag="cp314-cp314-manylinux_2_28_x86_64")
    make_wheel(place.index, "fast", "2.0", tag="cp313-cp313-win_amd64")
    make_wheel(place.index, "slow", requires=["fast"])
    place.resolve(pages=(page("a.rst", "1", packages=("slow",)),))
    assert place.problems == [
        (
            "a.rst:1: fast (from slow) has no wheel for Python 3.14 on pyemscripten_2026_0_wasm32. Version "
            "2.0 has only fast-2.0-cp313-cp313-win_amd64.whl, "
            "fast-2.0-cp314-cp314-manylinux_2_28_x86_64.whl. Ask its maintainers for a wheel (PEP 783), "
            "or remove the package [packages]"
        ),
    ]


def test_a_source_distribution_only(place: Place) -> None:
    (place.index / "sourceonly-1.2.tar.gz").write_bytes(b"")
    place.resolve("sourceonly")
    assert place.problems == [
        (
            "conf.py:3: sourceonly exists only as a source distribution (sourceonly-1.2.tar.gz), and "
            "browsers cannot build one. Build a wheel, and name its path instead [packages]"
        ),
    ]


def test_no_such_version(place: Place) -> None:
    place.resolve("numlike>=9")
    assert place.problems == [
        "conf.py:3: there is no version numlike>=9. Usable versions: 2.0. Correct the version [packages]",
    ]


def test_pages_that_do_not_agree(place: Place) -> None:
    pages = (page("a.rst", "1", packages=("numlike==2.0",)), page("b.rst", "1", packages=("numlike>2",)))
    make_wheel(place.index, "numlike", "3.0")
    place.resolve(pages=pages)
    assert place.problems == [
        (
            "a.rst:1: these requirements conflict: The user requested numlike==2.0; The user requested "
            "numlike>2 (required at a.rst:1, b.rst:1) [packages]"
        ),
    ]


def test_packages_that_do_not_agree(place: Place) -> None:
    make_wheel(place.index, "demanding", requires=["numlike>=3"])
    resolved = place.resolve("demanding", "numlike==2.0", "plotlike")
    (problem,) = place.problems
    assert "these requirements conflict" in problem
    assert "demanding 1.0 depends on numlike>=3" in problem
    assert "requested numlike==2.0" in problem
    assert set(versions(resolved)) == {"numlike", "plotlike"}


@pytest.mark.parametrize(
    ("word", "message"),
    [
        (
            "wheels/none-1-py3-none-any.whl",
            "there is no file or folder {folder}/wheels/none-1-py3-none-any.whl",
        ),
        ("./nothing", "there is no file or folder {folder}/nothing"),
        ("./index", "is not a Python project: it has no pyproject.toml"),
        (
            "broken-1.0-py3-none-any.whl",
            "is not a wheel: File is not a zip file. Build or download it again",
        ),
        ("empty-1.0-py3-none-any.whl", "is not a wheel: 'it has no .dist-info/METADATA'"),
        (
            "other-1.0-cp312-cp312-pyodide_2024_0_wasm32.whl",
            (
                "is not for Python 3.14 on pyemscripten_2026_0_wasm32, nor for any platform (py3-none-any). "
                "Name another wheel"
            ),
        ),
    ],
)
def test_a_path_that_leads_to_no_wheel(place: Place, word: str, message: str) -> None:
    (place.folder / "broken-1.0-py3-none-any.whl").write_text("no such thing as a zip file")
    with zipfile.ZipFile(place.folder / "empty-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr("empty.py", "")
    make_wheel(place.folder, "other", tag="cp312-cp312-pyodide_2024_0_wasm32")
    resolved = place.resolve(word, "numlike")
    (problem,) = place.problems
    assert problem.startswith(f"conf.py:3: {word}: ")
    assert message.format(folder=place.folder) in problem
    assert versions(resolved) == {"numlike": "2.0"}


def test_a_project_that_cannot_be_built(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_BUILD_ISOLATION", "0")  # which means: none, see pip issue 5735
    make_project(place.folder / "project", version="no version")
    place.resolve("./project")
    (problem,) = place.problems
    assert f"the wheel of {place.folder}/project could not be built. pip says:" in problem


def test_an_index_that_does_not_answer(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
    monkeypatch.setenv("PIP_RETRIES", "0")
    resolved = place.resolve("numlike", "rare")
    assert place.problems == [
        (
            "conf.py:3: the package index or another server did not answer. Try again later. To build "
            "without an index, run 'pyrun lock' once and commit the lock file. Left out: rare (required at "
            "conf.py:3) [packages]"
        ),
    ]
    assert versions(resolved) == {"numlike": "2.0"}


def test_a_broken_pip_leaves_what_pyodide_has(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    make_wheel(place.index, "other")
    place.resolve("other", "numlike", lock_mode=LockMode.WRITE)
    monkeypatch.setenv("PIP_TRUSTED_HOST", "no:such:host")
    monkeypatch.setenv("PIP_TIMEOUT", "no number")
    resolved = place.resolve("other", "plotlike")
    assert versions(resolved) == {"numlike": "2.0", "plotlike": "1.0"}
    assert any("no number" in problem for problem in place.problems)


def test_an_import_that_two_packages_have(place: Place) -> None:
    wheels = place.folder / "made"
    one = make_wheel(wheels, "one", modules={"shared.py": ""})
    two = make_wheel(wheels, "two", modules={"shared.py": ""})
    folder = make_distribution(place.folder / "other", one, two)
    lock = json.loads((folder / "pyodide-lock.json").read_text())
    for package in lock["packages"].values():
        package["imports"] = ["shared"]
    (folder / "pyodide-lock.json").write_text(json.dumps(lock))
    chosen = distribution(str(folder))
    place.resolve(pages=(page("a.rst", "x = 1\nimport shared", packages=("auto",)),), distribution=chosen)
    assert place.problems[0] == (
        "a.rst:10: auto: one and two provide the module 'shared', which line 2 of the example imports. "
        "Add the one you mean to 'packages' [packages]"
    )
    place.resolve(pages=(page("a.rst", "import shared", packages=("auto", "two")),), distribution=chosen)
    assert place.problems == []


def test_a_lock_file_that_is_none(place: Place) -> None:
    (place.folder / LOCK_NAME).write_text("{}")
    with pytest.raises(Exception, match=f"{LOCK_NAME} is not a Pyodide lock file"):
        place.resolve("numlike")


def test_a_folder_of_wheels_that_is_not_there(place: Place) -> None:
    place.resolve("numlike", wheels=place.folder / "nowhere")
    assert place.problems == [
        f"conf.py:3: wheels: the folder {place.folder}/nowhere does not exist. Correct the path [option]",
    ]
