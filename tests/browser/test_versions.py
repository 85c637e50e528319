"""Versions of a site share Python, also the snapshot that a reader's browser keeps: the option `runtime`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.live_page import LivePage
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan
from tests.browser.test_snapshots import end_of_saving, record

if TYPE_CHECKING:
    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.sites import Host

PAGE = Scenario(
    "page",
    {
        "core": block("21 * 2"),
        "file": block("open('a.txt').read()", files="a.txt"),
        "prompt": block("print('Hello', input('Name? '))"),
    },
)
SHARED = "../../../shared-runtime"

pytestmark = pytest.mark.first_visit("the test makes a snapshot itself")


def version(host: Host, text: str) -> Plan:
    """A version that one of the hosts builds."""
    return Plan(host, [PAGE], {"runtime": SHARED, "snapshots": True}, data={"a.txt": text})


def test_a_reader_of_two_versions_loads_python_once(open_page: OpenPage, make_site: MakeSite) -> None:
    old = make_site("version-1", version("sphinx", "old"))
    new = make_site("version-2", version("mkdocs", "new"))
    live = open_page(PAGE, old, before=record)
    assert live.cell("core").run_to("done").strip() == "42"
    assert live.cell("file").run_to("done").strip() == "'old'"
    assert end_of_saving(live) is None

    page = live.page.context.new_page()
    asked = len(live.watch.requests)
    page.goto(new.address(PAGE.name))
    later = LivePage(page, PAGE, live.watch)
    assert later.cell("file").run_to("done").strip() == "'new'"
    assert page.evaluate("window.starts") == ["used"]
    cell = later.cell("prompt")
    cell.run()
    cell.answer("Name?", "Ada")
    cell.wait_for("done")
    assert cell.text == "Name? Ada\nHello Ada\n"
    scripts = [url for url in live.watch.requests[asked:] if url.endswith((".js", ".mjs"))]
    assert not [url for url in scripts if "/assets/pyrun/" in url and "/assets/pyrun/pyrun-" not in url]
    folder = new.folder / "assets" / "pyrun"
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 50_000
