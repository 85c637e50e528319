"""Packages and files, from the author's source to the reader's run: real builds, and no other host."""

from __future__ import annotations

import subprocess
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.routes import Resettled
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Host, Plan, Site
from tests.browser.snapshot_shelf import RESTORED

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import LivePage
    from tests.browser.server import SiteServer

SCIENCE = Scenario(
    "science",
    {
        "numpy": block("import numpy\nnumpy.arange(4).sum().item()"),
        "scipy": block("from scipy.special import binom\nprint(binom(5, 2))"),
        "pandas": block("import pandas\npandas.Series([1, 2]).sum().item()"),
        "matplotlib": block("import matplotlib.pyplot as plt\nlen(plt.plot([1, 4, 9]))"),
        "records": block("""
            from importlib.metadata import distributions
            import base64, hashlib
            listed = [file for found in distributions() for file in found.files if file.hash]
            sums = [hashlib.sha256(file.locate().read_bytes()).digest() for file in listed]
            wrong = [file for file, sum in zip(listed, sums)
                     if base64.urlsafe_b64encode(sum).decode().rstrip("=") != file.hash.value]
            print(len(listed) > 2000, wrong)
            code = [file.locate() for file in listed
                    if file.suffix in (".py", ".so") and ".data/" not in str(file)]
            print({oct(path.stat().st_mode & 0o777) for path in code})
        """),
        "emptied": block("""
            import os, numpy._core._multiarray_umath as library
            print(os.path.getsize(library.__file__) > 1e6)
            open(library.__file__, "w").close()
            print(os.path.getsize(library.__file__))
        """),
    },
    options={"packages": "auto"},
)
CLOSED_SET = {
    *("contourpy", "cycler", "fonttools", "kiwisolver", "libopenblas", "matplotlib", "numpy", "packaging"),
    *("pandas", "pillow", "pyparsing", "python_dateutil", "pytz", "scipy", "six"),
}

PLAIN = Scenario(
    "plain",
    {
        "core": block("print('core')"),
        "open": block("print('edit me')"),
    },
)

DECLARED_ONLY = Scenario("declared", {"open": block("print('edit me')")}, options={"load-missing": "false"})

FILES = Scenario(
    "files",
    {
        "table": block("print(open('data/table.csv').read(), open('data/deep/more.csv').read())"),
        "rooted": block("print(open('/shared/notes.txt').read())", files="/shared/notes.txt"),
    },
    options={"files": "data/**"},
)

MODERN = Scenario(
    "modern",
    {
        "pydantic": block("""
            from pydantic import BaseModel
            class Point(BaseModel):
                x: int
            Point(x="7").x
        """),
        "pure": block("import humanize\nhumanize.intcomma(1234567)"),
        "own": block("import ourlib\nourlib.answer"),
    },
)


@pytest.fixture(scope="session")
def science_site(host: Host, make_site: MakeSite, full_pyodide: Path) -> Site:
    """A site whose pages load all, some, or none of its packages."""
    plan = Plan(
        host,
        [SCIENCE, PLAIN, DECLARED_ONLY, FILES],
        {"pyodide": str(full_pyodide)},
        data={"data/table.csv": "a,b", "data/deep/more.csv": "c,d", "shared/notes.txt": "noted"},
    )
    return make_site(f"{host}-science", plan)


