"""Outputs that a build has stored: what a reader sees before the first run, and what a run makes of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import Cell
    from tests.browser.sites import Host, Site

TABLE = """\
class Table:
    def __repr__(self):
        return "a table"

    def _repr_html_(self):
        head = "<thead><tr><th></th><th>name</th><th>size</th></tr></thead>"
        rows = "".join(f"<tr><th>{n}</th><td>row {n}</td><td>{n * 1.5}</td></tr>" for n in range(3))
        return f"<table class=dataframe>{head}<tbody>{rows}</tbody></table>"


Table()
"""

HOSTILE = """\
class Hostile:
    def _repr_html_(self):
        return (
            "<table onclick='document.title = 1'><tr><td>kept<script>document.title = 1</script>"
            "<img src=x onerror='document.title = 1'></td></tr></table></div></pyrun-cell>"
        )


Hostile()
"""

DRAWING = """\
class Drawing:
    def _repr_svg_(self):
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="150">'
            '<rect width="300" height="150" fill="teal"/></svg>'
        )


Drawing()
"""

STORED = Scenario(
    "stored",
    {
        "text": block('import sys\nprint("to stdout")\nprint("to stderr", file=sys.stderr)\n6 * 7'),
        "table": block(TABLE),
        "drawing": block(DRAWING),
        "raises": block('print("before")\n1 / 0', raises="ZeroDivisionError"),
        "slow": block('import time\n\ntime.sleep(0.5)\nprint("late")'),
        "hostile": block(HOSTILE),
        "opted out": block('print("not stored")', output="none"),
        "skipped": block('print("not stored")', skip_check="it says so"),
        "lines": block('for number in range(200):\n    print("line", number)'),
    },
    options={"output": "build"},
)
SHOWN = ("text", "table", "drawing", "raises", "slow", "hostile", "lines")


@pytest.fixture
def site(host: Host, make_site: MakeSite) -> Site:
    return make_site(f"{host}-stored", Plan(host, [STORED]))


def stored(cell: Cell) -> Locator:
    """The stored output of a cell."""
    return cell.locator.get_by_role("group", name="Output", exact=True)


def box(locator: Locator) -> list[float]:
    """Its place in the window, rounded to half a pixel."""
    found = locator.bounding_box()
    assert found is not None
    return [round(found[name] * 2) / 2 for name in ("x", "y", "width", "height")]


@pytest.mark.both_hosts("each host writes the outputs into its pages")
def test_outputs_are_there_before_any_run(open_page: OpenPage, site: Site) -> None:
    live = open_page(STORED, site)
    expect(stored(live.cell("text"))).to_have_text("to stdout\nto stderr\n42")
    expect(stored(live.cell("table")).get_by_role("cell", name="row 2")).to_be_visible()
    picture = stored(live.cell("drawing")).get_by_role("img")
    expect(picture).to_have_js_property("naturalWidth", 300)
    expect(stored(live.cell("raises"))).to_contain_text("ZeroDivisionError: division by zero")
    for key in ("opted out", "skipped"):
        expect(stored(live.cell(key))).to_have_count(0)
    expect(stored(live.cell("hostile"))).to_have_text("kept")
    assert live.page.title() != "1"
    assert live.workers == []
    toolbar, output = box(live.cell("text").button("Run")), box(stored(live.cell("text")))
    assert toolbar[1] < output[1], "the output is below the toolbar, where a run shows its own"


@pytest.mark.both_hosts("the theme's styles of text, tables and pictures reach stored outputs")
def test_a_run_replaces_the_output_and_nothing_moves(open_page: OpenPage, site: Site) -> None:
    live = open_page(STORED, site)
    for key in ("text", "table", "drawing", "raises", "lines"):
        cell = live.cell(key)
        cell.locator.scroll_into_view_if_needed()
        expect(cell.locator).to_have_attribute("data-ready", "")
        following = live.at(STORED.position(key) + 1).locator if key != "lines" else None
        before = box(stored(cell)), following and box(following)
        cell.run_to("error" if key == "raises" else "done")
        expect(stored(cell)).to_be_hidden()
        assert (box(cell.output), following and box(following)) == before, key
    table = live.cell("table").output
    expect(table.get_by_role("cell", name="row 2")).to_be_visible()


def test_the_output_stays_until_the_run_shows_something_or_ends(open_page: OpenPage, site: Site) -> None:
    live = open_page(STORED, site)
    slow = live.cell("slow")
    slow.run()
    slow.wait_for("running")
    expect(stored(slow)).to_be_visible()
    slow.wait_for("done")
    expect(stored(slow)).to_be_hidden()
    assert slow.text.strip() == "late"
    silent = live.cell("text")
    silent.write("x = 1")
    silent.run_to("done")
    expect(stored(silent)).to_be_hidden()
    silent.choose("Reset")
    expect(stored(silent)).to_be_visible()


def test_nothing_moves_when_the_script_of_the_page_comes(open_page: OpenPage, site: Site) -> None:
    def without_script(context: BrowserContext) -> None:
        context.route(
            re.compile(r"/pyrun-\w+\.js"),
            lambda route: route.fulfill(body="", content_type="text/javascript"),
        )

    early = open_page(STORED, site, before=without_script)
    late = open_page(STORED, site)
    expect(late.page.locator("pyrun-cell:not([data-ready])")).to_have_count(0)
    for key in SHOWN:
        places = [(box(stored(live.cell(key))), box(live.cell(key).locator)) for live in (early, late)]
        (before, cell_before), (after, cell_after) = places
        moved = (before[1] - cell_before[1]) - (after[1] - cell_after[1])
        assert abs(moved) < 1, key
        assert abs(before[3] - after[3]) < 0.15 * after[3], f"{key}: only the size of the font is a guess"


@pytest.mark.both_hosts("each host writes the outputs into its pages")
def test_without_javascript_the_outputs_are_there(open_page: OpenPage, site: Site) -> None:
    live = open_page(STORED, site, java_script_enabled=False)
    for key in SHOWN:
        expect(stored(live.cell(key))).to_be_visible()
    expect(stored(live.cell("text"))).to_have_text("to stdout\nto stderr\n42")
    code, output = box(live.cell("text").locator.locator("pre").first), box(stored(live.cell("text")))
    assert output[1] - (code[1] + code[3]) < 10, "there is no room for a toolbar"


def test_on_paper_long_outputs_are_whole(open_page: OpenPage, site: Site) -> None:
    live = open_page(STORED, site)
    output = stored(live.cell("lines"))
    on_screen = box(output)
    live.page.emulate_media(media="print")
    expect(live.cell("text").button("Run")).to_be_hidden()
    for key in SHOWN:
        expect(stored(live.cell(key))).to_be_visible()
    assert box(output)[3] > 3 * on_screen[3]
