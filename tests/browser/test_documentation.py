"""Every live example in the project's documentation runs, started as a reader would start it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.live_page import Cell
from tests.browser.server import SiteServer
from tests.browser.watch import Watch
from tests.docs.building import MKDOCS_PAGES, SPHINX_PAGES, ZENSICAL_PAGES
from tests.docs.conftest import any_site, mkdocs_site, sphinx_site, zensical_site  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Route

    from tests.browser.snapshot_shelf import SnapshotShelf

PAGES = [f"{name}.html" for name in SPHINX_PAGES]
PAGES += ["mkdocs/" if name == "index" else f"mkdocs/{name}/" for name in MKDOCS_PAGES]
PAGES += ["zensical/" if name == "index" else f"zensical/{name}/" for name in ZENSICAL_PAGES]
PAGES += ["any/"]

ANSWER = "42"
"""An answer for any example that asks for input: a number, which also works as a name."""

MOST_ANSWERS = 5

FOREVER = re.compile(r"while True:(?!.*\bbreak\b)", re.DOTALL)
MEANT_TO_FAIL = "failing-"
"""The names of examples that demonstrate a failure begin with this."""

POLICY_PAGE = "how-to/content-security-policy.html"


@pytest.fixture(scope="module")
def documentation(browser_files: Path, request: pytest.FixtureRequest) -> Iterator[SiteServer]:
    """All sites, the others inside the Sphinx site, as `make docs` builds them."""
    assert browser_files.is_dir()
    for name in ("mkdocs_site", "zensical_site", "any_site"):
        request.getfixturevalue(name)
    with SiteServer(request.getfixturevalue("sphinx_site")) as server:
        yield server


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """A reader who visits one page after the other."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_all_examples_of_a_page_run(
    path: str, documentation: SiteServer, reader: BrowserContext, shelf: SnapshotShelf | None
) -> None:
    if shelf:
        shelf.supply(reader, documentation.folder, documentation.url, documentation.url + path)
    watch = Watch(reader, documentation.url)
    # An example about untrusted output tries this in a frame, which may scroll into view.
    watch.allow(r"console error: (Connecting to|Fetch API cannot load) '?https://example\.org/")
    page = reader.new_page()
    page.goto(documentation.url + path)
    cells = page.locator("pyrun-cell:not([hidden])").all()
    assert cells
    for locator in cells:
        run_to_its_end(Cell(locator))
    page.close()
    watch.check()


def run_to_its_end(cell: Cell) -> None:
    """Run an example, and give it the input it asks for."""
    source = cell.locator.get_attribute("data-source") or ""
    cell.run()
    if FOREVER.search(source):
        cell.wait_for("running")
        cell.stop()
        cell.wait_for("stopped")
        return
    if (cell.locator.get_attribute("data-name") or "").startswith(MEANT_TO_FAIL):
        cell.wait_for("error")
        return
    answers = 0
    while cell.wait_for("input", "done") == "input":
        end = cell.button("End input")
        if answers >= MOST_ANSWERS and end.is_visible():  # the example reads everything
            end.click()
            continue
        answers += 1
        cancel = cell.button("Cancel")
        if cancel.is_visible():  # the example asks for a file
            cancel.click()
            continue
        cell.output.get_by_role("textbox").fill(ANSWER)
        cell.page.keyboard.press("Enter")


def test_the_content_security_policy_in_the_guide_is_sufficient(
    documentation: SiteServer, browser: Browser
) -> None:
    """A theme may need more than the guide's policy: it blocks furo's inline scripts here."""
    page_source = (documentation.folder / POLICY_PAGE).read_text(encoding="utf-8")
    found = re.search(r"Content-Security-Policy: ([^\n<]+)", page_source)
    assert found is not None
    policy = found[1].replace("&#39;", "'")

    def add_policy(route: Route) -> None:
        response = route.fetch()
        route.fulfill(
            response=response,
            headers={**response.headers, "content-security-policy": policy},
        )

    context = browser.new_context()
    context.route("**/*", add_policy)
    page = context.new_page()
    page.goto(documentation.url + POLICY_PAGE)
    cell = Cell(page.locator("pyrun-cell").first)
    assert "eval is blocked" in cell.run_to("done")
    cell.edit()
    expect(cell.editor).to_be_focused()
    context.close()
