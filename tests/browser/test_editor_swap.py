"""The editor replaces the highlighted block, and nothing on the page moves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.sync_api import expect

from tests.browser.routes import without_python
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import SUB_PATH, Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Route

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import Cell, LivePage
    from tests.browser.server import SiteServer

    OpenThemed = Callable[[Scenario], LivePage]
    Boxes = dict[str, list[float]]

MEASURE = (Path(__file__).parent / "code_boxes.js").read_text("utf-8")

TOLERANCE_PX = 0.5
"""Browsers position text at fractions of a pixel; differences below half a pixel are invisible."""

EXAMPLE = '''
#!/usr/bin/env python
"""What this module does."""
from math import pi

class Circle:
    """A figure."""

    def __init__(self, radius: float = 1.0) -> None:
        self.radius = radius  # in metres

    def area(self) -> float:
        return pi * self.radius ** 2
'''

HIDDEN = """
# pyrun: hide
secret = 1
# pyrun: show
shown = 2
"""

SWAP = Scenario(
    "swap",
    {
        "plain": block(EXAMPLE),
        "one line": block("print('one')"),
        "long lines": block("x = 1\nprint('" + "a long line " * 30 + "')\n\n\ny = '😀 and 漢字'"),
        "tabs": block("if True:\n\tx = 1\t# tab\n\ty\t= 2", linenos=""),
        "numbers": block(EXAMPLE, linenos=""),
        "emphasis": block(EXAMPLE, emphasize_lines="2,4-5"),
        "both": block(EXAMPLE, linenos="", emphasize_lines="1,4,8"),
        "title": block("print(1)\n\nprint(2)", caption="hello.py"),
        "hidden": block(EXAMPLE, hide_lines="1-3,7-8,12", linenos=""),
        "hidden comments": block(HIDDEN, emphasize_lines="1-3"),
    },
)
MANY_LINES = 2000
LONG = Scenario(
    "long",
    {
        "long": block(
            "\n".join(
                f"name_{number} = '{'far away ' * 40 if number == MANY_LINES - 9 else number}'"
                for number in range(MANY_LINES)
            ),
        ),
    },
)
SCENARIOS = (SWAP, LONG)

TABLE = {"html_codeblock_linenos_style": "table"}
INSIDE = {
    "markdown_extensions": [
        "pymdownx.superfences",
        {"pymdownx.highlight": {"linenums_style": "pymdownx-inline"}},
    ]
}
# It would be loaded from another host, and these tests allow none.
NO_HIGHLIGHT_JS = {"highlightjs": False}

OF_THE_PYDATA_THEME = "Got invalid theme mode"

PLANS = {
    "alabaster": Plan("sphinx", SCENARIOS, theme="alabaster"),
    "furo": Plan("sphinx", SCENARIOS, theme="furo"),
    "pydata": Plan("sphinx", SCENARIOS, theme="pydata_sphinx_theme"),
    "rtd": Plan("sphinx", SCENARIOS, theme="sphinx_rtd_theme"),
    "book": Plan("sphinx", SCENARIOS, theme="sphinx_book_theme"),
    "numbers-in-a-table": Plan("sphinx", SCENARIOS, theme="alabaster", config=TABLE),
    "material": Plan("mkdocs", SCENARIOS, theme="material"),
    "material-numbers-inside": Plan("mkdocs", SCENARIOS, theme="material", config=INSIDE),
    "mkdocs": Plan("mkdocs", SCENARIOS, theme="mkdocs", theme_options=NO_HIGHLIGHT_JS),
    "readthedocs": Plan("mkdocs", SCENARIOS, theme="readthedocs", theme_options=NO_HIGHLIGHT_JS),
}


@pytest.fixture(params=PLANS)
def open_themed(request: pytest.FixtureRequest, make_site: MakeSite, open_page: OpenPage) -> OpenThemed:
    """Opens a scenario in each theme, one after the other."""

    def open_one(scenario: Scenario) -> LivePage:
        name: str = request.param
        live = open_page(scenario, make_site(f"swap-{name}", PLANS[name]), before=without_python)
        live.watch.allow(OF_THE_PYDATA_THEME)
        live.page.add_script_tag(content=MEASURE)
        return live

    return open_one


def measure(cell: Cell, what: str) -> Any:  # noqa: ANN401 - as the page has it
    """Call a function of code_boxes.js for a cell, once the page's layout is stable."""
    return cell.locator.evaluate(f"async cell => (await document.fonts.ready, {what}(cell))")


def bring_editor(cell: Cell) -> None:
    """Load the editor, and let it draw its code."""
    cell.locator.dispatch_event("pointerenter")
    expect(cell.editor).to_be_visible()
    cell.page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


def moved(before: Boxes, after: Boxes) -> list[str]:
    """The boxes whose position has changed."""
    return [
        f"{name}: {old} -> {after.get(name)}"
        for name, old in before.items()
        if name not in after
        or any(abs(one - other) > TOLERANCE_PX for one, other in zip(old, after[name], strict=True))
    ]


def test_the_swap_moves_nothing(open_themed: OpenThemed) -> None:
    live = open_themed(SWAP)
    for key in SWAP.blocks:
        cell = live.cell(key)
        before = cast("Boxes", measure(cell, "codeBoxes"))
        text = measure(cell, "drawnCode")
        assert sum(name.startswith("line") for name in before) >= 2, f"{key}: nothing to compare"
        bring_editor(cell)
        assert measure(cell, "drawnCode") == text, key
        assert moved(before, measure(cell, "codeBoxes")) == [], key


