"""Stop ends running code at once, and the reader loses nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.routes import Held
from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from tests.browser.conftest import OpenPage
    from tests.browser.live_page import LivePage
    from tests.browser.sites import Site

STOPPING = Scenario(
    "stopping",
    {
        "keep": block("kept = 'still here'"),
        "tight loop": block("print('on')\nwhile True: pass"),
        "sleep": block("import time\nprint('on')\ntime.sleep(3600)"),
        "asyncio sleep": block("import asyncio\nprint('on')\nawait asyncio.sleep(3600)"),
        "asyncio run": block("""
            import asyncio
            async def main():
                print('on')
                await asyncio.sleep(3600)
            asyncio.run(main())
        """),
        "busy in asyncio run": block("""
            import asyncio
            async def main():
                print('on')
                while True: pass
            asyncio.run(main())
        """),
        "busy task": block("""
            import asyncio
            async def main():
                print('on')
                while True: pass
            await asyncio.create_task(main())
        """),
        "task group": block("""
            import asyncio
            async with asyncio.TaskGroup() as group:
                print('on')
                for _ in range(3):
                    group.create_task(asyncio.sleep(3600))
        """),
        "input": block("print('on')\ninput('Never? ')"),
        "printing": block("while True: print('on')"),
        "function": block("""
            def deep(level):
                while level == 40: pass
                deep(level + 1)
            print('on')
            deep(0)
        """),
        "callback": block("""
            def key(item):
                while True: pass
            print('on')
            sorted([1, 2], key=key)
        """),
        "uses": block("kept"),
        "cleans up": block("""
            print('on')
            try:
                while True: pass
            finally:
                print('cleaned up')
        """),
        "refuses": block("""
            print('on')
            while True:
                try:
                    while True: pass
                except KeyboardInterrupt:
                    print('not me')
        """),
        "c call": block("print('on', flush=True)\nsum(range(10**13))"),
        "quick": block("'quick'"),
    },
)
SCENARIOS = (STOPPING,)

ENDLESS = (
    "tight loop",
    "sleep",
    "asyncio sleep",
    "asyncio run",
    "busy in asyncio run",
    "busy task",
    "task group",
    "printing",
    "function",
    "callback",
)

STOP_MS = 1500
"""Less than the time after which the page would terminate the worker."""


@pytest.mark.parametrize("key", ENDLESS)
def test_stop_ends_endless_code_and_keeps_names(live: LivePage, key: str) -> None:
    live.cell("keep").run_to("done")
    cell = live.cell(key)
    before = len(cell.states)
    cell.run()
    expect(cell.output).to_contain_text("on")
    cell.stop()
    cell.wait_for("stopped")
    assert cell.states[before:] == ["loading", "running", "stopped"]
    assert "restarted" not in cell.text
    assert "Traceback" not in cell.text
    expect(cell.status).to_have_text("Stopped")
    assert live.cell("uses").run_to("done").strip() == "'still here'"


def test_stop_ends_a_waiting_input(live: LivePage) -> None:
    live.cell("keep").run_to("done")
    cell = live.cell("input")
    before = len(cell.states)
    cell.run()
    cell.wait_for("input")
    cell.stop()
    cell.wait_for("stopped")
    expect(cell.output.get_by_role("textbox")).to_have_count(0)
    assert cell.states[before:] == ["loading", "running", "input", "stopped"]
    assert live.cell("uses").run_to("done").strip() == "'still here'"


def test_stop_is_quick(live: LivePage) -> None:
    cell = live.cell("tight loop")
    cell.run()
    cell.wait_for("running")
    expect(cell.output).to_contain_text("on")
    took_ms = cell.locator.evaluate("""cell => new Promise((resolve) => {
        const began = performance.now();
        cell.addEventListener("pyrun:state", () => resolve(performance.now() - began), { once: true });
        cell.shadowRoot.querySelector("button.stop").click();
    })""")
    assert took_ms < STOP_MS
    cell.wait_for("stopped")


@pytest.mark.parametrize("key", ["tight loop", "asyncio sleep"])
def test_stop_that_comes_with_the_run_keeps_python(open_page: OpenPage, site: Site, key: str) -> None:
    def stop_at_once(context: BrowserContext) -> None:
        context.add_init_script("""
            const { postMessage } = Worker.prototype;
            Worker.prototype.postMessage = function (message, ...more) {
                postMessage.call(this, message, ...more);
                if (message.type === "run" && message.source.code.includes("on")) {
                    postMessage.call(this, { type: "stop", run: message.run });
                }
            };
        """)

    live = open_page(STOPPING, site, before=stop_at_once)
    live.cell("keep").run_to("done")
    live.cell(key).run_to("stopped")
    assert live.cell("uses").run_to("done").strip() == "'still here'"


def test_code_that_is_stopped_cleans_up(live: LivePage) -> None:
    cell = live.cell("cleans up")
    cell.run()
    expect(cell.output).to_contain_text("on")
    cell.stop()
    cell.wait_for("stopped")
    assert "cleaned up" in cell.text


def test_a_queued_run_is_stopped_before_it_starts(live: LivePage) -> None:
    first, queued = live.cell("tight loop"), live.cell("quick")
    first.run()
    first.wait_for("running")
    before = len(queued.states)
    queued.run()
    expect(queued.status).to_have_text("Waiting for another example")
    queued.stop()
    queued.wait_for("stopped")
    assert queued.states[before:] == ["loading", "stopped"]
    assert first.state == "running"
    first.stop()
    first.wait_for("stopped")


def test_the_focus_is_kept_when_the_stop_button_disappears(live: LivePage) -> None:
    cell = live.cell("tight loop")
    cell.run()
    cell.wait_for("running")
    cell.button("Stop").focus()
    cell.page.keyboard.press("Enter")
    cell.wait_for("stopped")
    expect(cell.button("Run")).to_be_focused()
    expect(cell.button("Stop")).to_be_hidden()


def test_a_cell_that_is_removed_while_it_runs_does_not_block_the_next_one(
    open_page: OpenPage, site: Site
) -> None:
    live = open_page(STOPPING, site)
    live.cell("keep").run_to("done")
    cell, after = live.cell("tight loop"), live.cell("uses")
    handle = after.locator.element_handle()
    cell.run()
    cell.wait_for("running")
    cell.locator.evaluate("cell => cell.remove()")
    assert handle is not None
    live.page.evaluate("cell => cell.run()", handle)
    removed_one = 1
    survivor = live.at(STOPPING.position("uses") - removed_one)
    survivor.wait_for("done")
    assert survivor.text.strip() == "'still here'"


@pytest.mark.parametrize("key", ["c call", "refuses"])
def test_code_that_cannot_be_stopped_ends_the_interpreter_and_the_reader_is_told(
    open_page: OpenPage,
    site: Site,
    key: str,
) -> None:
    live = open_page(STOPPING, site)
    live.cell("keep").run_to("done")
    cell = live.cell(key)
    before = len(cell.states)
    cell.run()
    expect(cell.output).to_contain_text("on")
    cell.stop()
    cell.wait_for("stopped")
    assert cell.states[before:] == ["loading", "running", "stopped"]
    expect(cell.output).to_contain_text("Python did not react to Stop and was restarted")
    assert "NameError" in live.cell("uses").run_to("error")
    assert live.cell("quick").run_to("done").strip() == "'quick'"


def test_stop_before_python_is_ready_ends_the_run_and_not_the_boot(open_page: OpenPage, site: Site) -> None:
    held = Held(re.compile("wasm$"))
    live = open_page(STOPPING, site, before=held)
    cell = live.cell("quick")
    with live.page.expect_request(re.compile("wasm$")):
        cell.run()
    cell.stop()
    cell.wait_for("stopped")
    assert cell.states == ["loading", "stopped"]
    held.release()
    assert cell.run_to("done").strip() == "'quick'"
    assert len([path for path in live.watch.paths() if path.endswith(".wasm")]) == 1
