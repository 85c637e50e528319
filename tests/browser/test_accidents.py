"""Failures during a visit: what the reader sees, and that the next run works."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.live_page import LivePage
from tests.browser.routes import without_jspi
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan, Site
from tests.browser.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, BrowserType

    from tests.browser.conftest import MakeSite, OpenPage, Supply

ACCIDENTS = Scenario(
    "accidents",
    {
        "hello": block("print('hello')"),
        "keep": block("kept = 'kept'"),
        "uses": block("kept"),
        "ask": block("input('Name? ')"),
        "memory": block("blocks = [bytearray(2**31 - 2**16) for _ in range(4)]"),
        "recursion": block("def down(n):\n    return down(n + 1)\ndown(0)"),
        "exit": block("import sys\nsys.exit('that is all')"),
        "thread": block("import threading\nthreading.Thread(target=print).start()"),
        "pool": block("""
            from concurrent.futures import ThreadPoolExecutor
            ThreadPoolExecutor().submit(print)
        """),
        "process": block("import subprocess\nsubprocess.run(['ls'], check=True)"),
        "system": block("import os\nos.system('ls')"),
        "fork": block("import os\nos.fork()"),
        "processes": block("import multiprocessing\nmultiprocessing.Pool()"),
        "deaf": block("print('going', flush=True)\nsum(range(10**11))"),
        "killed": block("""
            import time
            import js
            print("going", flush=True)
            js.close()
            time.sleep(3600)
        """),
    },
)


HOLDS_LOCKS = """async (count) => {
    const { held } = await navigator.locks.query();
    return held.filter(({ name }) => name.startsWith("pyrun-")).length === count;
}"""


@pytest.fixture(scope="module")
def accidents(make_site: MakeSite) -> Site:
    """One site: the results don't depend on the host."""
    return make_site("accidents", Plan("sphinx", [ACCIDENTS]))


@pytest.fixture(scope="module")
def shared_page(
    browser_context_args: dict[str, Any], accidents: Site, browser: Browser, supply: Supply
) -> Iterator[LivePage]:
    """A page whose Python survives the failures in it."""
    context = browser.new_context(**browser_context_args)
    supply(context, accidents, ACCIDENTS)
    watch = Watch(context, accidents.url)
    page = context.new_page()
    page.goto(accidents.address(ACCIDENTS.name))
    yield LivePage(page, ACCIDENTS, watch)
    context.close()


THREADS = "A browser runs Python in one thread. Call the function directly, or use asyncio."
PROCESSES = "A browser cannot start other programs."


@pytest.mark.parametrize(
    ("key", "messages"),
    [
        ("memory", ["MemoryError", "Python has at most 4 GB of memory in a browser"]),
        ("recursion", ["RecursionError"]),
        ("exit", ["that is all"]),
        ("thread", ["can't start new thread", THREADS]),
        ("pool", ["can't start new thread", THREADS]),
        ("process", ["does not support processes", PROCESSES]),
        ("system", ["does not support processes", PROCESSES]),
        ("fork", ["Python in a browser has no operating system"]),
        ("processes", ["_multiprocessing", "A browser runs Python in one process."]),
    ],
)
def test_what_a_browser_cannot_do_is_an_error_and_python_continues(
    live: LivePage, key: str, messages: list[str]
) -> None:
    live.cell("keep").run_to("done")
    text = live.cell(key).run_to("error")
    for message in messages:
        assert message in text
    assert live.cell("uses").run_to("done").strip() == "'kept'"


def test_a_worker_that_was_terminated_is_reported_and_retry_starts_another(
    open_page: OpenPage, accidents: Site
) -> None:
    """The worker closes itself, because the browser's tools cannot terminate it from outside."""
    live = open_page(ACCIDENTS, accidents)
    live.cell("keep").run_to("done")
    cell = live.cell("killed")
    cell.run()
    cell.wait_for("error")
    expect(cell.output).to_contain_text("The browser terminated Python")
    expect(cell.output).to_contain_text("going")
    expect(cell.button("Retry")).to_be_visible()
    assert live.cell("hello").run_to("done").strip() == "hello"
    assert "NameError" in live.cell("uses").run_to("error")


