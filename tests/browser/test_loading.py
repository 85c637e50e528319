"""What a page loads and when, and what the reader is told in the meantime."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.routes import Held
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Host, Plan

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Response, Route

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import LivePage
    from tests.browser.sites import Site

LOADING = Scenario(
    "loading",
    {
        "first": block("print('first')"),
        "second": block("print('second')"),
        "long": block("\n".join(f"x{number} = {number}" for number in range(100))),
    },
)
LOADS = {
    when: Scenario(f"loads-{when}", {"hello": block("print('hello')")}, options={"load": when})
    for when in ("run", "visible", "idle", "page")
}
SCENARIOS = (LOADING, *LOADS.values())

MOST_BYTES_BEFORE_INTENT = 8 * 1024
"""Compressed, pyrun's files only: the project's limit."""

PLAIN_PAGES = {"sphinx": {"plain.rst": "Plain\n=====\n\nNo example.\n"}, "mkdocs": {"plain.md": "# Plain\n"}}
BOXES = """() => [...document.querySelectorAll("pyrun-cell")].map(
    (cell) => JSON.stringify(cell.getBoundingClientRect()),
)"""
WASM = re.compile(r"\.wasm$")


def ours(live: LivePage, site: Site) -> list[str]:
    """The requested files of pyrun, by path."""
    return [
        url.removeprefix(site.assets_url) for url in live.watch.requests if url.startswith(site.assets_url)
    ]


def test_before_intent_a_page_loads_eight_kilobytes_of_ours_and_no_worker(
    open_page: OpenPage,
    site: Site,
) -> None:
    responses: list[Response] = []

    def watch(context: BrowserContext) -> None:
        context.on("response", lambda response: responses.append(response))  # noqa: PLW0108 - must be a function

    live = open_page(LOADING, site, before=watch)
    live.page.wait_for_load_state("networkidle")
    own = [response for response in responses if response.url.startswith(site.assets_url)]
    sizes = {response.url: len(gzip.compress(response.body())) for response in own}
    names = {urlsplit(url).path.rpartition("/")[2] for url in sizes}
    assert {re.sub("-[A-Z0-9]+", "", name) for name in names} == {"pyrun.css", "pyrun.js"}
    assert len(names) == 2
    assert sum(sizes.values()) <= MOST_BYTES_BEFORE_INTENT, sizes
    assert live.workers == []


@pytest.mark.both_hosts("the host names the files of a page")
def test_pages_without_examples_load_no_files_of_pyrun(
    host: Host,
    make_site: MakeSite,
    open_page: OpenPage,
) -> None:
    site = make_site(f"{host}-plain", Plan(host, [LOADING], extra_pages=PLAIN_PAGES[host]))
    live = open_page(Scenario("plain", {}), site)
    live.page.wait_for_load_state("networkidle")
    expect(live.page.get_by_role("heading", name="Plain")).to_be_visible()
    # Material's instant navigation keeps the scripts of the first page, so every page has them.
    allowed = 2 if host == "mkdocs" else 0
    assert len(ours(live, site)) <= allowed
    assert live.workers == []


@pytest.mark.parametrize("when", ["visible", "idle", "page"])
def test_an_author_can_start_python_before_a_reader_runs_anything(
    open_page: OpenPage, site: Site, when: str
) -> None:
    live = open_page(LOADS[when], site)
    if not live.workers:
        live.page.wait_for_event("worker", lambda worker: "pyrun/worker-" in worker.url)
    assert live.cell().state == "idle"
    assert live.cell().run_to("done") == "hello\n"
    assert len(live.workers) == 1


def test_pointing_at_run_starts_python(open_page: OpenPage, site: Site) -> None:
    live = open_page(LOADING, site)
    with live.page.expect_worker(lambda worker: "pyrun/worker-" in worker.url):
        live.cell("first").button("Run").hover()
    assert live.cell("first").state == "idle"


def test_pointing_at_run_starts_nothing_if_the_author_requires_a_click(
    open_page: OpenPage, site: Site
) -> None:
    live = open_page(LOADS["run"], site)
    live.cell().button("Run").hover()
    live.cell().button("Run").focus()
    live.page.wait_for_load_state("networkidle")
    assert live.workers == []
    assert live.cell().run_to("done") == "hello\n"


def test_a_reader_who_saves_data_loads_nothing_before_the_click(open_page: OpenPage, site: Site) -> None:
    # Tests can't set this with any switch of Chromium, so the page is patched.
    saves = "Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) })"
    live = open_page(LOADS["page"], site, before=lambda context: context.add_init_script(saves))
    live.cell().button("Run").hover()
    live.page.wait_for_load_state("networkidle")
    assert live.workers == []
    assert live.cell().run_to("done") == "hello\n"


def test_a_download_that_hangs_is_aborted_and_can_be_retried(open_page: OpenPage, site: Site) -> None:
    held = Held(WASM)
    live = open_page(LOADING, site, before=held)
    live.page.clock.install()
    cell = live.cell("first")
    cell.run()
    expect(cell.status).to_have_text("Downloading Python")
    expect(cell.locator.get_by_text("MB")).to_be_visible()  # everything has arrived except the held request
    (worker,) = (each for each in live.page.workers if "pyrun/worker-" in each.url)
    with worker.expect_event("close"):
        live.page.clock.fast_forward("02:00")
    cell.wait_for("error")
    assert "Python has not started, because nothing was received for a long time." in cell.text
    cell.output.get_by_text("Details").click()
    assert "nothing more was received for 60 seconds" in cell.text
    held.release()
    cell.button("Retry").click()
    cell.wait_for("done")


def test_a_run_without_pointing_loads_the_editor_when_python_is_ready(
    open_page: OpenPage, site: Site
) -> None:
    held = Held(WASM)
    live = open_page(LOADING, site, before=held)
    cell = live.cell("first")
    with live.page.expect_worker():
        cell.button("Run").evaluate("(button) => button.click()")  # no pointer, no focus
    expect(cell.status).to_have_text("Downloading Python")
    assert not [path for path in ours(live, site) if path.startswith("editor-")]
    held.release()
    cell.wait_for("done")
    expect(cell.locator.get_by_role("textbox")).to_be_visible()


def test_scripts_are_fetched_once_for_all_cells(open_page: OpenPage, site: Site) -> None:
    held = Held(re.compile(r"/(editor|on_intent)-[A-Z0-9]+\.js$"))
    live = open_page(LOADING, site, before=held)
    cells = [live.cell("first"), live.cell("second")]
    for cell in cells:
        cell.locator.hover()
        cell.button("Run").hover()
    held.release()
    for cell in cells:
        expect(cell.locator.get_by_role("textbox")).to_be_visible()
        cell.run_to("done")
    scripts = [path for path in ours(live, site) if path.startswith(("editor-", "on_intent-"))]
    assert len(scripts) == 2


def test_a_cell_that_is_removed_while_its_editor_loads_gets_one_when_it_is_back(
    open_page: OpenPage, site: Site
) -> None:
    held = Held(re.compile(r"/editor-[A-Z0-9]+\.js$"))
    live = open_page(LOADING, site, before=held)
    cell = live.cell("first")
    cell.locator.hover()
    cell.locator.evaluate("""cell => new Promise((resolve) => {
        const { parentElement } = cell;
        cell.remove();
        setTimeout(() => { parentElement.append(cell); resolve(); });
    })""")
    cell.locator.hover()
    held.release()
    cell.run_to("done")
    expect(cell.locator.get_by_role("textbox")).to_have_count(1)


def test_hovering_over_code_does_not_start_python(open_page: OpenPage, site: Site) -> None:
    live = open_page(LOADING, site)
    cell = live.cell("first")
    cell.edit()
    live.page.wait_for_load_state("networkidle")
    assert live.workers == []
    assert not [path for path in ours(live, site) if "pyodide" in path]


def test_all_cells_of_a_page_share_one_worker_and_one_download(open_page: OpenPage, site: Site) -> None:
    live = open_page(LOADING, site)
    live.cell("first").run()
    live.cell("second").run_to("done")
    assert len(live.workers) == 1
    downloads = [path for path in ours(live, site) if "/" in path]
    files = [path for path in downloads if not path.endswith(".mjs")]
    assert len(files) == len(set(files))
    # A script is compared with its checksum first; then the browser imports it from its cache.
    assert {downloads.count(path) for path in downloads if path.endswith(".mjs")} == {2}
    names = {path.rpartition("/")[2] for path in downloads}
    locks = {name for name in names if re.fullmatch(r"pyodide-lock-[0-9a-f]{8}\.json", name)}
    assert len(locks) == 1
    assert names - locks == {"pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"}


def test_the_reader_sees_what_is_loading_and_its_progress(open_page: OpenPage, site: Site) -> None:
    held = Held(WASM)
    live = open_page(LOADING, site, before=held)
    cell = live.cell("first")
    cell.run()
    assert cell.state == "loading"
    expect(cell.status).to_have_text("Downloading Python")
    bar = cell.locator.get_by_role("progressbar", name="Download")
    expect(bar).to_be_visible()
    shown = cell.locator.get_by_text(re.compile(r"^\d+\.\d of 1\d\.\d MB$"))
    expect(shown).to_be_visible()
    assert 0 < float(bar.get_attribute("value") or "nan") < 1
    held.release()
    cell.wait_for("done")
    expect(bar).to_be_hidden()
    expect(shown).to_have_count(0)
    expect(cell.status).to_have_text("Done")


def test_a_server_without_the_mime_type_of_webassembly_works(open_page: OpenPage, site: Site) -> None:
    def serve(route: Route) -> None:
        route.fulfill(response=route.fetch(), content_type="application/octet-stream")

    live = open_page(LOADING, site, before=lambda context: context.route(WASM, serve))
    assert live.cell("first").run_to("done") == "first\n"


def test_a_second_cell_joins_the_progress_of_the_first(open_page: OpenPage, site: Site) -> None:
    held = Held(WASM)
    live = open_page(LOADING, site, before=held)
    live.cell("first").run()
    expect(live.cell("first").status).to_have_text("Downloading Python")
    live.cell("second").run()
    expect(live.cell("second").status).to_have_text("Downloading Python")
    held.release()
    live.cell("second").wait_for("done")


def test_the_editor_loads_without_moving_anything(open_page: OpenPage, site: Site) -> None:
    live = open_page(LOADING, site)
    before = live.page.evaluate(BOXES)
    for key in LOADING.blocks:
        live.cell(key).locator.evaluate("cell => cell.dispatchEvent(new PointerEvent('pointerenter'))")
        expect(live.cell(key).editor).to_be_attached()
    assert live.page.evaluate(BOXES) == before


def test_space_for_the_toolbar_is_reserved_before_the_loader_runs(open_page: OpenPage, site: Site) -> None:
    held = Held(re.compile(r"/pyrun-[A-Z0-9]+\.js"))
    live = open_page(LOADING, site, before=held, wait_until="commit")
    live.page.wait_for_function(
        """count =>
        document.querySelectorAll("pyrun-cell").length === count
        && [...document.querySelectorAll("link[rel=stylesheet]")].every((link) => link.sheet)
        && document.fonts.ready.then(() => true)
    """,
        arg=len(LOADING.blocks),
    )
    before = live.page.evaluate(BOXES)
    expect(live.cell("first").button("Run")).to_have_count(0)
    held.release()
    expect(live.cell("first").button("Run")).to_be_visible()
    assert live.page.evaluate(BOXES) == before
