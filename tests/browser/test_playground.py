"""Playgrounds: programs of several files, with packages of the site, which readers share."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.live_page import BOOT_TIMEOUT_MS
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan
from tests.packages.wheels import make_wheel

if TYPE_CHECKING:
    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import Cell, LivePage
    from tests.browser.sites import Site

DATA = {"helper.py": "def double(x):\n    return 2 * x\n", "data.csv": "21\n", "picture.bin": "\0"}
START = "import helper\n\nprint(helper.double(int(open('data.csv').read())))"
PLAYGROUND = Scenario(
    "playground",
    {
        "full": block(START, playground=None, files="helper.py data.csv picture.bin", name="full"),
        "empty": block("", playground=None),
        "page": block("import os\nprint(sorted(os.listdir()))"),
    },
)
OTHER = Scenario("other", {"greets": block("import greeting", packages="greeting quiet")})


@pytest.fixture(scope="module")
def playground(make_site: MakeSite, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with a playground, and packages that only another page names."""
    wheels = tmp_path_factory.mktemp("wheels")
    make_wheel(wheels, "greeting", modules={"greeting.py": "print('greeting loads')\n"})
    make_wheel(wheels, "quiet")
    options = {"wheels": str(wheels)}
    return make_site("playground", Plan("sphinx", [PLAYGROUND, OTHER], options, data=DATA))


def tab(cell: Cell, name: str) -> Locator:
    """The tab of a file."""
    return cell.locator.get_by_role("tab", name=name, exact=True)


def names(cell: Cell) -> list[str]:
    """The files, in the order of their tabs."""
    return cell.locator.get_by_role("tab").all_inner_texts()


def field(cell: Cell, name: str) -> Locator:
    """The editor while it shows this file, or the field for a name."""
    return cell.locator.get_by_role("textbox", name=name, exact=True)


def open_playground(open_page: OpenPage, site: Site, key: str = "full", **options: object) -> LivePage:
    """The page, with the files of one playground there."""
    live = open_page(PLAYGROUND, site, **options)
    live.cell(key).edit()
    expect(tab(live.cell(key), "main.py")).to_be_visible()
    return live


def write(cell: Cell, name: str, text: str) -> None:
    """Replace the text of a file."""
    tab(cell, name).click()
    box = field(cell, "Python code" if name == "main.py" else name)
    box.click()
    cell.page.keyboard.press("Control+a")
    cell.page.keyboard.insert_text(text)


def test_each_run_has_the_files_as_the_tabs_show_them(open_page: OpenPage, playground: Site) -> None:
    live = open_playground(open_page, playground)
    page, cell = live.page, live.cell("full")
    assert names(cell) == ["main.py", "helper.py", "data.csv"]
    assert cell.run_to("done") == "42\n"
    # A module of the same size, and data, as they are now.
    write(cell, "helper.py", DATA["helper.py"].replace("2 *", "3 *"))
    expect(cell.locator).to_have_attribute("data-stale", "edited")
    write(cell, "data.csv", "10")
    assert cell.run_to("done") == "30\n"
    # A new file.
    cell.button("New file").click()
    for wrong, reason in (("a/b.py", "cannot have this name"), ("HELPER.py", "already a file")):
        field(cell, "File name").fill(wrong)
        page.keyboard.press("Enter")
        expect(cell.locator.get_by_role("alert").filter(has_text=reason)).to_be_visible()
    field(cell, "File name").fill("wrong.py")
    page.keyboard.press("Enter")
    expect(field(cell, "wrong.py")).to_be_focused()
    page.keyboard.insert_text("x = 1\n1 / 0")
    write(cell, "main.py", "import wrong")
    cell.run_to("error")
    tab(cell, "data.csv").click()
    cell.locator.get_by_role("button", name="/home/pyodide/wrong.py, line 2").click()
    expect(tab(cell, "wrong.py")).to_have_attribute("aria-selected", "true")
    expect(cell.locator.locator(".pyrun-marked-line")).to_have_text("1 / 0")
    # Another example of the page does not see them.
    assert live.cell("page").run_to("done") == "['picture.bin']\n"
    # Undo in one file leaves the others alone.
    tab(cell, "main.py").click()
    field(cell, "Python code").click()
    page.keyboard.press("Control+z")
    expect(field(cell, "Python code")).to_contain_text("helper.double")
    tab(cell, "helper.py").click()
    expect(field(cell, "helper.py")).to_contain_text("3 * x")


