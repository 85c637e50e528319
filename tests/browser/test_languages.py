"""Pages in other languages than English, one from left to right and one from right to left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from tests.browser.conftest import MakeSite, OpenPage

PAGE = Scenario(
    "page",
    {
        "first": block("data = [1, 2]", caption="Daten"),
        "second": block("print(data)"),
        "thread": block("import threading\nthreading.Thread(target=print).start()"),
    },
)


def test_a_german_page_has_german_buttons_messages_and_explanations(
    make_site: MakeSite, open_page: OpenPage
) -> None:
    plan = Plan("sphinx", [PAGE], config={"language": "de"})
    live = open_page(PAGE, make_site("german", plan))
    second = live.cell("second")
    expect(second.locator.get_by_label("Python-Code, zum Bearbeiten fokussieren")).to_be_visible()
    assert not [url for url in live.watch.requests if "language_" in url]
    expect(second.button("Ausführen")).to_be_visible()
    second.point()
    second.button("Mehr").click()
    expect(second.locator.get_by_role("menuitem", name="Python neu starten")).to_be_visible()
    live.page.keyboard.press("Escape")
    second.button("Ausführen").click()
    second.wait_for("error")
    expect(second.status).to_have_text("Fehlgeschlagen")
    expect(
        second.locator.get_by_text("data wird in Daten definiert. Führen Sie das zuerst aus.")
    ).to_be_visible()
    second.button("Zuerst Daten ausführen").click()
    second.wait_for("done")
    expect(second.locator.get_by_role("log", name="Ausgabe")).to_contain_text("[1, 2]")
    thread = live.cell("thread")
    thread.run_to("error")
    expect(thread.output).to_contain_text("(Ein Browser führt Python in einem einzigen Thread aus.")
    assert len([url for url in live.watch.requests if "language_de" in url]) == 1


def test_a_hebrew_page_runs_from_right_to_left_around_the_code(
    make_site: MakeSite, open_page: OpenPage
) -> None:
    plan = Plan("mkdocs", [PAGE], theme_options={"language": "he"})
    site = make_site("hebrew", plan)
    live = open_page(PAGE, site)
    cell = live.cell("second")
    cell.point()
    cell.run_to("error")
    run, more = (cell.button(name) for name in ("הרצה", "עוד"))
    boxes = run.bounding_box(), more.bounding_box()
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["x"] > boxes[1]["x"]
    notice = cell.locator.locator("div.notice")
    expect(notice).to_have_attribute("lang", "he")
    expect(notice).to_have_css("direction", "rtl")
    for part in (".traceback", "pre"):
        expect(cell.locator.locator(part).first).to_have_css("direction", "ltr")


def test_a_page_whose_language_cannot_be_loaded_speaks_english(
    make_site: MakeSite, open_page: OpenPage
) -> None:
    plan = Plan("sphinx", [PAGE], config={"language": "de"})
    live = open_page(PAGE, make_site("german", plan))
    live.page.route("**/language_de-*", lambda route: route.abort())
    live.watch.allow("language_de")
    cell = live.cell("first")
    cell.run_to("done")
    expect(cell.status).to_have_text("Done")
