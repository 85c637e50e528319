"""Format: the code in an editor, rewritten by ruff or by black."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.live_page import BOOT_TIMEOUT_MS
from tests.browser.local_pyodide import pyodide_with
from tests.browser.routes import without_python
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import Cell
    from tests.browser.sites import Host, Site

UNTIDY = """
def total( values ):
    return sum( [ value*2 for value in values ] )  # twice
total( [ 1,2 ,3 ] )
"""
TIDY = """
def total(values):
    return sum([value * 2 for value in values])  # twice


total([1, 2, 3])
""".strip()
ANYTHING = "print( 'kept' )"

FORMATTED = Scenario(
    "formatted",
    {
        "ruff": block(UNTIDY),
        "hidden lines": block(f"# pyrun: hide\n{ANYTHING}\n# pyrun: show\n{ANYTHING}"),
        "readonly": block(ANYTHING, readonly=None),
        "nothing": block(ANYTHING, format="none"),
    },
    options={"format": "ruff"},
)
BLACK = Scenario("black", {"black": block(UNTIDY, format="black")})
SCENARIOS = (FORMATTED,)


@pytest.fixture(scope="session")
def black_site(
    host: Host, make_site: MakeSite, browser_files: Path, tmp_path_factory: pytest.TempPathFactory
) -> Site:
    """A site with black from the index."""
    folder = tmp_path_factory.mktemp("black")
    pyodide = pyodide_with(browser_files / "pyodide", folder, ["click", "packaging", "platformdirs"])
    return make_site(f"{host}-black", Plan(host, [BLACK], {"pyodide": str(pyodide)}))


def code_of(cell: Cell) -> str:
    """All of the code."""
    return str(cell.locator.evaluate("cell => cell.sourceFile.code"))


def test_ruff_formats_in_place_as_one_step_without_python(open_page: OpenPage, site: Site) -> None:
    live = open_page(FORMATTED, site, before=without_python)
    keyboard = live.page.keyboard
    assert not [path for path in live.watch.paths() if path.startswith("ruff_wasm")]
    cell = live.cell("ruff")
    written = code_of(cell)
    cell.edit()
    keyboard.press("Control+Home")
    keyboard.press("ArrowDown")
    keyboard.press("Control+End")
    for _ in range(len("2 ,3 ] )")):
        keyboard.press("ArrowLeft")
    keyboard.press("Shift+Alt+f")
    expect(cell.status).to_have_text("The code is formatted.")
    assert code_of(cell) == TIDY
    keyboard.type("00")
    assert code_of(cell) == TIDY.replace("1, 2", "1, 002")
    keyboard.press("Control+z")
    keyboard.press("Control+z")
    assert code_of(cell) == written
    keyboard.press("Control+y")
    keyboard.press("Shift+Alt+f")
    expect(cell.status).to_have_text("The code is already formatted.")

    cell.write("'é'\nif True\n    pass")
    keyboard.press("Shift+Alt+f")
    expect(cell.status).to_have_text("Nothing was formatted: line 2: Expected `:`, found newline")
    assert code_of(cell) == "'é'\nif True\n    pass"
    assert len([path for path in live.watch.paths() if path.startswith("ruff_wasm")]) == 2


def test_the_menu_formats_and_lines_that_are_folded_away_stay_so(open_page: OpenPage, site: Site) -> None:
    live = open_page(FORMATTED, site, before=without_python)
    cell = live.cell("hidden lines")
    cell.choose("Format")
    expect(cell.status).to_have_text("The code is formatted.")
    assert code_of(cell) == 'print("kept")\nprint("kept")'
    expect(cell.button("Show 1 line")).to_be_visible()
    for name in ("readonly", "nothing"):
        menu = live.cell(name).open_menu()
        expect(menu.get_by_role("menuitem", name="Format")).to_have_count(0)
        live.page.keyboard.press("Escape")


def test_black_formats_in_the_python_of_the_page(open_page: OpenPage, black_site: Site) -> None:
    live = open_page(BLACK, black_site)
    cell = live.cell("black")
    cell.edit()
    live.page.keyboard.press("Shift+Alt+f")
    expect(cell.status).to_have_text("The code is formatted.", timeout=BOOT_TIMEOUT_MS)
    assert code_of(cell) == TIDY
    cell.write("if True\n    pass")
    live.page.keyboard.press("Shift+Alt+f")
    expect(cell.status).to_have_text("Nothing was formatted: line 1: expected ':'", timeout=BOOT_TIMEOUT_MS)
    assert cell.state == "idle"
