"""Navigation from page to page, and pages at different addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import LivePage
    from tests.browser.sites import Site

ONE = Scenario(
    "one",
    {
        "define": block("here = 'page one'\nprint('defined')"),
        "use": block("here"),
        "loop": block("print('on')\nwhile True: pass"),
    },
)
TWO = Scenario("two", {"use": block("'here' in globals()"), "other": block("print('two')")})


@pytest.fixture(scope="module")
def instant(make_site: MakeSite) -> Site:
    """A Material site that replaces pages in place (instant navigation)."""
    plan = Plan(
        "mkdocs",
        [ONE, TWO],
        theme_options={"features": ["navigation.instant"]},
        extra_pages={"plain.md": "# Plain\n\nNo example.\n"},
    )
    return make_site("mkdocs-instant", plan)


def follow(live: LivePage, scenario: Scenario) -> None:
    """Follow the link to another page, with the site's own kind of navigation."""
    live.page.get_by_role("link", name=f"Page {scenario.name}").first.click()
    expect(live.page.get_by_role("heading", name=f"Page {scenario.name}", level=1)).to_be_visible()
    live.scenario = scenario


def test_instant_navigation_keeps_the_worker_but_not_the_names(open_page: OpenPage, instant: Site) -> None:
    live = open_page(ONE, instant)
    live.page.evaluate("window.sameRealm = true")
    live.cell("define").run_to("done")
    follow(live, TWO)
    assert live.page.evaluate("window.sameRealm") is True
    assert live.cell("other").run_to("done").strip() == "two"
    assert live.cell("use").run_to("done").strip() == "False"
    assert len(live.workers) == 1
    live.page.go_back()
    expect(live.page.get_by_role("heading", name="Page one", level=1)).to_be_visible()
    live.scenario = ONE
    assert live.cell("use").run_to("done").strip() == "'page one'"
    cell = live.cell("define")
    cell.write("print('edited after navigation')")
    assert cell.run_to("done").strip() == "edited after navigation"
    assert len([path for path in live.watch.paths() if path.endswith(".wasm")]) == 1


def test_a_run_ends_when_its_page_is_left(open_page: OpenPage, instant: Site) -> None:
    live = open_page(ONE, instant)
    live.cell("loop").run()
    expect(live.cell("loop").output).to_contain_text("on")
    follow(live, TWO)
    assert live.cell("other").run_to("done").strip() == "two"


def test_examples_work_after_a_page_without_any(open_page: OpenPage, instant: Site) -> None:
    live = open_page(Scenario("plain", {}), instant)
    follow(live, ONE)
    assert live.cell("define").run_to("done").strip() == "defined"


PLANS = {
    "dirhtml": Plan("sphinx", [ONE, TWO], builder="dirhtml"),
    "singlehtml": Plan("sphinx", [ONE, TWO], builder="singlehtml"),
    "file names": Plan("mkdocs", [ONE, TWO], config={"use_directory_urls": False}),
}


@pytest.mark.parametrize("kind", PLANS)
def test_other_kinds_of_addresses_work(open_page: OpenPage, make_site: MakeSite, kind: str) -> None:
    site = make_site(f"addresses-{kind.replace(' ', '-')}", PLANS[kind])
    where = Scenario("index", ONE.blocks) if kind == "singlehtml" else ONE
    live = open_page(where, site)
    assert live.cell("define").run_to("done").strip() == "defined"
    live.cell("use").edit()
    assert live.cell("use").run_to("done").strip() == "'page one'"


def test_singlehtml_keeps_the_names_of_pages_separate(open_page: OpenPage, make_site: MakeSite) -> None:
    site = make_site("addresses-singlehtml", PLANS["singlehtml"])
    live = open_page(Scenario("index", {**ONE.blocks, "two": TWO.blocks["use"]}), site)
    live.cell("define").run_to("done")
    assert live.cell("two").run_to("done").strip() == "False"