def test_a_run_that_never_yields_holds_the_lock_that_proves_the_worker_alive(live: LivePage) -> None:
    live.cell("keep").run_to("done")
    live.page.wait_for_function(HOLDS_LOCKS, arg=0)
    cell = live.cell("deaf")
    cell.run()
    expect(cell.output).to_contain_text("going")
    live.page.wait_for_function(HOLDS_LOCKS, arg=1)
    cell.stop()
    cell.wait_for("stopped")
    assert live.cell("hello").run_to("done").strip() == "hello"
    live.page.wait_for_function(HOLDS_LOCKS, arg=0)


def test_a_frame_without_an_origin_reports_that_python_may_not_start(
    open_page: OpenPage, accidents: Site
) -> None:
    live = open_page(ACCIDENTS, accidents)
    live.watch.allow("CORS", "Failed to load", "request failed", "blocked", "sandboxed")
    live.page.set_content(
        f'<iframe sandbox="allow-scripts" src="{accidents.address(ACCIDENTS.name)}"></iframe>'
    )
    cell = live.page.frame_locator("iframe").locator("pyrun-cell").first
    cell.get_by_role("button", name="Run", exact=True).click()
    expect(cell).to_have_attribute("data-state", "error")
    expect(cell.get_by_role("log")).to_contain_text("Open the page in a new tab")
    expect(cell.get_by_role("button", name="Retry")).to_have_count(0)


@pytest.fixture
def own_browser(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    accidents: Site,
    tmp_path: Path,
) -> Iterator[Callable[..., LivePage]]:
    """Starts a browser with the settings of a test."""
    opened: list[tuple[BrowserContext, LivePage]] = []

    def start(preferences: dict[str, object] | None = None, **options: Any) -> LivePage:  # noqa: ANN401
        if preferences is not None:
            folder = tmp_path / "profile/Default"
            folder.mkdir(parents=True)
            (folder / "Preferences").write_text(json.dumps(preferences), encoding="utf-8")
        context = browser_type.launch_persistent_context(
            tmp_path / "profile", **{**browser_type_launch_args, **options}
        )
        without_jspi(context)
        live = LivePage(context.new_page(), ACCIDENTS, Watch(context, accidents.url))
        live.page.goto(accidents.address(ACCIDENTS.name))
        opened.append((context, live))
        return live

    yield start
    for context, live in opened:
        live.watch.check()
        context.close()


def test_blocked_site_data_disables_only_input(own_browser: Callable[..., LivePage]) -> None:
    block_all_site_data = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    live = own_browser(block_all_site_data)
    live.watch.allow("localStorage")  # the theme's own
    assert live.cell("hello").run_to("done").strip() == "hello"
    text = live.cell("ask").run_to("error")
    assert "the service worker could not be started; blocked site data can be the reason" in text


def test_a_page_that_comes_back_from_the_cache_still_works(
    own_browser: Callable[..., LivePage], accidents: Site
) -> None:
    live = own_browser(ignore_default_args=["--disable-back-forward-cache"])
    live.page.evaluate("addEventListener('pageshow', (event) => { window.cameBack = event.persisted; })")
    live.cell("keep").run_to("done")
    live.page.goto(accidents.address("index"))
    live.page.go_back(wait_until="commit")
    live.page.wait_for_function("window.cameBack === true")
    assert live.cell("uses").run_to("done").strip() == "'kept'"
    cell = live.cell("ask")
    cell.run()
    cell.answer("Name?", "Ada")
    cell.wait_for("done")


def test_a_page_that_was_left_during_a_run_restarts_python(
    own_browser: Callable[..., LivePage], accidents: Site
) -> None:
    live = own_browser(ignore_default_args=["--disable-back-forward-cache"])
    live.watch.allow("letters-1")  # the request that Python was waiting in
    cell = live.cell("ask")
    cell.run()
    cell.wait_for("input")
    live.page.goto(accidents.address("index"))
    live.page.go_back(wait_until="commit")
    if cell.state == "input":  # the browser kept the page, and its Python with it
        cell.prompt("Name?").fill("Ada")
        cell.prompt("Name?").press("Enter")
    else:
        cell.run()
        cell.answer("Name?", "Ada")
    cell.wait_for("done")
    assert cell.text.splitlines() == ["Name? Ada", "'Ada'"]
