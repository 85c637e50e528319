"""What a reader is told when something is missing or crashes, and which action helps."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.routes import Broken, ends_workers_late
from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Route

    from tests.browser.conftest import OpenPage
    from tests.browser.live_page import Cell, LivePage
    from tests.browser.sites import Site

FAILURES = Scenario(
    "failures",
    {
        "hello": block("print('hello')"),
        "keep": block("kept = 1"),
        "uses": block("kept"),
        "callbacks": block("""
            import asyncio
            from js import setTimeout
            from pyodide.code import run_js
            from pyodide.ffi import create_once_callable
            setTimeout(create_once_callable(lambda: 1 / 0), 0)
            run_js("setTimeout(() => { throw new TypeError('in JavaScript') })")
            await asyncio.sleep(0.2)
            print('after')
        """),
        "late callback": block("""
            from pyodide.code import run_js
            run_js("setTimeout(() => { throw new TypeError('after the run') }, 100)")
        """),
        "memory": block("""
            import ctypes
            print("going", flush=True)
            ctypes.string_at(0xFFFFFFF0, 16)
        """),
        "stack": block("""
            import sys
            print("going", flush=True)
            sys.setrecursionlimit(10**6)
            nested = []
            for _ in range(10**6):
                nested = [nested]
            repr(nested)
        """),
        "abort": block("import ctypes\nprint('going', flush=True)\nctypes.pythonapi.abort()"),
        "exit": block("import ctypes\nprint('going', flush=True)\nctypes.pythonapi._exit(1)"),
        "endless": block("while True: pass"),
        "waiting": block("print('waited')"),
    },
)
SCENARIOS = (FAILURES,)

CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock-")
"""How their names begin; the name of the site's lock file continues with a checksum."""


TRY_AGAIN = (
    "but your code is kept. Check your connection and try again; if the site has changed since you opened "
    "it, copy your code and reload the page."
)
CHANGED = "A file of this site is not the one that was published, so it was not run; your code is kept."
DOWNLOAD = f"Python could not be loaded, {TRY_AGAIN}"
CLIENT = f"A part of this page could not be loaded, {TRY_AGAIN}"
CRASH = "Python crashed and was shut down. Your code is kept"
VERSION = "The site has changed since you opened this page."
FILE = "Examples need a web server, and this page was opened as a file."

EXPECTED_COMPLAINTS = (
    "wasm instantiation failed",
    "HTTP status code is not ok",
    "request failed: ",
    "status 404: ",
    "Failed to load resource",
    "Failed to fetch",
    "integrity checks failed",
    "valid digest",
    # What Pyodide logs before its worker is terminated.
    r"console (error|warning): (?s:.*)/pyodide\.(asm\.)?mjs\)",
)


def open_broken(open_page: OpenPage, site: Site, broken: Broken) -> LivePage:
    def before(context: BrowserContext) -> None:
        broken(context)
        ends_workers_late(context)

    live = open_page(FAILURES, site, before=before)
    live.watch.allow(*EXPECTED_COMPLAINTS)
    return live


def edit_and_run_into(cell: Cell, sentence: str) -> None:
    """Run edited code; it fails with the message, shown once, and the reader can continue."""
    cell.write("print('edited')")
    run_into(cell, sentence)


def run_into(cell: Cell, sentence: str) -> None:
    """Run code; it fails with the message, shown once."""
    cell.run()
    cell.wait_for("error")
    assert cell.states == ["loading", "error"]
    expect(cell.output).to_contain_text(sentence)


def retry(cell: Cell, broken: Broken, output: str = "edited") -> None:
    """Repair what was broken; Retry then runs the reader's code."""
    broken.is_broken = False
    cell.button("Retry").click()
    cell.wait_for("done")
    assert cell.text.strip() == output


@pytest.mark.parametrize("how", ["404", "abort"])
@pytest.mark.parametrize("name", CORE)
def test_a_missing_file_of_pyodide_is_reported_and_retry_helps(
    open_page: OpenPage,
    site: Site,
    name: str,
    how: str,
) -> None:
    broken = Broken(re.compile(rf"/{re.escape(name)}[^/]*$"), how)
    cell = open_broken(open_page, site, broken).cell("hello")
    edit_and_run_into(cell, DOWNLOAD)
    cell.output.get_by_text("Details").click()
    expect(cell.output).to_contain_text(name)
    retry(cell, broken)


FETCHED_ONCE = pytest.mark.first_visit("what the runtime's archive holds is in a snapshot")


@pytest.mark.parametrize(
    "part",
    [
        *("on_intent.js", "worker.js"),
        pytest.param("runtime.zip", marks=FETCHED_ONCE),
    ],
)
def test_a_missing_file_of_pyrun_is_reported_and_retry_helps(
    open_page: OpenPage, site: Site, part: str
) -> None:
    stem, _, extension = part.partition(".")
    broken = Broken(re.compile(rf"/{stem}-[A-Z0-9]+\.{extension}$"))
    cell = open_broken(open_page, site, broken).cell("hello")
    if part == "on_intent.js":  # without it, there is no editor either
        run_into(cell, CLIENT)
        retry(cell, broken, "hello")
    else:
        edit_and_run_into(cell, DOWNLOAD)
        retry(cell, broken)


