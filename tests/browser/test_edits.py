"""The reader's edits: kept in the browser, restored, and never lost in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.live_page import Cell
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan
from tests.messages import messages

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.sites import Site

EDITS = Scenario(
    "edits",
    {
        "named": block("print('named')", name="named"),
        "plain": block("print('plain')"),
        "forgotten": block("print('forgotten')", keep_edits="false"),
        "last": block("print('last')"),
    },
    {"load": "run"},
)
OTHER = Scenario("other", {"one": block("print('other page')")})
SCENARIOS = (EDITS, OTHER)

LARGEST_SHIFT = 0.0005
"""The icons of the theme move a little."""

COUNT_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) shifted += value;
}).observe({ type: "layout-shift", buffered: true });
"""
BLOCK_STORAGE = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("The operation is insecure.", "SecurityError"); },
});
"""
FILL_STORAGE = """
for (let size = 1 << 20; size >= 1; size >>= 1) {
  try {
    for (let at = 0; ; at++) localStorage.setItem(`app-${size}-${at}`, "x".repeat(size));
  } catch {}
}
"""


def wait_until_stored(page: Page, *codes: str) -> None:
    """Wait until these edits are stored, and no others."""
    page.wait_for_function(
        """codes => {
            const text = localStorage[`pyrun-edits:${location.pathname.replace("index.html", "")}`] ?? "{}";
            const found = (JSON.parse(text).edits ?? []).map(({ code }) => code);
            return JSON.stringify(found.sort()) === JSON.stringify(codes);
        }""",
        arg=sorted(codes),
    )


def come_back(page: Page, elsewhere: str, **values: object) -> None:
    """Come back when the first stored edit has changed, as if it were of another version of the page."""
    address = page.url
    page.goto(elsewhere)  # stores what is not stored yet
    page.evaluate(
        """([path, values]) => {
            const key = `pyrun-edits:${path.replace("index.html", "")}`;
            const { format, edits: [first, ...others] } = JSON.parse(localStorage[key]);
            localStorage[key] = JSON.stringify({ format, edits: [{ ...first, ...values }, ...others] });
        }""",
        [urlsplit(address).path, values],
    )
    page.goto(address)


def type_into(cell: Cell, text: str) -> None:
    """Type at the end of the code."""
    cell.edit()
    cell.page.keyboard.press("Control+End")
    cell.page.keyboard.type(text)


def cells_of(page: Page) -> dict[str, Cell]:
    """The examples of `EDITS` in a page."""
    return {key: Cell(page.locator("pyrun-cell").nth(at)) for at, key in enumerate(EDITS.blocks)}


def test_edits_last_are_visible_and_reset_ends_them(open_page: OpenPage, site: Site) -> None:
    live = open_page(EDITS, site, before=lambda context: context.add_init_script(COUNT_SHIFTS))
    page, cells = live.page, cells_of(live.page)
    assert not any("edits-" in path for path in live.watch.paths())
    type_into(cells["named"], "\nprint(1)\nprint(2)")
    expect(cells["named"].locator.get_by_text("Modified", exact=True)).to_be_visible()
    wait_until_stored(page, "print('named')\nprint(1)\nprint(2)")
    type_into(cells["plain"], "  # mine")
    type_into(cells["forgotten"], "  # mine")
    # Left before the pause in typing that stores the rest.
    page.reload()
    expect(cells["named"].editor).to_have_text("print('named')print(1)print(2)", use_inner_text=False)
    expect(cells["plain"].editor).to_contain_text("# mine")
    expect(cells["plain"].locator).to_have_attribute("data-modified", "")
    expect(cells["forgotten"].editor).to_have_count(0)
    assert page.evaluate("shifted") < LARGEST_SHIFT
    # The whole code is there once the reader turns to it.
    cells["named"].edit()
    assert page.evaluate("document.querySelector('pyrun-cell pre').style.height") == ""
    assert cells["named"].run_to("done").split() == ["named", "1", "2"]
    page.goto(site.address("other"))
    page.go_back()
    expect(cells["plain"].editor).to_contain_text("# mine")
    cells["plain"].choose("Reset")
    expect(cells["plain"].locator).not_to_have_attribute("data-modified", "")
    wait_until_stored(page, "print('named')\nprint(1)\nprint(2)")
    cells["plain"].edit()
    page.keyboard.press("Control+z")
    wait_until_stored(page, "print('named')\nprint(1)\nprint(2)", "print('plain')  # mine")
    # A page without edits loads nothing more.
    before = len(live.watch.requests)
    page.goto(site.address("other"))
    assert not any("edits-" in url for url in live.watch.requests[before:])
    page.evaluate("customElements.get('pyrun-cell').forgetEdits('/elsewhere/')")
    assert page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('pyrun-edits:'))")
    page.evaluate("customElements.get('pyrun-cell').forgetEdits()")
    assert not page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('pyrun-edits:'))")


def test_an_example_that_its_author_has_changed_asks_the_reader(open_page: OpenPage, site: Site) -> None:
    live = open_page(EDITS, site)
    page, cell = live.page, live.cell("plain")
    asks = cell.locator.get_by_role("group", name="The authors have changed this example")

    def change_example() -> None:
        come_back(page, site.address("other"), hash="old", code="print('mine')")
        expect(asks).to_be_visible()
        expect(cell.locator).not_to_have_attribute("data-modified", "")

    type_into(cell, "  # mine")
    wait_until_stored(page, "print('plain')  # mine")
    change_example()
    expect(asks.get_by_role("alert")).to_have_text(
        "The authors have changed this example since you edited it."
    )
    cell.button("Compare").click()
    assert asks.get_by_role("deletion").all_inner_texts() == ["-\u00a0print('plain')"]
    assert asks.get_by_role("insertion").all_inner_texts() == ["+\u00a0print('mine')"]
    expect(cell.button("Compare")).to_be_focused()
    cell.button("Keep mine").press("Enter")
    expect(cell.editor).to_have_text("print('mine')")
    expect(asks).to_have_count(0)
    expect(cell.button("Run")).to_be_focused()
    change_example()
    # An edit of the new code does not take the place of the old one.
    type_into(cell, "  # new")
    wait_until_stored(page, "print('mine')", "print('plain')  # new")
    cell.button("Take new").click()
    wait_until_stored(page, "print('plain')  # new")
    expect(asks).to_have_count(0)
    cell.edit()
    page.keyboard.press("Control+z")
    expect(cell.editor).to_have_text("print('mine')")
    # The example is gone.
    page.keyboard.press("Control+y")
    expect(cell.editor).to_contain_text("# new")
    wait_until_stored(page, "print('plain')  # new")
    come_back(page, site.address("other"), hash="old", index=99, code="print('<b>gone</b>')")
    gone = live.cell("named").locator.get_by_role("group", name="You edited an example that is no longer")
    gone.get_by_role("button", name="Show my code").click()
    expect(gone.locator("pre")).to_have_text("print('<b>gone</b>')")
    gone.get_by_role("button", name="Discard").click()
    wait_until_stored(page)


def test_two_tabs_never_overwrite_each_other_in_silence(open_page: OpenPage, site: Site) -> None:
    live = open_page(EDITS, site)
    one, other = live.cell("plain"), Cell(live.page.context.new_page().locator("pyrun-cell").nth(1))
    type_into(one, "  # one")
    wait_until_stored(one.page, "print('plain')  # one")
    other.page.goto(live.page.url)
    expect(other.editor).to_contain_text("# one")
    type_into(one, " more")
    wait_until_stored(one.page, "print('plain')  # one more")
    one.page.evaluate("location.hash")
    type_into(other, " other")
    wait_until_stored(other.page, "print('plain')  # one more", "print('plain')  # one other")
    asks = other.locator.get_by_role("group", name="There is another version of your code")
    expect(asks).to_be_visible()
    expect(other.editor).to_be_focused()
    other.button("Take the other").click()
    expect(other.editor).to_have_text("print('plain')  # one more")
    wait_until_stored(other.page, "print('plain')  # one more")
    other.edit()
    other.page.keyboard.press("Control+z")
    expect(other.editor).to_have_text("print('plain')  # one other")
    # The first tab still has what it had, and keeps it.
    expect(one.editor).to_have_text("print('plain')  # one more")
    wait_until_stored(other.page, "print('plain')  # one other")
    type_into(one, " again")
    wait_until_stored(one.page, "print('plain')  # one more again", "print('plain')  # one other")
    one.button("Keep this one").click()
    wait_until_stored(one.page, "print('plain')  # one more again")


@pytest.mark.parametrize(
    ("prepare", "reason"), [(BLOCK_STORAGE, "blocked"), (FILL_STORAGE, "full")], ids=["blocked", "full"]
)
def test_an_edit_that_cannot_be_kept_stays_in_the_page(
    open_page: OpenPage, site: Site, prepare: str, reason: str
) -> None:
    live = open_page(OTHER, site, before=lambda context: context.add_init_script(prepare))
    cell = live.cell("one")
    live.watch.allow("The operation is insecure")  # of the theme
    type_into(cell, "  # mine" + "!" * 20)
    expect(cell.locator.get_by_text("Modified, not kept")).to_be_visible()
    expect(cell.locator.get_by_text(messages()["EDIT_MESSAGES"][reason])).to_have_count(1)
    assert cell.run_to("done").strip() == "other page"
    expect(cell.editor).to_contain_text("# mine")


def test_garbage_and_edits_of_a_newer_version_are_left_alone(open_page: OpenPage, site: Site) -> None:
    newer = '{"format":99,"edits":{}}'

    def fill(context: BrowserContext) -> None:
        script = f"localStorage['pyrun-edits:' + location.pathname] ??= {newer!r}"
        context.add_init_script(f"if (origin !== 'null') {script}")

    live = open_page(OTHER, site, before=fill)
    type_into(live.cell("one"), "  # mine")
    expect(live.cell("one").locator.get_by_text("Modified, not kept")).to_be_visible()
    assert live.page.evaluate("localStorage['pyrun-edits:' + location.pathname]") == newer


def test_edits_survive_navigation_that_replaces_pages_in_place(
    open_page: OpenPage, make_site: MakeSite
) -> None:
    plan = Plan("mkdocs", [EDITS, OTHER], theme_options={"features": ["navigation.instant"]})
    live = open_page(EDITS, make_site("mkdocs-edits-instant", plan))
    page = live.page
    type_into(live.cell("plain"), "  # mine")
    page.get_by_role("link", name="Page other").first.click()
    expect(page.get_by_role("heading", name="Page other", level=1)).to_be_visible()
    expect(page.locator("pyrun-cell[data-modified]")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("heading", name="Page edits", level=1)).to_be_visible()
    expect(live.cell("plain").editor).to_contain_text("# mine")
    # A copy of the page, as Turbo keeps it, shows the same as the original.
    page.evaluate("""() => {
        const cell = document.querySelectorAll("pyrun-cell")[1];
        cell.replaceWith(cell.cloneNode(true));
    }""")
    expect(live.cell("plain").editor).to_contain_text("# mine")
    expect(live.cell("plain").locator.locator(".cm-editor")).to_have_count(1)
