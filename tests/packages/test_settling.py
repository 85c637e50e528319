"""From what pages ask for to the files that they load: with the real pip, and an index that is a folder."""

from __future__ import annotations

import json
import zipfile

import pytest

from pyrun_core.packages.publish.resolved import CellPackages
from pyrun_core.packages.resolve.version_check import Documented
from tests.packages.conftest import Place, page, versions
from tests.packages.wheels import make_project, make_wheel


def test_what_pyodide_has_needs_no_pip(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.run", lambda *_, **__: pytest.fail("pip was asked"))
    settled = place.settle("plotlike", "numlike>=1")
    assert versions(settled) == {"numlike": "2.0", "plotlike": "1.0"}
    assert place.problems == []


def test_only_what_pages_use_is_served_with_its_checksum_in_the_address(place: Place) -> None:
    settled = place.settle("numlike")
    (wheel, lock) = (file.target for file in settled.files)
    checksum = settled.packages["numlike"].package.sha256
    assert wheel == f"packages/{checksum[:12]}/numlike-2.0-py3-none-any.whl"
    assert lock == settled.lock_url
    content = json.loads(settled.files[1].source.read_text())
    assert list(content["packages"]) == ["numlike"]
    assert content["packages"]["numlike"]["file_name"] == wheel.removeprefix("packages/")


def test_a_site_without_packages_has_an_empty_lock_file_and_no_wheel(place: Place) -> None:
    settled = place.settle()
    assert [file.target for file in settled.files] == [settled.lock_url]
    assert json.loads(settled.files[0].source.read_text())["packages"] == {}


def test_packages_of_the_index_come_with_what_they_need_in_a_browser(place: Place) -> None:
    make_wheel(place.index, "toplevel", requires=["below>=1", 'windows; sys_platform == "win32"', "numlike"])
    make_wheel(place.index, "below", requires=['browser; sys_platform == "emscripten"'])
    make_wheel(
        place.index, "browser", requires=['new; python_version >= "3.14"', 'old; python_version < "3.14"']
    )
    make_wheel(place.index, "new")
    settled = place.settle("toplevel")
    assert place.problems == []
    assert set(versions(settled)) == {"toplevel", "below", "browser", "new", "numlike"}
    assert settled.packages["toplevel"].package.depends == ("below", "numlike")
    assert settled.packages["browser"].package.depends == ("new",)
    assert settled.packages["new"].package.imports == ("new",)


def test_extras_and_markers_of_a_requirement_count(place: Place) -> None:
    make_wheel(place.index, "rich-thing", requires=['more; extra == "all"'], extras=["all"])
    make_wheel(place.index, "more")
    settled = place.settle("rich_thing[all]>=1", 'absent; sys_platform == "linux"')
    assert set(versions(settled)) == {"rich-thing", "more"}
    assert settled.packages["rich-thing"].package.depends == ("more",)


def test_pyodides_own_version_is_taken_unless_it_is_ruled_out(place: Place) -> None:
    make_wheel(place.index, "numlike", "3.0")
    make_wheel(place.index, "other", requires=["numlike"])
    assert versions(place.settle("other")) == {"numlike": "2.0", "other": "1.0"}
    assert versions(place.settle("other", "numlike>=3")) == {"numlike": "3.0", "other": "1.0"}
    make_wheel(place.index, "demanding", requires=["numlike>=3"])
    assert versions(place.settle("demanding")) == {"demanding": "1.0", "numlike": "3.0"}


def test_a_new_wheel_in_the_folder_of_wheels_is_seen_at_once(place: Place) -> None:
    pool = place.folder / "pool"
    make_wheel(pool, "pooled", "1.0")
    assert versions(place.settle("pooled", wheels=pool)) == {"pooled": "1.0"}
    make_wheel(pool, "pooled", "1.1")
    assert versions(place.settle("pooled", wheels=pool)) == {"pooled": "1.1"}


def test_an_example_called_like_a_module_of_python_does_not_disturb_pip(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place.folder / "random.py").write_text("raise SystemExit('this is no module of Python')")
    monkeypatch.chdir(place.folder)
    make_wheel(place.index, "other")
    assert versions(place.settle("other")) == {"other": "1.0"}


def test_the_authors_own_constraints_hold(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("1.0", "2.0"):
        make_wheel(place.index, "other", version)
    constraints = place.folder / "constraints.txt"
    constraints.write_text("other<2\n")
    monkeypatch.setenv("PIP_CONSTRAINT", str(constraints))
    assert versions(place.settle("other")) == {"other": "1.0"}


def test_a_binary_wheel_of_pep_783_is_chosen_and_others_are_not(place: Place) -> None:
    make_wheel(place.index, "fast", "2.0", tag="cp314-cp314-manylinux_2_28_x86_64")
    make_wheel(place.index, "fast", "1.0", tag="cp314-cp314-pyemscripten_2026_0_wasm32")
    assert versions(place.settle("fast")) == {"fast": "1.0"}


def test_a_local_wheel_a_wheel_at_a_url_and_a_folder_of_wheels_are_sources(place: Place) -> None:
    mine = make_wheel(place.folder / "wheels", "mine", "1.5", requires=["numlike"])
    make_wheel(place.folder / "pool", "pooled")
    served = make_wheel(place.folder / "elsewhere", "linked")
    settled = place.settle(
        f"wheels/{mine.name}", "pooled", f"linked @ {served.as_uri()}", wheels=place.folder / "pool"
    )
    assert place.problems == []
    assert versions(settled) == {"linked": "1.0", "mine": "1.5", "numlike": "2.0", "pooled": "1.0"}
    assert settled.page_names(CellPackages(page_words=(f"wheels/{mine.name}",))) == ("mine",)


def test_a_project_is_built_and_built_again_only_when_it_changes(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(place.folder / "project", version="0.1")
    monkeypatch.setenv("PIP_NO_BUILD_ISOLATION", "0")  # which means: none, see pip issue 5735
    settled = place.settle("./project")
    assert place.problems == []
    assert settled.packages["ourlib"].package.version == "0.1"
    assert settled.packages["ourlib"].package.depends == ("numlike",)
    first = settled.packages["ourlib"].file
    assert place.settle("./project").packages["ourlib"].file == first
    module = place.folder / "project" / "ourlib.py"
    module.write_text("answer = 43\n")
    changed = place.settle("./project").packages["ourlib"].file
    assert changed is not None
    with zipfile.ZipFile(changed) as wheel:
        assert wheel.read("ourlib.py") == b"answer = 43\n"


@pytest.mark.parametrize(
    ("documented", "warned"),
    [
        (Documented("Plotlike", "1.0"), False),
        (Documented("Plotlike", "1"), False),
        (Documented("Plotlike", "2.1"), True),
        (Documented("Plotlike", "latest"), False),
        (Documented("Something", "2.1"), False),
    ],
)
def test_another_version_than_the_documented_one_is_reported_with_both(
    place: Place, documented: Documented, *, warned: bool
) -> None:
    place.settle("plotlike", documented=documented)
    expected = (
        "conf.py:3: readers run plotlike 1.0, and the configuration says 2.1. Ask for plotlike==2.1, or "
        "correct "
        "the version of the documentation [version]"
    )
    assert place.problems == ([expected] if warned else [])


def test_auto_finds_what_examples_import_and_says_so(place: Place) -> None:
    make_wheel(place.index, "python-slugify", modules={"slugify/__init__.py": ""})
    pages = (
        page("a.rst", "import os, plotlike.pyplot", packages=("auto",)),
        page("b.rst", "from slugify import slugify", "import numlike", blocks=("auto",)),
    )
    settled = place.settle(pages=pages)
    assert place.problems == []
    assert place.said == [
        "packages found by their imports: numlike (numlike), plotlike (plotlike), python-slugify (slugify)",
    ]
    whole = CellPackages(page_words=pages[0].words, page_imports=pages[0].imports)
    assert settled.page_names(whole) == ("plotlike",)
    example = pages[1].examples[0]
    assert settled.cell_names(CellPackages(words=("auto",), imports=example.imports)) == ("python-slugify",)


def test_an_import_that_nobody_declared_is_reported_and_can_be_offered(place: Place) -> None:
    guarded = "try:\n    import plotlike\nexcept ImportError:\n    plotlike = None"
    settled = place.settle(pages=(page("a.rst", "x = 1\nimport numlike", guarded, "import unknown_to_all"),))
    assert place.problems == [
        (
            "a.rst:10: line 2 of the example imports numlike, and no option 'packages' here asks for "
            "numlike. Add it "
            "to those of the page or of the example, or write 'auto' [undeclared]"
        ),
    ]
    assert list(settled.packages) == ["numlike"]
    assert settled.page_names(CellPackages()) == ()


def test_what_another_example_of_the_page_loads_is_declared(place: Place) -> None:
    place.settle(pages=(page("a.rst", "import plotlike, numlike", packages=("plotlike",)),))
    assert place.problems == []