def test_a_long_example_keeps_its_size_although_only_a_part_is_drawn(open_themed: OpenThemed) -> None:
    live = open_themed(LONG)
    cell = live.cell()
    size = """cell => {
        const block = cell.querySelector("td.code pre") ?? cell.querySelector("pre");
        const scroller = [block, ...block.querySelectorAll(":scope > code")].find(
            ({ scrollWidth, clientWidth }) => clientWidth && scrollWidth > clientWidth);
        return [document.documentElement.scrollHeight, block.offsetHeight, Boolean(scroller)];
    }"""
    before = cell.locator.evaluate(size)
    assert before[2], "the long line does not have to be scrolled"
    bring_editor(cell)
    assert cell.editor.locator(".cm-line").count() < MANY_LINES
    assert cell.locator.evaluate(size) == before
    cell.editor.focus()
    live.page.keyboard.press("Control+End")
    expect(cell.editor.locator(".cm-line").last).to_contain_text(f"name_{MANY_LINES - 1}")
    assert cell.locator.evaluate(size) == before


def test_an_editor_that_loads_out_of_sight_moves_nothing_either(open_themed: OpenThemed) -> None:
    live = open_themed(LONG)
    cell = live.cell()
    # The code is above the window, but the button that loads the editor is inside it.
    live.page.evaluate("scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })")
    place = """cell => [cell.getBoundingClientRect().bottom, document.documentElement.scrollHeight]"""
    before = cell.locator.evaluate(place)
    bring_editor(cell)
    assert cell.locator.evaluate(place) == pytest.approx(before, abs=TOLERANCE_PX)


def test_an_edited_example_looks_the_same_after_its_editor_is_removed(open_themed: OpenThemed) -> None:
    live = open_themed(SWAP)
    cell = live.cell("both")
    bring_editor(cell)
    cell.editor.focus()
    live.page.keyboard.press("Control+End")
    live.page.keyboard.type("  # edited")
    live.page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    before = cast("Boxes", measure(cell, "codeBoxes"))
    text = measure(cell, "drawnCode")
    cell.locator.evaluate("""cell => new Promise((resolve) => {
        const { nextSibling, parentElement } = cell;
        cell.remove();
        setTimeout(() => { parentElement.insertBefore(cell, nextSibling); resolve(); });
    })""")
    expect(cell.locator.locator("[contenteditable]")).to_have_count(0)
    assert measure(cell, "drawnCode") == text
    assert moved(before, measure(cell, "codeBoxes")) == []


def test_a_long_example_is_printed_completely(open_themed: OpenThemed) -> None:
    live = open_themed(LONG)
    cell = live.cell()
    bring_editor(cell)
    last = f"name_{MANY_LINES - 1}"
    expect(cell.locator).not_to_contain_text(last)
    live.page.emulate_media(media="print")
    live.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(cell.editor).to_be_hidden()
    assert last in cell.locator.inner_text()
    live.page.evaluate("dispatchEvent(new Event('afterprint'))")
    live.page.emulate_media(media="screen")
    expect(cell.editor).to_be_visible()
    assert measure(cell, "drawnCode").count(last) <= 1


def test_the_editor_keeps_its_styles_under_a_strict_content_security_policy(
    make_site: MakeSite,
    open_page: OpenPage,
) -> None:
    def forbid_inline_styles(context: BrowserContext) -> None:
        without_python(context)

        def answer(route: Route) -> None:
            response = route.fetch()
            policy = {"Content-Security-Policy": "style-src 'self'"}
            route.fulfill(response=response, headers={**response.headers, **policy})

        context.route("**/*.html", answer)

    live = open_page(SWAP, make_site("swap-alabaster", PLANS["alabaster"]), before=forbid_inline_styles)
    live.page.add_script_tag(content=MEASURE)
    cell = live.cell("both")
    before = cast("Boxes", measure(cell, "codeBoxes"))
    of_the_theme = list(live.watch.complaints)
    bring_editor(cell)
    assert moved(before, measure(cell, "codeBoxes")) == []
    assert live.watch.complaints == of_the_theme
    live.watch.allow("Applying inline style violates")


def test_the_styles_survive_instant_navigation(
    served: SiteServer,
    make_site: MakeSite,
    open_page: OpenPage,
) -> None:
    plan = Plan(
        "mkdocs",
        SCENARIOS,
        theme="material",
        theme_options={"features": ["navigation.instant"]},
        # Material looks in the sitemap to find out whether a link leads to a page of the site.
        config={"site_url": f"{served.url}swap-instant/{SUB_PATH}/"},
    )
    live = open_page(LONG, make_site("swap-instant", plan), before=without_python)
    bring_editor(live.cell())
    live.page.evaluate("globalThis.sameDocument = true")
    live.page.get_by_role("link", name="Page swap").first.click()
    expect(live.page.get_by_role("heading", level=1, name="Page swap")).to_be_visible()
    assert live.page.evaluate("sameDocument")
    live.page.add_script_tag(content=MEASURE)
    cell = live.at(SWAP.position("both"))
    before = cast("Boxes", measure(cell, "codeBoxes"))
    bring_editor(cell)
    assert moved(before, measure(cell, "codeBoxes")) == []
