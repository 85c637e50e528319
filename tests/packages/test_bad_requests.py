"""Messages about packages that can't be resolved; the rest of the site works nevertheless."""

from __future__ import annotations

import json
import zipfile

import pytest

from pyrun_core.packages.resolve.project_lock import LOCK_NAME
from pyrun_core.packages.resolve_site import LockMode
from tests.packages.conftest import Project, distribution, page, versions
from tests.packages.wheels import make_distribution, make_project, make_wheel


def test_no_such_package(project: Project) -> None:
    resolved = project.resolve("numlike", "nosuch")
    assert project.problems == [
        "conf.py:3: none of pip's indexes has a package nosuch. Correct the name [packages]",
    ]
    assert versions(resolved) == {"numlike": "2.0"}


def test_no_wheel_for_this_python(project: Project) -> None:
    make_wheel(project.index, "fast", "2.0", tag="cp314-cp314-manylinux_2_28_x86_64")
    make_wheel(project.index, "fast", "2.0", tag="cp313-cp313-win_amd64")
    make_wheel(project.index, "slow", requires=["fast"])
    project.resolve(pages=(page("a.rst", "1", packages=("slow",)),))
    assert project.problems == [
        (
            "a.rst:1: fast (from slow) has no wheel for Python 3.14 on pyemscripten_2026_0_wasm32. Version "
            "2.0 has only fast-2.0-cp313-cp313-win_amd64.whl, "
            "fast-2.0-cp314-cp314-manylinux_2_28_x86_64.whl. Ask its maintainers for a wheel (PEP 783), "
            "or remove the package [packages]"
        ),
    ]


def test_a_source_distribution_only(project: Project) -> None:
    (project.index / "sourceonly-1.2.tar.gz").write_bytes(b"")
    project.resolve("sourceonly")
    assert project.problems == [
        (
            "conf.py:3: sourceonly exists only as a source distribution (sourceonly-1.2.tar.gz), and "
            "browsers cannot build one. Build a wheel, and name its path instead [packages]"
        ),
    ]


def test_no_such_version(project: Project) -> None:
    project.resolve("numlike>=9")
    assert project.problems == [
        "conf.py:3: there is no version numlike>=9. Usable versions: 2.0. Correct the version [packages]",
    ]


def test_pages_that_do_not_agree(project: Project) -> None:
    pages = (page("a.rst", "1", packages=("numlike==2.0",)), page("b.rst", "1", packages=("numlike>2",)))
    make_wheel(project.index, "numlike", "3.0")
    project.resolve(pages=pages)
    assert project.problems == [
        (
            "a.rst:1: these requirements conflict: The user requested numlike==2.0; The user requested "
            "numlike>2 (required at a.rst:1, b.rst:1) [packages]"
        ),
    ]


def test_packages_that_do_not_agree(project: Project) -> None:
    make_wheel(project.index, "demanding", requires=["numlike>=3"])
    resolved = project.resolve("demanding", "numlike==2.0", "plotlike")
    (problem,) = project.problems
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
def test_a_path_that_leads_to_no_wheel(project: Project, word: str, message: str) -> None:
    (project.folder / "broken-1.0-py3-none-any.whl").write_text("no such thing as a zip file")
    with zipfile.ZipFile(project.folder / "empty-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr("empty.py", "")
    make_wheel(project.folder, "other", tag="cp312-cp312-pyodide_2024_0_wasm32")
    resolved = project.resolve(word, "numlike")
    (problem,) = project.problems
    assert problem.startswith(f"conf.py:3: {word}: ")
    assert message.format(folder=project.folder) in problem
    assert versions(resolved) == {"numlike": "2.0"}


def test_a_project_that_cannot_be_built(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_BUILD_ISOLATION", "0")  # which means: none, see pip issue 5735
    make_project(project.folder / "project", version="no version")
    project.resolve("./project")
    (problem,) = project.problems
    assert f"the wheel of {project.folder}/project could not be built. pip says:" in problem


def test_an_index_that_does_not_answer(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
    monkeypatch.setenv("PIP_RETRIES", "0")
    resolved = project.resolve("numlike", "rare")
    assert project.problems == [
        (
            "conf.py:3: the package index or another server did not answer. Try again later. To build "
            "without an index, run 'pyrun lock' once and commit the lock file. Left out: rare (required at "
            "conf.py:3) [packages]"
        ),
    ]
    assert versions(resolved) == {"numlike": "2.0"}


def test_with_a_broken_pip_the_packages_of_pyodide_still_work(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_wheel(project.index, "other")
    project.resolve("other", "numlike", lock_mode=LockMode.WRITE)
    monkeypatch.setenv("PIP_TRUSTED_HOST", "no:such:host")
    monkeypatch.setenv("PIP_TIMEOUT", "no number")
    resolved = project.resolve("other", "plotlike")
    assert versions(resolved) == {"numlike": "2.0", "plotlike": "1.0"}
    assert any("no number" in problem for problem in project.problems)


def test_an_import_that_two_packages_have(project: Project) -> None:
    wheels = project.folder / "made"
    one = make_wheel(wheels, "one", modules={"shared.py": ""})
    two = make_wheel(wheels, "two", modules={"shared.py": ""})
    folder = make_distribution(project.folder / "other", one, two)
    lock = json.loads((folder / "pyodide-lock.json").read_text())
    for package in lock["packages"].values():
        package["imports"] = ["shared"]
    (folder / "pyodide-lock.json").write_text(json.dumps(lock))
    chosen = distribution(str(folder))
    project.resolve(pages=(page("a.rst", "x = 1\nimport shared", packages=("auto",)),), distribution=chosen)
    assert project.problems[0] == (
        "a.rst:10: auto: one and two provide the module 'shared', which line 2 of the example imports. "
        "Add the one you mean to 'packages' [packages]"
    )
    project.resolve(pages=(page("a.rst", "import shared", packages=("auto", "two")),), distribution=chosen)
    assert project.problems == []


def test_an_invalid_lock_file(project: Project) -> None:
    (project.folder / LOCK_NAME).write_text("{}")
    with pytest.raises(Exception, match=f"{LOCK_NAME} is not a Pyodide lock file"):
        project.resolve("numlike")


def test_a_missing_folder_of_wheels(project: Project) -> None:
    project.resolve("numlike", wheels=project.folder / "nowhere")
    assert project.problems == [
        f"conf.py:3: wheels: the folder {project.folder}/nowhere does not exist. Correct the path [option]",
    ]
