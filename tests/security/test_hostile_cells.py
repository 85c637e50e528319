"""Code in a cell forges messages to the page, and changes its worker. The page stays as it was."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Block, Scenario, block
from tests.browser.sites import Plan
from tests.browser.test_freshness import restart
from tests.browser.test_snapshots import RECORD

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import LivePage
    from tests.browser.sites import Site

ATTACKS = Path(__file__).with_name("hostile.js").read_text(encoding="utf-8").replace("export ", "")


def attack(function: str, last: str = "attacked") -> Block:
    """An example that calls a function of `hostile.js` in its worker, and writes something."""
    script = f"(async () => {{ {ATTACKS}\nawait {function}(); }})()"
    return block(f"from pyodide.code import run_js\nawait run_js({script!r})\nprint({last!r})")


HOSTILE = Scenario(
    "hostile",
    {
        "victim": block("import json\nprint('fine')"),
        "forge": attack("forgeMessages"),
        "forge runs": attack("forgeRuns", "the last line"),
        "end": attack("forgeEnds", "after the end"),
        "crash": attack("forgeCrash"),
        "patch": attack("patchWorker"),
        "speak": attack("speak"),
        "leave": block("open('left.txt', 'w').write('x')\nimport string\nstring.digits = None\nleft = 1"),
        "look": block(
            "import os, string\nprint(os.path.exists('left.txt'), string.digits is None, 'left' in globals())"
        ),
        "reach": block("""
            import js
            names = ["localStorage", "sessionStorage", "cookieStore", "document", "open", "SharedWorker"]
            print([name for name in names if hasattr(js, name)])
        """),
    },
)

pytestmark = pytest.mark.first_visit("a start is counted")


@pytest.fixture(scope="module")
def hostile(make_site: MakeSite) -> Site:
    """A site with code that attacks the page."""
    return make_site("hostile", Plan("sphinx", [HOSTILE], {"snapshots": False}, theme="alabaster"))


def record(context: BrowserContext) -> None:
    context.add_init_script(RECORD)


def is_fine(live: LivePage) -> None:
    """Another cell runs as always."""
    assert live.cell("victim").run_to("done").strip() == "fine"


def test_forged_messages_change_nothing(open_page: OpenPage, hostile: Site) -> None:
    """About the start of a worker, about a run, about other runs; and whatever is no message at all."""
    live = open_page(HOSTILE, hostile, before=record)
    is_fine(live)
    for key in ("forge", "speak"):
        assert live.cell(key).run_to("done").strip() == "attacked"
        is_fine(live)
    assert live.cell("reach").run_to("done").strip() == "[]"

    # A run can spoil its own output. It ends once, and no other cell shows anything of it.
    assert "the last line" in live.cell("forge runs").run_to("done")
    expect(live.page.get_by_role("textbox", name="forged?")).to_have_count(0)
    assert live.cell("victim").text.strip() == "fine"
    is_fine(live)

    # A run that says too early that it is over: the page goes on, and ignores the rest.
    assert live.cell("end").run_to("done").strip() == ""
    is_fine(live)
    assert live.page.evaluate("window.starts") == ["none"]

    # A forged crash ends this Python, as a real one would. The next starts with the page's modules.
    live.watch.requests.clear()
    live.cell("crash").run_to("error")
    is_fine(live)
    assert live.page.evaluate("window.starts") == ["none", "none"]
    assert "pyodide.asm.wasm" not in live.watch.paths()


def test_nothing_of_a_python_is_in_the_next_one(open_page: OpenPage, hostile: Site) -> None:
    live = open_page(HOSTILE, hostile, before=record)
    for key in ("leave", "forge"):
        live.cell(key).run_to("done")
    live.cell("patch").run_to("done", "error")  # the worker is deaf, and Python may have crashed
    restart(live.cell("victim"))
    is_fine(live)
    assert live.cell("look").run_to("done").split() == ["False", "False", "False"]
    assert live.page.evaluate("window.starts") == ["none", "none"]


def test_every_message_of_the_protocol_is_forged() -> None:
    """The list in `hostile.js` is complete."""
    protocol = Path(__file__).parents[2] / "assets" / "shared" / "protocol.js"
    from_worker = protocol.read_text(encoding="utf-8").partition("Python is ready")[2]
    known = set(re.findall(r'type: "(\w+)"', from_worker))
    assert {"ready", "crashed", "written"} <= known
    assert {name for name in known if f'type: "{name}"' not in ATTACKS} == set()