def test_files_are_used_with_the_keyboard_alone(open_page: OpenPage, playground: Site) -> None:
    live = open_playground(open_page, playground)
    page, cell = live.page, live.cell("full")
    tab(cell, "main.py").focus()
    page.keyboard.press("ArrowLeft")
    expect(tab(cell, "data.csv")).to_be_focused()
    expect(tab(cell, "data.csv")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("F2")
    expect(field(cell, "File name")).to_be_focused()
    page.keyboard.type("numbers")
    page.keyboard.press("Enter")
    expect(tab(cell, "numbers.csv")).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.press("Escape")
    expect(tab(cell, "numbers.csv")).to_be_focused()
    page.keyboard.press("Delete")
    expect(tab(cell, "helper.py")).to_be_focused()
    assert names(cell) == ["main.py", "helper.py"]
    cell.button("Undo").click()
    expect(tab(cell, "numbers.csv")).to_be_focused()
    expect(field(cell, "numbers.csv")).to_have_text("21")
    page.keyboard.press("Home")
    page.keyboard.press("Delete")
    assert names(cell) == ["main.py", "helper.py", "numbers.csv"]


def test_edits_links_and_reset_cover_all_files(open_page: OpenPage, playground: Site) -> None:
    live = open_playground(open_page, playground, permissions=["clipboard-read", "clipboard-write"])
    page, cell = live.page, live.cell("full")
    write(cell, "helper.py", "def double(x):\n    return -x\n")
    tab(cell, "data.csv").click()
    cell.button("Delete data.csv").click()
    write(cell, "main.py", "import helper\nprint(helper.double(1))")
    page.wait_for_function("JSON.stringify(localStorage).includes('print(helper.double(1))')")
    page.reload()
    expect(tab(cell, "helper.py")).to_be_visible()
    assert names(cell) == ["main.py", "helper.py"]
    cell.choose("Share")
    expect(cell.status).to_have_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()")
    page.evaluate("customElements.get('pyrun-cell').forgetEdits()")
    page.goto("about:blank")
    page.goto(link)
    expect(cell.locator.get_by_role("group", name="This code comes from a link")).to_be_visible()
    assert names(cell) == ["main.py", "helper.py"]
    assert cell.state == "idle"
    assert not page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('pyrun-edits:'))")
    assert cell.run_to("done") == "-1\n"
    assert cell.locator.evaluate("cell => cell.interpreter.isForeign") is True
    with page.expect_download() as download:
        cell.choose("Download")
    assert download.value.suggested_filename == "full.zip"
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["main.py", "helper.py"]
        assert archive.read("helper.py").decode() == "def double(x):\n    return -x\n"
    cell.choose("Reset")
    expect(field(cell, "Python code")).to_contain_text("data.csv")
    assert names(cell) == ["main.py", "helper.py", "data.csv"]
    assert cell.locator.evaluate("cell => cell.isForeign") is False
    cell.button("Undo").click()
    assert names(cell) == ["main.py", "helper.py"]
    expect(field(cell, "Python code")).to_contain_text("print(helper.double(1))")


def test_packages_of_the_site_load_when_they_are_imported_or_chosen(
    open_page: OpenPage, playground: Site
) -> None:
    live = open_playground(open_page, playground, "empty")
    page, cell = live.page, live.cell("empty")
    page.keyboard.insert_text("import greeting")
    assert cell.run_to("done") == "greeting loads\n"
    page.keyboard.press("Control+a")
    write(cell, "main.py", "try:\n    exec('import quiet')\nexcept ImportError:\n    print('no')")
    assert cell.run_to("done") == "no\n"
    cell.button("Packages").click()
    search = cell.locator.get_by_role("searchbox", name="Search packages")
    expect(search).to_be_focused()
    search.fill("qui")
    expect(cell.locator.get_by_role("checkbox")).to_have_count(1)
    cell.locator.get_by_role("checkbox", name="quiet").check()
    page.keyboard.press("Escape")
    expect(cell.button("Packages (1)")).to_be_focused()
    cell.run()
    expect(cell.output).not_to_contain_text("no", timeout=BOOT_TIMEOUT_MS)
    cell.wait_for("done")
