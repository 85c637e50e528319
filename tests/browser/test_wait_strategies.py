"""How Python waits: the best strategy that browser, page and server allow, and what works with each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.routes import without_jspi
from tests.browser.scenarios import Scenario, block
from tests.browser.server import SiteServer
from tests.browser.sites import Plan, Site

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Route

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import Cell, LivePage

STRATEGIES = Scenario(
    "strategies",
    {
        "hello": block("print('hello')\n6 * 7"),
        "ask": block("name = input('Name? ')\nprint('Hello', name)"),
        "stdin": block("import sys\nsys.stdin.readline()"),
        "preset": block("print(input('A? '), input('B? '))", stdin="one\\ntwo"),
        "await": block("import asyncio\nawait asyncio.sleep(0.01, 'slept')"),
        "run": block("import asyncio\nasyncio.run(asyncio.sleep(0.01, 'slept'))"),
        "never": block("""
            import asyncio
            from js import Promise
            async def main():
                await Promise.new(print)
            asyncio.run(main())
        """),
        "sleep": block("import time\ntime.sleep(0.01)\n'slept'"),
        "long await": block("import asyncio\nprint('on')\nawait asyncio.sleep(3600)"),
        "loop": block("print('on', flush=True)\nwhile True: pass"),
        "stream": block("print('on')\nwhile True: pass"),
        "keep": block("kept = 1"),
        "uses": block("kept"),
        "slow error": block("""
            import time
            from pyodide.code import run_js
            class Slow(Exception):
                def __str__(self):
                    end = time.monotonic() + 0.2
                    while time.monotonic() < end:
                        pass
                    return 'slow'
            def fail():
                raise Slow
            for _ in range(2):
                try:
                    run_js('(callback) => callback()')(fail)
                except Slow:
                    print('caught')
        """),
    },
)

ISOLATION = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
PLAIN_HTTP = "http://docs.example.test/"


@pytest.fixture(scope="module")
def site(make_site: MakeSite) -> Site:
    """One site: this tests the page's scripts, which don't depend on the host."""
    return make_site("strategies", Plan("sphinx", [STRATEGIES]))


def expect_strategy(cell: Cell, strategy: str) -> None:
    expect(cell.locator).to_have_attribute("data-input", strategy)


def ask_and_stop(live: LivePage) -> None:
    """Answer a question, then stop a loop; all names are kept."""
    live.cell("keep").run_to("done")
    cell = live.cell("ask")
    cell.run()
    cell.answer("Name?", "Ada")
    cell.wait_for("done")
    assert cell.text.splitlines() == ["Name? Ada", "Hello Ada"]
    cell = live.cell("loop")
    cell.run()
    expect(cell.output).to_contain_text("on")
    cell.stop()
    cell.wait_for("stopped")
    assert live.cell("uses").run_to("done").strip() == "1"


def test_a_browser_that_can_suspend_webassembly_does_so(open_page: OpenPage, site: Site) -> None:
    live = open_page(STRATEGIES, site)
    ask_and_stop(live)
    expect_strategy(live.cell("ask"), "jspi")
    assert live.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_other_browsers_use_a_service_worker_that_controls_no_page(open_page: OpenPage, site: Site) -> None:
    live = open_page(STRATEGIES, site, before=without_jspi)
    ask_and_stop(live)
    expect_strategy(live.cell("ask"), "service-worker")
    scopes = live.page.evaluate(
        "navigator.serviceWorker.getRegistrations().then((all) => all.map(({ scope }) => scope))"
    )
    assert scopes == [site.assets_url]
    live.page.reload()
    assert live.page.evaluate("navigator.serviceWorker.controller") is None
    ask_and_stop(live)


def test_an_isolated_page_shares_memory(open_page: OpenPage, site: Site) -> None:
    with SiteServer(site.folder, ISOLATION) as server:
        isolated = Site(site.plan, site.folder, server.url)
        live = open_page(STRATEGIES, isolated, before=without_jspi)
        ask_and_stop(live)
        expect_strategy(live.cell("ask"), "shared")
        live.page.close()


def test_without_any_strategy_cause_and_fix_are_shown(open_page: OpenPage, site: Site) -> None:
    """A page that is loaded over http: and not from this machine can't use service workers."""

    def over_http(context: BrowserContext) -> None:
        context.route(
            lambda url: url.startswith(PLAIN_HTTP),
            lambda route, request: route.fulfill(
                response=route.fetch(url=site.url + request.url.removeprefix(PLAIN_HTTP)),
            ),
        )
        without_jspi(context)

    insecure = Site(site.plan, site.folder, PLAIN_HTTP)
    live = open_page(STRATEGIES, insecure, before=over_http)
    for key in ("ask", "stdin"):
        text = live.cell(key).run_to("error")
        assert (
            "RuntimeError: input() cannot wait for an answer here: the browser has no JavaScript Pr" in text
        )
        assert "does not come over https:" in text
        assert f'File "{live.file_name(key)}", line ' in text
        assert "pyrun_runtime" not in text
    expect_strategy(live.cell("ask"), "none")
    assert live.cell("preset").run_to("done").splitlines() == ["A? one", "B? two", "one two"]
    assert live.cell("hello").run_to("done").splitlines() == ["hello", "42"]


