"""The real IPython, which comes along with a package, shows things as the stand-in for it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.local_pyodide import pyodide_with
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.conftest import MakeSite
    from tests.browser.live_page import LivePage
    from tests.browser.sites import Site

IPYTHON = (
    *("ipython==9.12.0", "asttokens", "decorator", "executing", "matplotlib-inline", "prompt_toolkit"),
    *("pure-eval", "pygments", "six", "stack-data", "traitlets", "wcwidth==0.2.13"),
)

REAL = Scenario(
    "real",
    {
        "html": block("""
            from IPython.display import HTML, Markdown, display
            display(HTML("<b>bold</b>"))
            display(Markdown("*slanted*"))
            print("end")
        """),
        "version": block("import IPython\nprint(IPython.__version__, IPython.get_ipython())"),
        "clear": block("""
            from IPython.display import clear_output
            print("gone")
            clear_output()
            print("left")
        """),
        "pretty": block("from IPython.display import Pretty, display\ndisplay(Pretty('as it is'))"),
    },
    options={"packages": "ipython, ipython-pygments-lexers"},
)


@pytest.fixture(scope="module")
def real(
    make_site: MakeSite,
    project: Path,
    tmp_path_factory: pytest.TempPathFactory,
    share_page: Callable[[Scenario, Site], LivePage],
) -> LivePage:
    """A page with IPython from the index."""
    bundled = project / "node_modules" / "pyodide"
    pyodide = pyodide_with(bundled, tmp_path_factory.mktemp("ipython"), IPYTHON)
    return share_page(REAL, make_site("real-ipython", Plan("sphinx", [REAL], {"pyodide": str(pyodide)})))


def test_it_is_the_real_one(real: LivePage) -> None:
    assert real.cell("version").run_to("done").strip() == "9.12.0 None"


def test_its_objects_are_shown(real: LivePage) -> None:
    cell = real.cell("html")
    assert cell.run_to("done").strip() == "end"
    expect(cell.output.locator("b")).to_have_text("bold")
    expect(cell.output.locator("em")).to_have_text("slanted")


def test_it_clears_the_output(real: LivePage) -> None:
    assert real.cell("clear").run_to("done").strip() == "left"


def test_it_prints_text_as_it_is(real: LivePage) -> None:
    assert real.cell("pretty").run_to("done").strip() == "as it is"
