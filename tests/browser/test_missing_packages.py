"""Code that imports a package that its page doesn't load."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.packed import PackedSite
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import MakeSite, OpenPage

LACKING = Scenario(
    "lacking",
    {
        "numpy": block("import numpy\nint(numpy.arange(5).sum())"),
        "inside": block("""
            try:
                import numpy.linalg
            except ImportError as error:
                raise RuntimeError("cannot count") from error
        """),
        "hidden": block("""
            try:
                import numpy
            except ImportError:
                raise RuntimeError("cannot count") from None
        """),
        "unknown": block("import no_such_module.part"),
        "part": block("import json.no_such_part"),
        "standard": block("import venv"),
    },
)
DECLARED = Scenario("declared", {"numpy": block("import numpy")}, options={"load-missing": "false"})

UNKNOWN_SENTENCE = (
    "(This page has no package with that module. "
    "Only packages that the page's author has chosen can be installed here.)"
)


@pytest.fixture(scope="module")
def lacking(make_site: MakeSite, full_pyodide: Path) -> PackedSite:
    """A site whose lock file lists NumPy, because examples import it, with pages that don't load it."""
    config = {"suppress_warnings": ["pyrun.undeclared"]}
    plan = Plan("sphinx", [LACKING, DECLARED], {"pyodide": str(full_pyodide)}, config=config)
    return PackedSite(make_site("lacking", plan))


def test_a_package_that_the_page_lacks_is_loaded_if_the_reader_agrees(
    open_page: OpenPage, lacking: PackedSite
) -> None:
    live = open_page(LACKING, lacking.site)
    cell = live.cell("numpy")
    assert (
        "ModuleNotFoundError: No module named 'numpy'\n"
        "(numpy is available on this site, but this page does not load it.)\n"
    ) in cell.run_to("error")
    assert not [path for path in live.watch.paths() if path.endswith(".whl")]
    cell.button("Load numpy and run again").click()
    cell.wait_for("done")
    assert cell.text.strip() == "10"
    cell.choose("Restart Python")
    assert cell.run_to("done").strip() == "10"


@pytest.mark.parametrize("key", ["inside", "hidden"])
def test_a_package_is_offered_where_the_failed_import_is_a_cause(
    open_page: OpenPage, lacking: PackedSite, key: str
) -> None:
    live = open_page(LACKING, lacking.site)
    cell = live.cell(key)
    text = cell.run_to("error")
    assert "RuntimeError: cannot count" in text
    assert "numpy is available" in text
    expect(cell.button("Load numpy and run again")).to_be_visible()


def test_a_module_that_no_package_has_is_not_offered(open_page: OpenPage, lacking: PackedSite) -> None:
    live = open_page(LACKING, lacking.site)
    lines = live.cell("unknown").run_to("error").strip().splitlines()
    assert lines[-2:] == ["ModuleNotFoundError: No module named 'no_such_module'", UNKNOWN_SENTENCE]
    lines = live.cell("standard").run_to("error").strip().splitlines()
    assert lines[-2:] == [
        "ModuleNotFoundError: No module named 'venv'",
        "(Python in a browser does not include this module of the standard library.)",
    ]
    assert live.cell("part").run_to("error").strip().endswith("No module named 'json.no_such_part'")
    for key in ("unknown", "standard", "part"):
        expect(live.cell(key).locator.get_by_role("button", name="run again")).to_have_count(0)


def test_no_package_is_offered_where_only_declared_ones_are_allowed(
    open_page: OpenPage, lacking: PackedSite
) -> None:
    live = open_page(DECLARED, lacking.site)
    cell = live.cell("numpy")
    assert "No module named 'numpy'" in cell.run_to("error")
    expect(cell.locator.get_by_role("button", name="run again")).to_have_count(0)
