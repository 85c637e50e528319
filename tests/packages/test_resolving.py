"""From the requirements of pages to the files that they load: with the real pip, and a folder as index."""

from __future__ import annotations

import json
import zipfile

import pytest

from pyrun_core.packages.resolve.version_check import DocumentedProject
from tests.packages.conftest import Project, page, versions
from tests.packages.wheels import make_project, make_wheel


def test_packages_of_pyodide_need_no_pip(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.run", lambda *_, **__: pytest.fail("pip was asked"))
    resolved = project.resolve("plotlike", "numlike>=1")
    assert versions(resolved) == {"numlike": "2.0", "plotlike": "1.0"}
    assert project.problems == []


def test_only_packages_that_pages_use_are_published_with_their_checksum_in_the_address(
    project: Project,
) -> None:
    resolved = project.resolve("numlike")
    (wheel, lock) = (file.target for file in resolved.files)
    checksum = resolved.packages["numlike"].package.sha256
    assert wheel == f"packages/{checksum[:12]}/numlike-2.0-py3-none-any.whl"
    assert resolved.lock
    assert lock == resolved.lock.url
    content = json.loads(resolved.files[1].source.read_text())
    assert list(content["packages"]) == ["numlike"]
    assert content["packages"]["numlike"]["file_name"] == wheel.removeprefix("packages/")


def test_a_site_without_packages_has_an_empty_lock_file_and_no_wheel(project: Project) -> None:
    resolved = project.resolve()
    assert resolved.lock
    assert [file.target for file in resolved.files] == [resolved.lock.url]
    assert json.loads(resolved.files[0].source.read_text())["packages"] == {}


def test_packages_of_the_index_come_with_their_dependencies_for_a_browser(project: Project) -> None:
    make_wheel(
        project.index, "toplevel", requires=["below>=1", 'windows; sys_platform == "win32"', "numlike"]
    )
    make_wheel(project.index, "below", requires=['browser; sys_platform == "emscripten"'])
    make_wheel(
        project.index, "browser", requires=['new; python_version >= "3.14"', 'old; python_version < "3.14"']
    )
    make_wheel(project.index, "new")
    resolved = project.resolve("toplevel")
    assert project.problems == []
    assert set(versions(resolved)) == {"toplevel", "below", "browser", "new", "numlike"}
    assert resolved.packages["toplevel"].package.depends == ("below", "numlike")
    assert resolved.packages["browser"].package.depends == ("new",)
    assert resolved.packages["new"].package.imports == ("new",)


def test_extras_and_markers_of_a_requirement_are_respected(project: Project) -> None:
    make_wheel(project.index, "rich-thing", requires=['more; extra == "all"'], extras=["all"])
    make_wheel(project.index, "more")
    resolved = project.resolve("rich_thing[all]>=1", 'absent; sys_platform == "linux"')
    assert set(versions(resolved)) == {"rich-thing", "more"}
    assert resolved.packages["rich-thing"].package.depends == ("more",)


def test_the_version_of_pyodide_is_preferred_unless_it_is_ruled_out(project: Project) -> None:
    make_wheel(project.index, "numlike", "3.0")
    make_wheel(project.index, "other", requires=["numlike"])
    assert versions(project.resolve("other")) == {"numlike": "2.0", "other": "1.0"}
    assert versions(project.resolve("other", "numlike>=3")) == {"numlike": "3.0", "other": "1.0"}
    make_wheel(project.index, "demanding", requires=["numlike>=3"])
    assert versions(project.resolve("demanding")) == {"demanding": "1.0", "numlike": "3.0"}


def test_a_new_wheel_in_the_folder_of_wheels_is_found_at_once(project: Project) -> None:
    pool = project.folder / "pool"
    make_wheel(pool, "pooled", "1.0")
    assert versions(project.resolve("pooled", wheels=pool)) == {"pooled": "1.0"}
    make_wheel(pool, "pooled", "1.1")
    assert versions(project.resolve("pooled", wheels=pool)) == {"pooled": "1.1"}


def test_an_example_named_like_a_standard_module_does_not_disturb_pip(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.folder / "random.py").write_text("raise SystemExit('this is no module of Python')")
    monkeypatch.chdir(project.folder)
    make_wheel(project.index, "other")
    assert versions(project.resolve("other")) == {"other": "1.0"}


def test_constraints_of_the_author_are_respected(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("1.0", "2.0"):
        make_wheel(project.index, "other", version)
    constraints = project.folder / "constraints.txt"
    constraints.write_text("other<2\n")
    monkeypatch.setenv("PIP_CONSTRAINT", str(constraints))
    assert versions(project.resolve("other")) == {"other": "1.0"}


def test_a_binary_wheel_of_pep_783_is_chosen_and_others_are_not(project: Project) -> None:
    make_wheel(project.index, "fast", "2.0", tag="cp314-cp314-manylinux_2_28_x86_64")
    make_wheel(project.index, "fast", "1.0", tag="cp314-cp314-pyemscripten_2026_0_wasm32")
    assert versions(project.resolve("fast")) == {"fast": "1.0"}


def test_a_local_wheel_a_wheel_at_a_url_and_a_folder_of_wheels_are_sources(project: Project) -> None:
    mine = make_wheel(project.folder / "wheels", "mine", "1.5", requires=["numlike"])
    make_wheel(project.folder / "pool", "pooled")
    served = make_wheel(project.folder / "elsewhere", "linked")
    resolved = project.resolve(
        f"wheels/{mine.name}", "pooled", f"linked @ {served.as_uri()}", wheels=project.folder / "pool"
    )
    assert project.problems == []
    assert versions(resolved) == {"linked": "1.0", "mine": "1.5", "numlike": "2.0", "pooled": "1.0"}
    assert resolved.names_for([f"wheels/{mine.name}"]) == ("mine",)


def test_a_project_is_built_and_rebuilt_only_when_it_changes(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(project.folder / "project", version="0.1")
    monkeypatch.setenv("PIP_NO_BUILD_ISOLATION", "0")  # which means: none, see pip issue 5735
    resolved = project.resolve("./project")
    assert project.problems == []
    assert resolved.packages["ourlib"].package.version == "0.1"
    assert resolved.packages["ourlib"].package.depends == ("numlike",)
    first = resolved.packages["ourlib"].file
    assert project.resolve("./project").packages["ourlib"].file == first
    module = project.folder / "project" / "ourlib.py"
    module.write_text("answer = 43\n")
    changed = project.resolve("./project").packages["ourlib"].file
    assert changed is not None
    with zipfile.ZipFile(changed) as wheel:
        assert wheel.read("ourlib.py") == b"answer = 43\n"


@pytest.mark.parametrize(
    ("documented", "warned"),
    [
        (DocumentedProject("Plotlike", "1.0"), False),
        (DocumentedProject("Plotlike", "1"), False),
        (DocumentedProject("Plotlike", "2.1"), True),
        (DocumentedProject("Plotlike", "latest"), False),
        (DocumentedProject("Something", "2.1"), False),
    ],
)
def test_a_version_that_differs_from_the_documented_one_is_reported_with_both(
    project: Project, documented: DocumentedProject, *, warned: bool
) -> None:
    project.resolve("plotlike", documented=documented)
    expected = (
        "conf.py:3: readers run plotlike 1.0, but the configuration says 2.1. Require plotlike==2.1, or "
        "correct the version of the documentation [version]"
    )
    assert project.problems == ([expected] if warned else [])


def test_auto_finds_the_imports_of_examples_and_logs_them(project: Project) -> None:
    make_wheel(project.index, "python-slugify", modules={"slugify/__init__.py": ""})
    pages = (
        page("a.rst", "import os, plotlike.pyplot", packages=("auto",)),
        page("b.rst", "from slugify import slugify", "import numlike", blocks=("auto",)),
    )
    resolved = project.resolve(pages=pages)
    assert project.problems == []
    assert project.said == [
        "packages found by their imports: numlike (numlike), plotlike (plotlike), python-slugify (slugify)",
    ]
    assert resolved.names_for(pages[0].entries, pages[0].imports) == ("plotlike",)
    assert resolved.names_for(("auto",), pages[1].examples[0].imports) == ("python-slugify",)


def test_packages_that_notebooks_install_count_for_auto_and_can_be_loaded_otherwise(project: Project) -> None:
    make_wheel(project.index, "python-slugify", modules={"slugify/__init__.py": ""})
    pages = (
        page("a.rst", "!pip install -q python-slugify\nimport slugify", packages=("auto",)),
        page("b.rst", "%pip install NumLike unknown_to_all\nimport os"),
    )
    resolved = project.resolve(pages=pages)
    assert project.problems == []
    assert resolved.names_for(("auto",), pages[0].imports) == ("python-slugify",)
    assert list(resolved.packages) == ["numlike", "python-slugify"]


def test_an_undeclared_import_is_reported_and_can_be_offered(project: Project) -> None:
    guarded = "try:\n    import plotlike\nexcept ImportError:\n    plotlike = None"
    resolved = project.resolve(
        pages=(page("a.rst", "x = 1\nimport numlike", guarded, "import unknown_to_all"),)
    )
    assert project.problems == [
        (
            "a.rst:10: line 2 of the example imports numlike, but 'packages' does not declare numlike. Add "
            "numlike or 'auto' to the packages of the page or example [undeclared]"
        ),
    ]
    assert list(resolved.packages) == ["numlike"]
    assert resolved.names_for([]) == ()


def test_a_package_that_another_example_of_the_page_loads_is_declared(project: Project) -> None:
    project.resolve(pages=(page("a.rst", "import plotlike, numlike", packages=("plotlike",)),))
    assert project.problems == []