@pytest.mark.parametrize("strategy", ["jspi", "service-worker", "none"])
def test_a_query_parameter_can_force_a_strategy(open_page: OpenPage, site: Site, strategy: str) -> None:
    live = open_page(STRATEGIES, site, query=f"?pyrun-input={strategy}")
    for key in ("await", "run", "sleep"):
        assert live.cell(key).run_to("done").strip() == "'slept'"
    expect_strategy(live.cell("run"), strategy)


@pytest.mark.parametrize("strategy", ["jspi", "service-worker", "none"])
def test_python_does_not_wait_while_javascript_gets_its_error(
    open_page: OpenPage, site: Site, strategy: str
) -> None:
    """Formatting takes longer than the clock signal's interval, and no browser suspends JavaScript."""
    live = open_page(STRATEGIES, site, query=f"?pyrun-input={strategy}")
    live.cell("keep").run_to("done")
    text = live.cell("slow error").run_to("done")
    assert text.splitlines().count("caught") == 2
    assert live.cell("uses").run_to("done").strip() == "1"


def test_a_forced_strategy_that_is_unavailable_is_reported(open_page: OpenPage, site: Site) -> None:
    live = open_page(STRATEGIES, site, query="?pyrun-input=shared")
    text = live.cell("ask").run_to("error")
    assert 'the site does not isolate its pages; the page\'s address allows only "shared"' in text


def test_asyncio_run_that_only_javascript_could_end_is_reported(open_page: OpenPage, site: Site) -> None:
    live = open_page(STRATEGIES, site, query="?pyrun-input=service-worker")
    text = live.cell("never").run_to("error")
    assert "Write 'await main()' instead of 'asyncio.run(main())'" in text
    assert live.cell("run").run_to("done").strip() == "'slept'"


@pytest.fixture
def helpless(open_page: OpenPage, site: Site) -> LivePage:
    """A page whose Python can't wait."""
    return open_page(STRATEGIES, site, query="?pyrun-input=none")


def test_without_a_strategy_stop_ends_the_interpreter_and_the_reader_is_told(helpless: LivePage) -> None:
    helpless.cell("keep").run_to("done")
    cell = helpless.cell("loop")
    cell.run()
    expect(cell.output).to_contain_text("on")
    cell.stop()
    cell.wait_for("stopped")
    expect(cell.output).to_contain_text("Python did not react to Stop and was restarted")
    assert "NameError" in helpless.cell("uses").run_to("error")


