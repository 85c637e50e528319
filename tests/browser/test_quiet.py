"""An example is quiet until a reader is interested, and nothing moves when its controls come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan, Site

if TYPE_CHECKING:
    from playwright._impl._api_structures import FloatRect

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import Cell

QUIET = Scenario(
    "quiet",
    {
        "first": block("while True:\n    pass"),
        "prints": block("print('shown')"),
        "full": block("pass", toolbar="full"),
        "minimal": block("pass", toolbar="minimal"),
        "places": block("numbers = [2, 1]\nmax(numbers)", interactive=None),
    },
)
MANY = Scenario("many", {f"example {number}": block(f"number = {number}\nnumber") for number in range(100)})

RECORD_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
        shifts.push([value, ...sources.map(({ previousRect, currentRect }) => [previousRect, currentRect])]);
}).observe({ type: "layout-shift", buffered: true });
"""
LONGEST_TASK_MS = 50
"""Less than that in all: no task can be longer."""
SMALLEST_TARGET_PX = 24


@pytest.fixture(scope="module")
def site(make_site: MakeSite) -> Site:
    """One site: this tests the page's scripts, which don't depend on the host."""
    return make_site("quiet", Plan("sphinx", (QUIET, MANY)))


def names(cell: Cell) -> list[str]:
    """The buttons of an example that are shown, in the order of the keyboard."""
    shown: list[str] = cell.locator.evaluate("""cell => [...cell.shadowRoot.querySelectorAll("button")]
        .filter((button) => button.checkVisibility())
        .map((button) => button.getAttribute("aria-label") ?? button.textContent)""")
    return shown


def box(cell: Cell, name: str) -> FloatRect:
    found = cell.button(name).bounding_box()
    assert found is not None
    return found


@pytest.mark.parametrize("width", [320, 1000])
def test_controls_come_with_interest_and_move_nothing(open_page: OpenPage, site: Site, width: int) -> None:
    def record(context: Any) -> None:  # noqa: ANN401 - a BrowserContext
        context.add_init_script(RECORD_SHIFTS)

    live = open_page(QUIET, site, before=record, viewport={"width": width, "height": 900})
    cell = live.cell("first")
    assert names(cell) == ["Run"]
    run = box(cell, "Run")
    shifts = live.page.evaluate("shifts.length")
    cell.locator.hover()
    expect(cell.button("More")).to_be_visible()
    expect(cell.editor).to_be_visible()
    assert names(cell) == ["Run", "More", "Copy"]
    cell.run()
    cell.wait_for("running")
    assert names(cell) == ["Run", "Stop", "More", "Copy"]
    assert box(cell, "Run") == run
    row = cell.locator.locator(".toolbar")
    height = row.evaluate("row => row.offsetHeight")
    cell.stop()
    cell.wait_for("stopped")
    expect(cell.status).to_have_text("Stopped")
    assert row.evaluate("row => row.offsetHeight") == height
    assert box(cell, "Run") == run
    assert row.evaluate("row => row.scrollWidth <= row.clientWidth")
    assert live.page.evaluate(f"shifts.slice({shifts})") == []
    for name in names(cell):
        target = box(cell, name)
        assert target["width"] >= SMALLEST_TARGET_PX
        assert target["height"] >= SMALLEST_TARGET_PX
    code, copy = cell.locator.locator("pre").first.bounding_box(), box(cell, "Copy")
    assert code is not None
    assert code["y"] <= copy["y"] < code["y"] + 20
    assert code["x"] + code["width"] - 50 < copy["x"] + copy["width"] <= code["x"] + code["width"]
    assert live.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    cell = live.cell("prints")
    cell.run_to("done")
    controls = cell.locator.get_by_role("group", name="Output controls")
    expect(controls).to_have_css("opacity", "0")
    cell.output.hover()
    expect(controls).to_have_css("opacity", "1")
    live.page.mouse.move(0, 0)
    expect(controls).to_have_css("opacity", "0")
    cell.output.focus()
    expect(controls).to_have_css("opacity", "1")
    cell = live.cell("places")
    cell.run_to("done")
    cell.locator.hover()
    cell.button("Collapse output").click()
    expect(cell.button("Expand output")).to_have_attribute("aria-expanded", "false")
    assert cell.locator.locator(".toolbar").evaluate("row => row.scrollWidth <= row.clientWidth")


def test_authors_choose_the_toolbar(open_page: OpenPage, site: Site) -> None:
    live = open_page(QUIET, site)
    cell = live.cell("full")
    assert names(cell) == ["Run", "Reset", "Copy", "More"]
    cell.button("More").click()
    expect(cell.locator.get_by_role("menu", name="More")).to_be_visible()
    live.page.keyboard.press("Escape")
    cell.button("Reset").click()
    expect(cell.status).to_have_text("Original code restored")
    assert names(cell) == ["Run", "Reset", "Copy", "More"]
    cell = live.cell("minimal")
    cell.point()
    assert names(cell) == ["Run"]
    cell.run_to("done")
    assert names(cell) == ["Run"]


def test_a_hundred_examples_cost_nothing_while_a_reader_scrolls(open_page: OpenPage, site: Site) -> None:
    live = open_page(MANY, site)
    expect(live.page.locator("pyrun-cell:not([data-ready])")).to_have_count(0)
    session = live.page.context.new_cdp_session(live.page)
    session.send("Performance.enable")

    def script_ms() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return 1000 * sum(float(each["value"]) for each in metrics if each["name"] == "ScriptDuration")

    before = script_ms()
    for _ in range(20):
        live.page.mouse.wheel(0, 1200)
        live.page.evaluate("() => new Promise(requestAnimationFrame)")
    assert live.page.evaluate("scrollY") > 0
    assert script_ms() - before < LONGEST_TASK_MS
