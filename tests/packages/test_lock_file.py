"""The lock file that an author commits."""

from __future__ import annotations

import json

import pytest

from pyrun_core.packages.resolve.project_lock import LOCK_NAME
from pyrun_core.packages.resolve_site import LockMode
from tests.packages.conftest import Project, page, versions
from tests.packages.wheels import make_wheel


def test_it_is_written_used_and_identical_every_time(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_wheel(project.index, "other", requires=["below"])
    make_wheel(project.index, "below", "1.0")
    project.resolve("other", lock_mode=LockMode.WRITE)
    text = (project.folder / LOCK_NAME).read_text()
    make_wheel(project.index, "below", "2.0")
    project.resolve("other", lock_mode=LockMode.WRITE)
    assert (project.folder / LOCK_NAME).read_text() == text
    with monkeypatch.context() as without_pip:
        without_pip.setattr("subprocess.run", lambda *_, **__: pytest.fail("pip was asked"))
        assert versions(project.resolve("other")) == {"below": "1.0", "other": "1.0"}
    project.resolve("other", lock_mode=LockMode.UPGRADE)
    assert versions(project.resolve("other")) == {"below": "2.0", "other": "1.0"}


def test_it_needs_no_index(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    make_wheel(project.index, "other")
    project.resolve("other", lock_mode=LockMode.WRITE)
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    assert versions(project.resolve("other")) == {"other": "1.0"}
    assert project.problems == []


def test_it_is_valid_for_fewer_packages_and_out_of_date_for_more(project: Project) -> None:
    make_wheel(project.index, "other")
    project.resolve("other", "numlike", lock_mode=LockMode.WRITE)
    assert "numlike" not in project.resolve("other").names
    assert project.problems == []
    assert versions(project.resolve("other", "plotlike")) == {
        "numlike": "2.0",
        "other": "1.0",
        "plotlike": "1.0",
    }
    assert project.problems == [
        (
            f"conf.py:3: {LOCK_NAME} was written for other packages or another Pyodide than the pages "
            "require now, so pyrun ignored it. Run 'pyrun lock', and commit the file [lock]"
        ),
    ]


def test_an_out_of_date_lock_file_is_reported_once_for_all_packages(project: Project) -> None:
    make_wheel(project.index, "other")
    project.resolve("other", lock_mode=LockMode.WRITE)
    project.resolve("other", "plotlike", "nosuch", "nothere")
    assert sum(problem.endswith("[lock]") for problem in project.problems) == 1
    project.resolve("other", "nosuch")
    assert project.problems == [
        "conf.py:3: none of pip's indexes has a package nosuch. Correct the name [packages]",
    ]


def test_a_different_import_of_a_declared_package_keeps_it_up_to_date(project: Project) -> None:
    make_wheel(project.index, "other")
    examples = ("import other", "import other")
    pages = (page("a.rst", *examples[:1], packages=("auto", "other<2")),)
    project.resolve(pages=pages, lock_mode=LockMode.WRITE)
    project.resolve(pages=(page("a.rst", *examples, packages=("auto", "other<2")),))
    assert project.problems == []


def test_it_omits_the_wheel_of_the_author_but_lists_its_dependencies(project: Project) -> None:
    mine = make_wheel(project.folder / "wheels", "mine", requires=["other"])
    make_wheel(project.index, "other")
    project.resolve(f"wheels/{mine.name}", lock_mode=LockMode.WRITE)
    assert list(json.loads((project.folder / LOCK_NAME).read_text())["packages"]) == ["other"]
    make_wheel(project.folder / "wheels", "mine", requires=["other"], modules={"mine.py": "changed = 1"})
    resolved = project.resolve(f"wheels/{mine.name}")
    assert project.problems == []
    assert resolved.packages["mine"].package.depends == ("other",)


def test_wheels_beside_it_have_paths_that_are_valid_on_other_machines(project: Project) -> None:
    make_wheel(project.folder / "pool", "pooled")
    project.resolve("pooled", wheels=project.folder / "pool", lock_mode=LockMode.WRITE)
    packages = json.loads((project.folder / LOCK_NAME).read_text())["packages"]
    assert packages["pooled"]["file_name"] == "./pool/pooled-1.0-py3-none-any.whl"
    resolved = project.resolve("pooled", wheels=project.folder / "pool")
    assert (versions(resolved), project.problems) == ({"pooled": "1.0"}, [])
