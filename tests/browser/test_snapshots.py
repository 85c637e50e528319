"""Python comes back from a snapshot on later pages, and without one where anything is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.live_page import LivePage
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Route

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.sites import Site

SAVED = Scenario(
    "saved",
    {
        "random": block("import random\nrandom.random()"),
        "library": block("""
            import json
            json.loads("{")
        """),
        "ask": block("print('Hello', input('Name? '))"),
        "endless": block("while True: pass"),
        "names": block("sorted(name for name in globals() if not name.startswith('_'))"),
        "spoil": block("import math\nmath.pi = 3"),
        "spoilt": block("import math\nmath.pi"),
    },
)
UNSAVED = Scenario("unsaved", {"hello": block("print('hello')")}, options={"snapshots": "false"})

RECORD = """
window.starts = [];
window.snapshots = [];
document.addEventListener("pyrun:start", ({ detail }) => window.starts.push(detail.snapshot));
document.addEventListener("pyrun:snapshot", ({ detail }) => window.snapshots.push(detail.problem));
"""

DAMAGE = """async ([part, how]) => {
  const cache = await caches.open("pyrun-snapshots-1");
  for (const request of await cache.keys()) {
    if (!request.url.endsWith(`part=${part}`)) continue;
    const bytes = new Uint8Array(await (await cache.match(request)).arrayBuffer());
    if (how === "gone") await cache.delete(request);
    else if (how === "cut short") await cache.put(request, new Response(bytes.subarray(0, bytes.length / 2)));
    else {
      bytes[Math.floor(bytes.length / 2)] ^= 1;
      await cache.put(request, new Response(bytes));
    }
    return true;
  }
  return false;
}"""


@pytest.fixture(scope="module")
def saving(make_site: MakeSite) -> Site:
    """A site that wants snapshots."""
    return make_site("snapshots", Plan("sphinx", [SAVED, UNSAVED], {"snapshots": True}))


def record(context: BrowserContext) -> None:
    context.add_init_script(RECORD)


def start(live: LivePage) -> str:
    """Start Python; where it came from."""
    live.cell("random").run_to("done")
    [snapshot] = live.page.evaluate("window.starts")
    return str(snapshot)


def next_page(live: LivePage) -> LivePage:
    """The same page once more, for the same reader."""
    page: Page = live.page.context.new_page()
    page.goto(live.page.url)
    return LivePage(page, live.scenario, live.watch)


def wait_until_saved(live: LivePage) -> None:
    live.page.wait_for_function("window.snapshots.length > 0")
    assert live.page.evaluate("window.snapshots") == [None]


@pytest.fixture
def saved(open_page: OpenPage, saving: Site) -> LivePage:
    """A page whose Python has started, and has been saved."""
    live = open_page(SAVED, saving, before=record)
    assert start(live) == "wanted"
    wait_until_saved(live)
    return live


def test_the_next_page_has_the_same_python_from_a_snapshot(saved: LivePage) -> None:
    saved.cell("spoil").run_to("done")  # what a reader runs is not in it
    later = [next_page(saved), next_page(saved)]
    assert [start(live) for live in later] == ["used", "used"]
    numbers = {live.cell("random").text for live in [saved, *later]}
    assert len(numbers) == len([saved, *later])
    live = later[0]
    live.page.bring_to_front()
    assert live.cell("names").run_to("done").strip() == "['random']"
    assert live.cell("spoilt").run_to("done").strip().startswith("3.14")
    library = live.cell("library")
    assert "JSONDecodeError" in library.run_to("error")
    library.output.get_by_text("Show the whole traceback").click()
    assert "obj, end = self.raw_decode" in library.output.locator("details").inner_text()
    live.cell("ask").run()
    live.cell("ask").answer("Name?", "Ada")
    live.cell("ask").wait_for("done")
    assert live.cell("ask").text.splitlines() == ["Name? Ada", "Hello Ada"]
    live.cell("endless").run()
    live.cell("endless").wait_for("running")
    live.cell("endless").stop()
    live.cell("endless").wait_for("stopped")
    assert live.page.evaluate("window.snapshots") == []  # there is one already


@pytest.mark.parametrize(
    ("part", "how"),
    [("heap", "changed"), ("heap", "cut short"), ("heap", "gone"), ("entry", "cut short")],
)
def test_a_damaged_snapshot_is_dropped_and_made_anew(saved: LivePage, part: str, how: str) -> None:
    assert saved.page.evaluate(DAMAGE, [part, how])
    later = next_page(saved)
    assert start(later) == "wanted"
    wait_until_saved(later)
    assert start(next_page(saved)) == "used"


def test_clearing_the_cache_is_all_it_takes(saved: LivePage) -> None:
    assert saved.page.evaluate("caches.delete('pyrun-snapshots-1')")
    assert start(next_page(saved)) == "wanted"


def test_without_storage_python_starts_as_ever(open_page: OpenPage, saving: Site) -> None:
    # No switch of Chromium that a test can reach refuses a worker its caches, so the worker is told.
    def refuse(route: Route) -> None:
        body = route.fetch().text()
        refused = "caches.open = () => Promise.reject(new DOMException('refused', 'SecurityError'));"
        route.fulfill(body=refused + body, content_type="text/javascript")

    def before(context: BrowserContext) -> None:
        record(context)
        context.route(re.compile(r"/worker-[A-Z0-9]+\.js$"), refuse)

    live = open_page(SAVED, saving, before=before)
    assert start(live) == "wanted"
    live.page.wait_for_function("window.snapshots.length > 0")
    assert "refused" in live.page.evaluate("window.snapshots[0]")


def test_a_full_disk_is_no_problem(open_page: OpenPage, saving: Site) -> None:
    live = open_page(SAVED, saving, before=record)
    session = live.page.context.new_cdp_session(live.page)
    origin = re.sub(r"(://[^/]+)/.*", r"\1", saving.url)
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1_000_000})
    assert start(live) == "wanted"
    live.page.wait_for_function("window.snapshots.length > 0")
    assert live.page.evaluate("window.snapshots[0]") is not None
    kept = "caches.open('pyrun-snapshots-1').then((cache) => cache.keys()).then((keys) => keys.length)"
    assert live.page.evaluate(kept) == 0


def test_an_author_can_do_without(open_page: OpenPage, saving: Site) -> None:
    live = open_page(UNSAVED, saving, before=record)
    assert live.cell("hello").run_to("done") == "hello\n"
    assert live.page.evaluate("window.starts") == ["none"]
