"""Links with code, downloads, and copies for authors."""

from __future__ import annotations

import base64
import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.browser.live_page import Cell
    from tests.browser.sites import Site

SHARE = Scenario(
    "share",
    {
        "first": block("print('first')", name="first"),
        "second": block("print('second')", autorun=None),
        "readonly": block("print('read only')", readonly=None),
    },
)
SCENARIOS = (SHARE,)

CLIPBOARD = ["clipboard-read", "clipboard-write"]
NO_CLIPBOARD = """
delete Navigator.prototype.clipboard;
document.execCommand = () => false;
"""


def link_to(cell: str, code: str) -> str:
    """The fragment of a link, as somebody else would forge it."""
    shared = {"v": 1, "cell": cell, "of": "", "files": [{"name": "x.py", "code": code}], "packages": []}
    packed = zlib.compress(json.dumps(shared).encode())
    return "#pyrun=" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def choose(cell: Cell, name: str) -> None:
    """Choose an entry of the menu."""
    cell.choose(name)


def test_shared_code_is_proposed_and_runs_only_when_the_reader_runs_it(
    open_page: OpenPage, site: Site
) -> None:
    live = open_page(SHARE, site, permissions=CLIPBOARD)
    page, cell = live.page, live.cell("first")
    cell.write("print('<b>shared</b> & ünï')")
    choose(cell, "Share")
    expect(cell.status).to_have_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{site.address('share')}#pyrun=")
    page.evaluate("customElements.get('pyrun-cell').forgetEdits()")
    # In the same page, and then in a new one.
    page.goto("about:blank")
    page.goto(link)
    proposal = cell.locator.get_by_role("group", name="This code comes from a link")
    expect(proposal).to_be_visible()
    expect(cell.editor).to_have_text("print('<b>shared</b> & ünï')")
    assert cell.state == "idle"
    assert not page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('pyrun-edits:'))")
    cell.button("Compare").click()
    assert proposal.get_by_role("insertion").all_inner_texts() == ["+\u00a0print('<b>shared</b> & ünï')"]
    cell.button("Show the original").click()
    expect(cell.editor).to_have_text("print('first')")
    assert "#" not in page.url
    cell.button("Show the code of the link").click()
    expect(cell.editor).to_contain_text("shared")
    assert cell.run_to("done").strip() == "<b>shared</b> & ünï"
    # An edit is the reader's, and is kept, but its code still is somebody else's.
    cell.edit()
    page.keyboard.press("Control+End")
    page.keyboard.type("  # mine")
    page.wait_for_function("Object.keys(localStorage).some((key) => key.startsWith('pyrun-edits:'))")
    page.reload()
    expect(cell.editor).to_contain_text("# mine")
    assert cell.locator.evaluate("cell => cell.isForeign") is True


def test_a_link_does_not_replace_what_the_reader_has_written(open_page: OpenPage, site: Site) -> None:
    live = open_page(SHARE, site)
    page, cell = live.page, live.cell("first")
    cell.write("print('mine')")
    page.wait_for_function("Object.keys(localStorage).some((key) => key.startsWith('pyrun-edits:'))")
    page.evaluate("fragment => { location.hash = fragment }", link_to("first", "print('theirs')"))
    expect(cell.editor).to_have_text("print('theirs')")
    cell.button("Show my code").click()
    expect(cell.editor).to_have_text("print('mine')")
    # An example that runs by itself does not run the code of a link.
    page.goto(site.address("share") + link_to("1", "print('theirs')"))
    page.reload()
    second = live.cell("second")
    expect(second.editor).to_have_text("print('theirs')")
    expect(live.cell("first").editor).to_have_text("print('mine')")
    assert "theirs" not in second.text


@pytest.mark.parametrize(
    ("fragment", "sentence"),
    [
        ("#pyrun=%3Cimg%20src=x%20onerror=alert(1)%3E", "The code in this link is damaged"),
        (link_to("first", "print(1)")[:-5], "The code in this link is damaged"),
        (link_to("first", " " * 10_000_000), "The code in this link is too long"),
        (link_to("gone", "print('<b>gone</b>')"), "The example that this link is for is no longer"),
        (link_to("2", "print('read only')  # changed"), "The example that this link is for is no longer"),
    ],
    ids=["markup", "cut off", "ten megabytes", "gone", "readonly"],
)
def test_a_forged_link_is_refused_with_a_reason(
    open_page: OpenPage, site: Site, fragment: str, sentence: str
) -> None:
    live = open_page(SHARE, site, query=fragment)
    cell = live.cell("first")
    refused = cell.locator.get_by_role("group", name=sentence)
    expect(refused).to_be_visible()
    if "gone" in sentence or "no longer" in sentence:
        cell.button("Show the code").click()
        expect(refused.locator("pre")).to_contain_text("print(")
    cell.button("Close").click()
    expect(refused).to_have_count(0)
    assert "#" not in live.page.url
    assert cell.locator.get_attribute("data-modified") is None


def test_code_can_be_taken_along_in_other_ways(open_page: OpenPage, site: Site) -> None:
    live = open_page(SHARE, site, before=lambda context: context.add_init_script(NO_CLIPBOARD))
    cell = live.cell("first")
    choose(cell, "Share")
    field = cell.locator.get_by_role("textbox", name="Link")
    expect(field).to_be_focused()
    assert field.input_value().startswith(f"{site.address('share')}#pyrun=")
    cell.button("Close").click()
    expect(cell.button("Run")).to_be_focused()
    with live.page.expect_download() as download:
        choose(cell, "Download")
    assert download.value.suggested_filename == "first.py"
    assert Path(download.value.path()).read_text() == "print('first')\n"
    choose(cell, "Copy as reST")
    expect(cell.status).to_have_text("Copying is not allowed here")
