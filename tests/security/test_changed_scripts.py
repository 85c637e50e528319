"""Someone has changed a script of the site on its server. It does not run, and the reader is told so."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import Cell, LivePage
    from tests.browser.server import SiteServer
    from tests.browser.sites import Site

CHART = """
import json
from IPython.display import display

figure = {"library": "vega", "scripts": ["vega"], "title": "", "spec": "{}"}
display({"application/vnd.pyrun.frame+json": json.dumps(figure), "text/plain": "a chart"}, raw=True)
"""
CHANGED = Scenario(
    "changed",
    {
        "hello": block("print('hello')"),
        "table": block("from IPython.display import HTML\nHTML('<b>bold</b>')"),
        "script": block("from IPython.display import HTML\nHTML('<b>bold</b><script>1</script>')"),
        "chart": block(CHART),
    },
)
SENTENCE = "A file of this site is not the one that was published, so it was not run; your code is kept."
REGISTERED = "async () => (await navigator.serviceWorker.getRegistrations()).length"
COMPLAINTS = ("valid digest", "integrity checks failed", "request failed", "Failed to load", "/ran/editor$")


@pytest.fixture(scope="module")
def changed_site(make_site: MakeSite) -> Site:
    """A separate site, whose files the tests change."""
    return make_site("changed", Plan("sphinx", [CHANGED], pyrun={"integrity": True}))


class Changes:
    """Changes files of a site, and knows which of the changed ones ran."""

    def __init__(self, site: Site, server: SiteServer) -> None:
        self._folder = site.folder / "_static" / "pyrun"
        self._server = server

    @contextmanager
    def of(self, *stems: str) -> Iterator[None]:
        """Files whose names begin so report to the server when they run, until the block ends."""
        files = [next(self._folder.glob(f"{stem}-*")) for stem in stems]
        contents = [file.read_bytes() for file in files]
        for file, content, stem in zip(files, contents, stems, strict=True):
            script = f'fetch("{self._server.url}ran/{stem}", {{ mode: "no-cors" }});'
            added = f"<script>{script}</script>" if file.suffix == ".html" else script
            file.write_bytes(added.encode() + content)
        try:
            yield
        finally:
            for file, content in zip(files, contents, strict=True):
                file.write_bytes(content)

    @property
    def ran(self) -> list[str]:
        """The changed files that have run."""
        return [path.removeprefix("/ran/") for path in self._server.asked_for if path.startswith("/ran/")]


@pytest.fixture
def changes(changed_site: Site, served: SiteServer) -> Changes:
    """For the files of the site."""
    served.asked_for.clear()
    return Changes(changed_site, served)


def open_changed(open_page: OpenPage, site: Site, query: str = "") -> LivePage:
    live = open_page(CHANGED, site, query=query)
    live.watch.allow(*COMPLAINTS)
    return live


def expect_refusal(cell: Cell, stem: str) -> None:
    cell.wait_for("error")
    expect(cell.output).to_contain_text(SENTENCE)
    cell.output.get_by_text("Details").click()
    expect(cell.output).to_contain_text(f"/_static/pyrun/{stem}-")


def test_a_changed_loader_does_not_run_on_a_site_with_hashes(
    open_page: OpenPage, changed_site: Site, changes: Changes
) -> None:
    with changes.of("pyrun"):  # the script, or the style sheet
        live = open_page(CHANGED, changed_site, wait_until="networkidle")
    live.watch.allow(*COMPLAINTS)
    tags = live.page.locator("[integrity]").evaluate_all("tags => tags.map((tag) => tag.localName)")
    assert sorted(tags) == ["link", "script"]
    assert changes.ran == []


def test_changed_page_code_does_not_run(open_page: OpenPage, changed_site: Site, changes: Changes) -> None:
    live = open_changed(open_page, changed_site)
    cell = live.cell("hello")
    with changes.of("on_intent", "editor"):
        cell.locator.hover()
        expect(cell.status).to_contain_text(SENTENCE)
        cell.run()
        expect_refusal(cell, "on_intent")
        assert changes.ran == []
        # The marks work: this is what would have happened.
        url = next(url for url in live.watch.requests if "/editor-" in url)
        with live.page.expect_response(re.compile("/ran/editor$")):
            live.page.evaluate("(url) => import(url)", f"{url}?unchecked")
        assert changes.ran == ["editor"]
    cell.button("Retry").click()
    cell.wait_for("done")


def test_changed_workers_frames_and_libraries_do_not_run(
    open_page: OpenPage, changed_site: Site, changes: Changes
) -> None:
    live = open_changed(open_page, changed_site)
    cell = live.cell("hello")
    with changes.of("worker"):
        cell.run()
        expect_refusal(cell, "worker")
        assert live.workers == []
    cell.button("Retry").click()
    cell.wait_for("done")
    for key, stem in {"table": "on_display", "script": "frame", "chart": "vega"}.items():
        shown = live.cell(key)
        with changes.of(stem):
            shown.run()
            expect(shown.output).to_contain_text(SENTENCE)
            expect(shown.output).to_contain_text(f"/_static/pyrun/{stem}-")
    live.cell("script").run_to("done")
    expect(live.cell("script").output.locator("iframe")).to_be_visible()
    assert changes.ran == []


def test_a_changed_service_worker_is_not_registered(
    open_page: OpenPage, changed_site: Site, changes: Changes
) -> None:
    live = open_changed(open_page, changed_site, query="?pyrun-input=service-worker")
    cell = live.cell("hello")
    with changes.of("service_worker"):
        cell.run()
        expect_refusal(cell, "service_worker")
        assert live.page.evaluate(REGISTERED) == 0
    cell.button("Retry").click()
    cell.wait_for("done")
    assert live.page.evaluate(REGISTERED) == 1
    assert changes.ran == []
    live.watch.allow("/ran/service_worker$")  # the browser may update the registered one before it is removed
    with changes.of("service_worker"):
        live.page.reload()
        cell.run()
        expect_refusal(cell, "service_worker")
        assert live.page.evaluate(REGISTERED) == 0
    cell.button("Retry").click()
    cell.wait_for("done")
    assert live.page.evaluate(REGISTERED) == 1
    live.page.goto(changed_site.address(CHANGED.name))  # which needs none in this browser
    cell.run()
    cell.wait_for("done")
    live.page.wait_for_function(f"async () => (await ({REGISTERED})()) === 0")