def test_without_the_editor_the_example_still_runs(open_page: OpenPage, site: Site) -> None:
    broken = Broken(re.compile(r"/editor-[A-Z0-9]+\.js$"), "abort")
    cell = open_broken(open_page, site, broken).cell("hello")
    cell.locator.hover()
    expect(cell.status).to_have_text("The editor could not be loaded, but you can still run the example.")
    assert cell.run_to("done").strip() == "hello"


@pytest.mark.parametrize("key", ["memory", "stack", "abort", "exit"])
def test_python_that_crashes_is_reported_and_restarted(open_page: OpenPage, site: Site, key: str) -> None:
    live = open_page(FAILURES, site)
    live.watch.allow("console error", "uncaught", "console warning")
    live.cell("keep").run_to("done")
    cell = live.cell(key)
    cell.run()
    cell.wait_for("error")
    assert cell.states == ["loading", "running", "error"]
    expect(cell.output).to_contain_text(CRASH)
    expect(cell.output).to_contain_text("going")
    assert live.cell("hello").run_to("done").strip() == "hello"
    assert "NameError" in live.cell("uses").run_to("error")


def test_an_error_in_a_callback_ends_neither_the_run_nor_python(open_page: OpenPage, site: Site) -> None:
    live = open_page(FAILURES, site)
    live.watch.allow("console error: (TypeError|PythonError)")
    live.cell("keep").run_to("done")
    text = live.cell("callbacks").run_to("done")
    assert "ZeroDivisionError: division by zero" in text
    assert "TypeError: in JavaScript" in text
    assert text.endswith("after\n")
    with live.page.context.expect_event("console", lambda message: "after the run" in message.text):
        live.cell("late callback").run_to("done")
    assert live.cell("uses").run_to("done").strip() == "1"


def test_runs_that_wait_for_a_python_that_crashes_end_too(open_page: OpenPage, site: Site) -> None:
    broken = Broken(re.compile(r"\.wasm$"))
    live = open_broken(open_page, site, broken)
    cells = [live.cell(key) for key in ("hello", "keep", "waiting")]
    for cell in cells:
        cell.run()
    for cell in cells:
        cell.wait_for("error")
        assert cell.states == ["loading", "error"]
        expect(cell.output).to_contain_text(DOWNLOAD)
    broken.is_broken = False
    assert live.cell("waiting").run_to("done").strip() == "waited"


def test_damaged_webassembly_is_reported_at_once(open_page: OpenPage, site: Site) -> None:
    def damage(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=b"\0asm\1\0\0\0" + bytes(1000))

    live = open_page(FAILURES, site, before=lambda context: context.route(re.compile(r"\.wasm$"), damage))
    live.watch.allow("wasm instantiation failed", "console warning: .*WebAssembly", "has been changed")
    cell = live.cell("hello")
    cell.run()
    cell.wait_for("error")
    expect(cell.output).to_contain_text(CHANGED)
    cell.output.get_by_text("Details").click()
    expect(cell.output).to_contain_text("pyodide.asm.wasm has been changed")


def replace_worker(context: BrowserContext, script: str) -> None:
    """Start another worker after the page has found the script unchanged."""

    def answer(route: Route) -> None:
        if route.request.resource_type == "fetch":
            route.continue_()
        else:
            route.fulfill(body=script, content_type="text/javascript")

    context.route(re.compile(r"/worker-"), answer)


def test_a_worker_of_another_version_is_refused(open_page: OpenPage, site: Site) -> None:
    older = "self.onmessage = () => self.postMessage({ type: 'ready', version: 0 });"
    live = open_page(FAILURES, site, before=partial(replace_worker, script=older))
    cell = live.cell("hello")
    cell.run()
    cell.wait_for("error")
    expect(cell.output).to_contain_text(VERSION)
    expect(cell.button("Retry")).to_have_count(0)


def test_a_worker_that_throws_is_reported(open_page: OpenPage, site: Site) -> None:
    broken = "throw new Error('broken worker')"
    live = open_page(FAILURES, site, before=partial(replace_worker, script=broken))
    live.watch.allow("broken worker")
    cell = live.cell("hello")
    cell.run()
    cell.wait_for("error")
    expect(cell.output).to_contain_text(DOWNLOAD)
    expect(cell.button("Retry")).to_be_visible()


def test_a_page_that_was_opened_as_a_file_says_what_to_do(open_page: OpenPage, site: Site) -> None:
    live = open_page(FAILURES, site)
    live.watch.allow("file://", "request failed", "CORS", "Failed to load resource")
    page = site.address(FAILURES.name).removeprefix(site.url)
    if page.endswith("/"):
        page += "index.html"
    live.page.goto((site.folder / page).as_uri())
    cell = live.cell("hello")
    cell.run()
    cell.wait_for("error")
    expect(cell.output).to_contain_text(FILE)
    expect(cell.output).to_contain_text("python -m http.server")
    expect(cell.button("Retry")).to_have_count(0)
    assert cell.states == ["loading", "error"]


def test_without_scripts_a_page_is_a_highlighted_example(open_page: OpenPage, site: Site) -> None:
    live = open_page(FAILURES, site, java_script_enabled=False)
    first = live.page.locator("pyrun-cell").first
    expect(first.locator("pre")).to_be_visible()
    expect(first.locator("pre")).to_contain_text("print('hello')")
    assert first.evaluate("cell => getComputedStyle(cell).paddingBottom") == "0px"