def test_without_a_strategy_output_is_shown_while_the_code_runs(helpless: LivePage) -> None:
    cell = helpless.cell("stream")
    cell.run()
    expect(cell.output).to_contain_text("on")
    assert cell.state == "running"


def test_without_a_strategy_code_that_awaits_is_stopped_and_names_are_kept(helpless: LivePage) -> None:
    helpless.cell("keep").run_to("done")
    cell = helpless.cell("long await")
    cell.run()
    expect(cell.output).to_contain_text("on")
    cell.stop()
    cell.wait_for("stopped")
    assert "restarted" not in cell.text
    assert helpless.cell("uses").run_to("done").strip() == "1"


def test_a_worker_holds_its_lock_before_python_can_block(open_page: OpenPage, site: Site) -> None:
    """If the page gets the lock, it considers the worker dead. Browsers may delay the request, as here."""
    later = """
        const request = navigator.locks.request.bind(navigator.locks);
        navigator.locks.request = async (...given) => {
            await new Promise((resolve) => setTimeout(resolve));
            return request(...given);
        };
    """

    def answer(route: Route) -> None:
        if route.request.resource_type == "fetch":  # the page compares the script with its checksum
            route.continue_()
        else:
            route.fulfill(body=later + route.fetch().text(), content_type="text/javascript")

    def delay(context: BrowserContext) -> None:
        context.route(re.compile(r"/worker-[A-Z0-9]+\.js$"), answer)

    live = open_page(STRATEGIES, site, before=delay, query="?pyrun-input=service-worker")
    live.cell("ask").run()
    live.cell("ask").wait_for("input")
    held = live.page.evaluate("navigator.locks.query().then(({ held }) => held.map(({ name }) => name))")
    assert [name for name in held if name.startswith("pyrun-")]


def test_two_tabs_of_a_site_each_get_their_own_answers(open_page: OpenPage, site: Site) -> None:
    first = open_page(STRATEGIES, site, query="?pyrun-input=service-worker")
    second = first.page.context.new_page()
    second.goto(first.page.url)
    tabs = [first, type(first)(second, STRATEGIES, first.watch)]
    for live in tabs:
        live.page.bring_to_front()  # a page in the background isn't painted, so waits would fail
        live.cell("ask").run()
        live.cell("ask").wait_for("input")
    for live, name in zip(reversed(tabs), ("Zoe", "Ada"), strict=True):
        live.page.bring_to_front()
        live.cell("ask").prompt("Name?").fill(name)
        live.cell("ask").prompt("Name?").press("Enter")
        live.cell("ask").wait_for("done")
        assert live.cell("ask").text.splitlines() == [f"Name? {name}", f"Hello {name}"]


@pytest.mark.parametrize("act", ["answer", "stop"])
def test_a_service_worker_that_the_browser_has_ended_is_restarted(
    open_page: OpenPage, site: Site, act: str
) -> None:
    """As for a tab in the background while input waits for minutes."""
    live = open_page(STRATEGIES, site, query="?pyrun-input=service-worker")
    live.watch.allow("letters-1", "Failed to load resource")  # the request during which it was ended
    cell = live.cell("ask")
    cell.run()
    cell.wait_for("input")
    session = live.page.context.new_cdp_session(live.page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    if act == "stop":
        cell.stop()
        cell.wait_for("stopped")
    else:
        cell.prompt("Name?").fill("Ada")
        cell.prompt("Name?").press("Enter")
        cell.wait_for("done")
        assert cell.text.splitlines() == ["Name? Ada", "Hello Ada"]
    assert live.cell("hello").run_to("done").splitlines() == ["hello", "42"]


def test_a_full_disk_does_not_matter(open_page: OpenPage, site: Site) -> None:
    live = open_page(STRATEGIES, site, query="?pyrun-input=service-worker")
    session = live.page.context.new_cdp_session(live.page)
    origin = re.sub(r"(://[^/]+)/.*", r"\1", site.url)
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 0})
    ask_and_stop(live)
