"""What a page does when the settlement of its site is old, damaged or missing, or switches the page off."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.routes import Broken, Held, Resettled
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import DEFAULT_HOST, Plan

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.sites import Site

READING = {"code": "print(open('numbers.txt').read())", "files": "numbers.txt"}
SETTLED = Scenario("settled", {"hello": block("print('hello')"), "reads": block(**READING)})
EAGER = Scenario(
    "eager",
    {"first": block("print('first')", autorun=None), "second": block("print('second')")},
    options={"load": "page"},
)
PLAN = Plan(DEFAULT_HOST, [SETTLED, EAGER], data={"numbers.txt": "1 2 3"})

SETTLEMENT = re.compile(r"/settlement\.json(\?|$)")
NOT_SETTLED = "This page and the site's list of packages do not match, or the list is missing."
MESSAGE = "Python rests today."


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    """Not the site of all tests of this module: it has a file."""
    return make_site("settlement", PLAN)


def switching_off(context: BrowserContext, **switch: object) -> None:
    context.route(re.compile(r"/off\.json$"), lambda route: route.fulfill(body=json.dumps(switch)))


def test_nothing_starts_on_a_page_that_is_switched_off(open_page: OpenPage, site: Site) -> None:
    def off(context: BrowserContext) -> None:
        switching_off(context, pages=["eager*"], message=MESSAGE)

    live = open_page(EAGER, site, before=off)
    for key in EAGER.blocks:
        cell = live.cell(key)
        expect(cell.output).to_have_text(MESSAGE)
        expect(cell.button("Run")).to_have_attribute("aria-disabled", "true")
        assert cell.state == "idle"
    live.cell("second").button("Run").click(force=True)
    live.cell("second").choose("Reset")
    live.page.wait_for_load_state("networkidle")
    expect(live.cell("second").output).to_have_text(MESSAGE)
    assert live.cell("second").state == "idle"
    assert live.workers == []
    assert not [path for path in live.watch.paths() if path.startswith("pyodide")]


def test_a_click_on_a_page_that_is_switched_off_shows_a_sentence(open_page: OpenPage, site: Site) -> None:
    live = open_page(SETTLED, site, before=lambda context: switching_off(context, pages=["*"]))
    live.cell("hello").run()
    for key in SETTLED.blocks:
        expect(live.cell(key).output).to_have_text(
            "The authors of this site have switched off the examples of this page."
        )
    assert live.workers == []


def test_other_pages_of_the_site_stay_on(open_page: OpenPage, site: Site) -> None:
    live = open_page(SETTLED, site, before=lambda context: switching_off(context, pages=["eager*"]))
    assert live.cell("hello").run_to("done") == "hello\n"


def test_a_site_without_an_off_switch_runs(open_page: OpenPage, site: Site) -> None:
    live = open_page(SETTLED, site, before=Broken(re.compile(r"/off\.json$")))
    live.watch.allow("Failed to load resource", "status 404")
    assert live.cell("hello").run_to("done") == "hello\n"


@pytest.mark.parametrize("how", ["404", "corrupt"])
def test_a_settlement_that_is_missing_or_damaged_is_a_failure(
    open_page: OpenPage, site: Site, how: str
) -> None:
    broken = Broken(SETTLEMENT, how)
    live = open_page(SETTLED, site, before=broken)
    live.watch.allow("Failed to load resource", "status 404")
    cell = live.cell("hello")
    cell.run()
    cell.wait_for("error")
    expect(cell.output).to_contain_text(NOT_SETTLED)
    expect(cell.output).to_contain_text("pyrun finish")
    cell.output.get_by_text("Details").click()
    expect(cell.output).to_contain_text("settlement.json: ")
    broken.is_broken = False
    cell.button("Retry").click()
    cell.wait_for("done")


def test_an_example_that_the_site_does_not_know_is_a_failure(open_page: OpenPage, site: Site) -> None:
    resettled = Resettled(lambda content: content["examples"].clear())
    live = open_page(SETTLED, site, before=resettled)
    cells = [live.cell(key) for key in ("reads", "hello")]
    for cell in cells:
        cell.run()
    cells[0].wait_for("error")
    expect(cells[0].output).to_contain_text(NOT_SETTLED)
    cells[1].wait_for("done")  # it requires nothing
    resettled.is_other = False
    cells[0].button("Retry").click()
    cells[0].wait_for("done")


def test_a_file_that_a_deploy_has_replaced_is_found(open_page: OpenPage, site: Site) -> None:
    def older(content: dict[str, dict[str, dict[str, list[list[object]]]]]) -> None:
        for example in content["examples"].values():
            for file in example.get("files", []):
                file[1] = "gone.txt"

    resettled = Resettled(older)
    held = Held(re.compile(r"/gone\.txt$"))

    def deploying(context: BrowserContext) -> None:
        resettled(context)
        held(context)

    live = open_page(SETTLED, site, before=deploying)
    live.watch.allow("Failed to load resource", "status 404")
    cell = live.cell("reads")
    with live.page.context.expect_event("request", lambda request: request.url.endswith("/gone.txt")):
        cell.run()
    resettled.is_other = False  # the deploy ends while the file is requested
    held.release()
    cell.wait_for("done")
    assert cell.text == "1 2 3\n"
    assert cell.states == ["loading", "running", "done"]


@pytest.mark.first_visit("the second visit starts another Pyodide")
def test_a_returning_reader_gets_the_pyodide_that_a_deploy_has_replaced(
    open_page: OpenPage, make_site: MakeSite
) -> None:
    site = make_site("deployed", PLAN)
    live = open_page(SETTLED, site)
    live.cell("hello").run_to("done")
    file = site.folder / site.assets_url.removeprefix(site.url) / "settlement.json"
    text = file.read_text(encoding="utf-8")
    old = json.loads(text)["pyodide"]["url"]
    (file.parent / old).rename(file.parent / "pyodide-newer")
    file.write_text(text.replace(old, "pyodide-newer/"), encoding="utf-8")
    live.watch.allow("Failed to load resource", "status 404", "console error")
    live.page.reload()
    live.watch.requests.clear()
    cell = live.cell("hello")
    cell.locator.get_by_role("button", name="Run").hover()
    assert cell.run_to("done") == "hello\n"
    assert [url for url in live.watch.requests if "/pyodide-newer/" in url]