@pytest.fixture(scope="session")
def modern_site(host: Host, make_site: MakeSite, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The bundled Pyodide, with a binary and a pure package of the index, and a project of the author's."""
    project = tmp_path_factory.mktemp("project")
    (project / "ourlib.py").write_text("answer = 42\n")
    (project / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        '[project]\nname = "ourlib"\nversion = "0.1"\n'
        '[tool.hatch.build.targets.wheel]\ninclude = ["ourlib.py"]\n',
    )
    subprocess.run(["git", "init", "-q", str(project)], check=True)
    packages = ["pydantic>=2.14", "humanize", str(project)]
    return make_site(f"{host}-modern", Plan(host, [MODERN], {"packages": packages}))


def wheels_asked_for(live: LivePage) -> Counter[str]:
    """How often the wheel of each package was requested, by the package name in it."""
    paths = [urlsplit(url).path for url in live.watch.requests]
    return Counter(path.rpartition("/")[2].partition("-")[0] for path in paths if is_wheel(path))


def is_wheel(path: str) -> bool:
    return "/packages/" in path and path.endswith((".whl", ".zip"))


@pytest.mark.both_hosts("each collects what pages need in its own way")
def test_a_page_fetches_exactly_what_its_examples_import_each_file_once(
    open_page: OpenPage, science_site: Site
) -> None:
    live = open_page(SCIENCE, science_site)
    assert live.cell("numpy").run_to("done").strip() == "6"
    assert live.cell("scipy").run_to("done").strip() == "10.0"
    assert live.cell("pandas").run_to("done").strip() == "3"
    assert live.cell("matplotlib").run_to("done").strip() == "1"
    assert wheels_asked_for(live) == Counter(() if RESTORED else CLOSED_SET)


def test_all_files_of_a_package_are_installed_as_it_records_them(
    open_page: OpenPage, science_site: Site
) -> None:
    live = open_page(SCIENCE, science_site)
    whole, modes = live.cell("records").run_to("done").strip().splitlines()
    assert whole == "True []"
    assert modes == "{'0o644'}", "Python's zipfile has unpacked some, whose files anyone may write"


def test_a_library_of_a_package_is_a_file_like_any_other(open_page: OpenPage, science_site: Site) -> None:
    live = open_page(SCIENCE, science_site)
    assert live.cell("emptied").run_to("done").split() == ["True", "0"]


def test_packages_are_complete_after_one_that_the_site_does_not_know(
    open_page: OpenPage, science_site: Site
) -> None:
    def add_unknown(settlement: dict[str, Any]) -> None:
        for example in settlement["examples"].values():
            example["start"] = [*example.get("start", ()), "nowhere"]

    resettled = Resettled(add_unknown)
    live = open_page(SCIENCE, science_site, before=resettled)
    live.watch.allow("uncaught: No known package with name 'nowhere'")  # Pyodide may listen too late
    cell = live.cell("numpy")
    assert "could not be loaded" in cell.run_to("error")
    resettled.is_other = False
    live.page.reload()
    assert cell.run_to("done").strip() == "6"


BROKEN_TRANSFER = "request failed: .*/scipy-.*ERR_CONTENT_LENGTH_MISMATCH"
"""Errors that the browser itself reports, however the page handles them."""


@pytest.mark.first_visit("a snapshot holds the packages, so none is fetched")
def test_a_wheel_whose_transfer_breaks_is_fetched_again(
    open_page: OpenPage, science_site: Site, served: SiteServer
) -> None:
    served.break_once("/scipy-")
    live = open_page(SCIENCE, science_site)
    live.watch.allow(BROKEN_TRANSFER)
    assert live.cell("scipy").run_to("done").strip() == "10.0"
    # Once more past the cache, which tells why, and then from the cache, which is compared again.
    assert wheels_asked_for(live) == Counter({*CLOSED_SET}) + Counter(["scipy", "scipy"])


def test_a_page_that_needs_only_the_core_fetches_no_wheel(open_page: OpenPage, science_site: Site) -> None:
    live = open_page(PLAIN, science_site)
    assert live.cell("core").run_to("done").strip() == "core"
    assert not wheels_asked_for(live)


def test_a_package_that_the_page_lacks_and_the_site_has_is_one_click_away(
    open_page: OpenPage, science_site: Site
) -> None:
    live = open_page(PLAIN, science_site)
    cell = live.cell("open")
    cell.write("import numpy\nprint(numpy.arange(4).sum())")
    text = cell.run_to("error")
    assert "ModuleNotFoundError: No module named 'numpy'" in text
    assert "micropip" not in text
    cell.button("Load numpy and run again").click()
    cell.wait_for("done")
    assert cell.text.strip() == "6"
    assert wheels_asked_for(live) == Counter({"numpy": 1})


def test_a_package_that_does_not_exist_is_an_ordinary_error_with_a_hint(
    open_page: OpenPage, science_site: Site
) -> None:
    cell = open_page(PLAIN, science_site).cell("open")
    cell.write("import nowhere_at_all")
    text = cell.run_to("error")
    assert "ModuleNotFoundError: No module named 'nowhere_at_all'" in text
    assert "\n(" in text
    expect(cell.button("Load nowhere_at_all and run again")).to_have_count(0)


def test_nothing_is_offered_where_the_author_forbids_it(open_page: OpenPage, science_site: Site) -> None:
    cell = open_page(DECLARED_ONLY, science_site).cell("open")
    cell.write("import numpy")
    assert "No module named 'numpy'" in cell.run_to("error")
    expect(cell.button("Load numpy and run again")).to_have_count(0)


@pytest.mark.both_hosts("each has its own paths")
def test_files_of_the_documentation_are_opened_under_their_own_paths(
    open_page: OpenPage, science_site: Site
) -> None:
    live = open_page(FILES, science_site)
    assert live.cell("table").run_to("done").strip() == "a,b c,d"
    assert live.cell("rooted").run_to("done").strip() == "noted"


@pytest.mark.both_hosts("each collects what pages need in its own way")
def test_binary_pure_and_own_packages_run_on_the_bundled_pyodide(
    open_page: OpenPage, modern_site: Site
) -> None:
    live = open_page(MODERN, modern_site)
    assert live.cell("pydantic").run_to("done").strip() == "7"
    assert live.cell("pure").run_to("done").strip() == "'1,234,567'"
    assert live.cell("own").run_to("done").strip() == "42"
    if RESTORED:  # they are in the snapshot
        assert not wheels_asked_for(live)
        return
    assert wheels_asked_for(live).keys() >= {"pydantic", "pydantic_core", "humanize", "ourlib"}
    assert set(wheels_asked_for(live).values()) == {1}
