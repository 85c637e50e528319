"""Alarms and signals belong to the code; Stop does not depend on them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.routes import without_jspi
from tests.browser.scenarios import Scenario, block
from tests.browser.server import SiteServer
from tests.browser.sites import Plan, Site
from tests.browser.test_wait_strategies import ISOLATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import Cell, LivePage

RING = """
    import signal, time

    class TooSlow(Exception):
        pass

    def ring(number, frame):
        print("rings in", frame.f_code.co_name)
        raise TooSlow

    signal.signal(signal.SIGALRM, ring)
    began = time.monotonic()
"""


def timed(code: str, seconds: str = "signal.alarm(1)") -> str:
    """A program that sets an alarm, and tells whether it rang: a busy machine is late."""
    wrapped = "".join(f"    {line}\n" for line in code.splitlines())
    return (
        f"{block(RING).code}\n{seconds}\ntry:\n{wrapped}except TooSlow:\n"
        "    print('in time:', 0.9 < time.monotonic() - began < 60)\n"
    )


SIGNALS = Scenario(
    "signals",
    {
        "keep": block("kept = 'still here'"),
        "uses": block("kept"),
        "quiz": block(timed("print('Hello,', input('Name? '))")),
        "patient": block(timed("print('Hello,', input('Name? '))", "signal.alarm(600)")),
        "busy": block(timed("while True: pass")),
        "sleeps": block(timed("time.sleep(600)")),
        "pauses": block("""
            import signal, time
            began = time.monotonic()
            signal.signal(signal.SIGALRM, lambda number, frame: print("rings", number))
            signal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)
            for _ in range(3):
                signal.pause()
            print(0.3 <= time.monotonic() - began, signal.getitimer(signal.ITIMER_REAL)[1])
        """),
        "rings on": block("""
            import signal
            signal.signal(signal.SIGALRM, lambda number, frame: print("rings"))
            signal.setitimer(signal.ITIMER_REAL, 0.2, 0.2)
            print("Hello,", input("Name? "))
        """),
        "unhandled": block("import signal\nsignal.alarm(1)\nwhile True: pass"),
        "loop": block("print('on', flush=True)\nwhile True: pass"),
        "endless handler": block("""
            import signal, time
            def ring(number, frame):
                print('on', flush=True)
                while True: pass
            signal.signal(signal.SIGALRM, ring)
            signal.setitimer(signal.ITIMER_REAL, 0.1)
            time.sleep(600)
        """),
        "handles SIGINT": block("""
            import signal, time
            running = True
            def leave(number, frame):
                global running
                running = False
            signal.signal(signal.SIGINT, leave)
            print('on')
            while running:
                time.sleep(0.1)
            print('left by itself')
        """),
        "ignores SIGINT": block("""
            import signal
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            print('on', flush=True)
            while True: pass
        """),
        "survives SIGINT": block("""
            import signal
            signal.signal(signal.SIGINT, lambda *_: print('handled'))
            print('on', flush=True)
            while True: pass
        """),
        "leaves": block("""
            import signal
            signal.signal(signal.SIGALRM, lambda *_: print('too late'))
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            signal.setitimer(signal.ITIMER_REAL, 0.1)
        """),
        "finds": block("""
            import signal, time
            time.sleep(0.2)
            print(signal.getsignal(signal.SIGALRM) is signal.SIG_DFL, signal.alarm(0))
            print(signal.getsignal(signal.SIGTERM) is signal.SIG_DFL)
            try:
                signal.signal(63, print)
            except ValueError as error:
                print(error)
        """),
        "handles all": block(
            """
            import os, signal
            def note(number, frame):
                print(signal.Signals(number).name)
            for number in signal.valid_signals():
                try:
                    signal.signal(number, note)
                except OSError:
                    pass
            print(os.read(0, 10))
            os.kill(os.getpid(), signal.SIGTTIN)
        """,
            stdin="typed",
        ),
        "kill": block("import os\nprint('on')\nos.kill(os.getpid(), 15)\nprint('never')"),
        "abort": block("import os\nos.abort()"),
        "exit": block("import os\ntry:\n    os._exit(3)\nexcept Exception:\n    print('never')"),
        "exit well": block("import os\nprint('on')\nos._exit(0)"),
        "handled kill": block("""
            import os, signal
            signal.signal(signal.SIGTERM, lambda number, frame: print(number, frame.f_code.co_name))
            os.kill(os.getpid(), signal.SIGTERM)
            signal.raise_signal(signal.SIGTERM)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            os.kill(os.getpid(), signal.SIGTERM)
            try:
                signal.raise_signal(signal.SIGINT)
            except KeyboardInterrupt:
                print('interrupted')
        """),
    },
)


@pytest.fixture(scope="module")
def site(make_site: MakeSite) -> Site:
    """One site: this tests the runtime, which doesn't depend on the host."""
    return make_site("signals", Plan("sphinx", [SIGNALS]))


