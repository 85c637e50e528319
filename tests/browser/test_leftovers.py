"""What code leaves on the event loop ends with its run, and cleans up, in every way of waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan, Site

if TYPE_CHECKING:
    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import LivePage

DEFINITIONS = """
import asyncio

async def work(name):
    try:
        while True:
            await asyncio.sleep(0)
    finally:
        await asyncio.sleep(0)
        print("cleaned up", name)

def again():
    asyncio.get_running_loop().call_later(0.01, print, "too late")
    asyncio.get_running_loop().call_soon(again)

async def begin():
    task = asyncio.create_task(work("task"))
    await asyncio.sleep(0)
    return task
"""

LEFTOVERS = Scenario(
    "leftovers",
    {
        "definitions": block(DEFINITIONS, setup=None),
        "by itself": block("again()\ntask = await begin()\nprint('on')"),
        "with an exception": block("task = await begin()\nprint('on')\n1 / 0"),
        "with sys.exit": block("task = await begin()\nprint('on')\nraise SystemExit"),
        "stopped": block("task = await begin()\nprint('on')\nawait asyncio.sleep(3600)"),
        "asyncio.run": block("""
            async def main():
                await begin()
            asyncio.run(main())
            print("after asyncio.run")
        """),
        "failing": block("""
            async def fail():
                try:
                    await asyncio.sleep(3600)
                finally:
                    1 / 0
            task = asyncio.create_task(fail())
            await asyncio.sleep(0)
        """),
        "check": block("""
            await asyncio.sleep(0.05)
            print(len(asyncio.all_tasks()), task.done())
        """),
        "registers": block("""
            import atexit
            @atexit.register
            def leave():
                print("third")
            atexit.register(print, "second")
            atexit.register(print, "never")
            atexit.unregister(print)
            atexit.register(print, "second")
            print("first")
            raise SystemExit
        """),
        "ends": block("import atexit, os\natexit.register(print, 'never')\nos._exit(0)"),
        "sets": block("""
            import contextvars
            variable = contextvars.ContextVar("variable")
            variable.set("set")
        """),
        "gets": block("variable.get()"),
    },
)


@pytest.fixture(scope="module")
def site(make_site: MakeSite) -> Site:
    """One site: this tests the runtime, which doesn't depend on the host."""
    return make_site("leftovers", Plan("sphinx", [LEFTOVERS]))


@pytest.fixture(params=["jspi", "service-worker", "none"])
def live(open_page: OpenPage, site: Site, request: pytest.FixtureRequest) -> LivePage:
    """The page, in ways of waiting that differ in their event loops."""
    return open_page(LEFTOVERS, site, query=f"?pyrun-input={request.param}")


def test_tasks_and_callbacks_end_with_the_run_and_clean_up(live: LivePage) -> None:
    for key, ending in (("by itself", "done"), ("with an exception", "error"), ("with sys.exit", "done")):
        text = live.cell(key).run_to("error" if ending == "error" else "done")
        assert "cleaned up task" in text
        assert live.cell("check").run_to("done").strip() == "1 True"
    cell = live.cell("stopped")
    cell.run()
    expect(cell.output).to_contain_text("on")
    cell.stop()
    cell.wait_for("stopped")
    assert "cleaned up task" in cell.text
    assert live.cell("check").run_to("done").strip() == "1 True"
    assert live.cell("asyncio.run").run_to("done").splitlines() == ["cleaned up task", "after asyncio.run"]
    text = live.cell("failing").run_to("done")
    assert "unhandled exception while a task was cancelled" in text
    assert "ZeroDivisionError" in text


def test_exit_functions_are_called_when_the_run_ends(open_page: OpenPage, site: Site) -> None:
    live = open_page(LEFTOVERS, site)
    for _ in range(2):
        assert live.cell("registers").run_to("done").splitlines() == ["first", "second", "third"]
    assert live.cell("ends").run_to("done").strip() == ""
    assert live.cell("gets").run_to("error").count("never") == 0


def test_context_variables_stay_set_in_the_session(open_page: OpenPage, site: Site) -> None:
    live = open_page(LEFTOVERS, site)
    live.cell("sets").run_to("done")
    assert live.cell("gets").run_to("done").strip() == "'set'"