@pytest.fixture(params=["jspi", "service-worker", "shared"])
def live(open_page: OpenPage, site: Site, request: pytest.FixtureRequest) -> Iterator[LivePage]:
    """The page, in every way of waiting that can ask the reader."""
    if request.param != "shared":
        yield open_page(SIGNALS, site, query=f"?pyrun-input={request.param}")
        return
    with SiteServer(site.folder, ISOLATION) as server:
        isolated = Site(site.plan, site.folder, server.url)
        live = open_page(SIGNALS, isolated, before=without_jspi)
        yield live
        live.page.close()


def stopped(cell: Cell) -> str:
    """Stop an example that has begun to run; Python must not restart."""
    cell.run()
    expect(cell.output).to_contain_text("on")
    cell.stop()
    cell.wait_for("stopped", "done")
    assert "restarted" not in cell.text
    return cell.text


def test_alarms_ring_while_code_waits_and_while_it_is_busy(live: LivePage) -> None:
    live.cell("keep").run_to("done")
    cell = live.cell("patient")
    cell.run()
    cell.answer("Name?", "Ada")
    cell.wait_for("done")
    assert cell.text.splitlines()[-1] == "Hello, Ada"
    cell = live.cell("quiz")
    cell.run_to("done")  # its prompt is there for less than a second, which a busy machine may not notice
    assert "input" in cell.states
    expect(cell.output.get_by_role("textbox")).to_have_count(0)
    assert cell.text.splitlines()[-2:] == ["Name? rings in <module>", "in time: True"]
    for key in ("busy", "sleeps"):
        assert live.cell(key).run_to("done").splitlines() == ["rings in <module>", "in time: True"]
    *rings, last = live.cell("pauses").run_to("done").splitlines()
    assert rings[:3] == ["rings 14"] * 3  # a slow machine lets it ring once more before the end
    assert set(rings[3:]) <= {"rings 14"}
    assert last == "True 0.1"
    assert "Alarm clock (signal 14)" in live.cell("unhandled").run_to("error")
    for key in ("loop", "endless handler"):
        stopped(live.cell(key))
    assert live.cell("uses").run_to("done").strip() == "'still here'"


def test_a_prompt_stays_while_an_alarm_rings(live: LivePage) -> None:
    cell = live.cell("rings on")
    cell.run()
    cell.wait_for("input")
    box = cell.prompt("Name?")
    expect(box).to_be_focused()
    cell.page.keyboard.insert_text("A")
    before = cell.text.count("rings")
    expect(cell.output).to_contain_text(re.compile(rf"(rings\s+){{{before + 2}}}"))
    expect(box).to_be_focused()
    expect(box).to_have_value("A")
    cell.page.keyboard.insert_text("da")
    cell.page.keyboard.press("Enter")
    cell.wait_for("done")
    assert cell.text.splitlines()[-1] == "Hello, Ada"


def test_stop_ends_code_whatever_it_does_with_its_signals(open_page: OpenPage, site: Site) -> None:
    live = open_page(SIGNALS, site)
    live.cell("keep").run_to("done")
    assert "left by itself" in stopped(live.cell("handles SIGINT"))
    assert "handled" in stopped(live.cell("survives SIGINT"))
    stopped(live.cell("ignores SIGINT"))
    assert live.cell("uses").run_to("done").strip() == "'still here'"


def test_handlers_and_alarms_end_with_the_run(open_page: OpenPage, site: Site) -> None:
    live = open_page(SIGNALS, site)
    live.cell("leaves").run_to("done")
    assert live.cell("finds").run_to("done").splitlines() == ["True 0", "True", "signal number out of range"]


def test_code_that_handles_all_signals_gets_its_own_only(open_page: OpenPage, site: Site) -> None:
    live = open_page(SIGNALS, site)
    assert live.cell("handles all").run_to("done").splitlines() == ["typed", "b'typed\\n'", "SIGTTIN"]


def test_code_that_ends_the_process_ends_its_run_alone(open_page: OpenPage, site: Site) -> None:
    live = open_page(SIGNALS, site)
    live.cell("keep").run_to("done")
    assert live.cell("kill").run_to("error").splitlines() == ["on", "Terminated (signal 15)"]
    assert live.cell("abort").run_to("error").strip() == "Aborted (signal 6)"
    assert live.cell("exit").run_to("error").strip() == "exit status 3"
    assert live.cell("exit well").run_to("done").strip() == "on"
    assert live.cell("handled kill").run_to("done").splitlines() == [
        "15 <module>",
        "15 <module>",
        "interrupted",
    ]
    assert live.cell("uses").run_to("done").strip() == "'still here'"
