"""Python is restored from a snapshot on later pages, and starts without one if anything is wrong with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.live_page import LivePage
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan
from tests.browser.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

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
        "c call": block("print('on', flush=True)\nsum(range(10**13))"),
        "names": block("sorted(name for name in globals() if not name.startswith('_'))"),
        "spoil": block("import math\nmath.pi = 3"),
        "spoilt": block("import math\nmath.pi"),
    },
)
MOST_SNAPSHOTS = 5  # as in assets/page/snapshots/store.js

pytestmark = pytest.mark.first_visit("the tests make snapshots themselves")

DRAWN = Scenario(
    "drawn",
    {
        "before": block("""
            import sys
            import matplotlib.pyplot as plt
            has_drawn = "matplotlib.backends.backend_agg" in sys.modules
            has_drawn, plt.get_fignums()
        """),
        "figure": block("plt.plot([1, 4, 9], label='squares')\nplt.legend();"),
    },
    options={"packages": "matplotlib"},
)

CONTENT = "async ({ src }) => [...new Uint8Array(await (await fetch(src)).arrayBuffer())]"
"""The bytes of an image."""

UNSAVED = Scenario("unsaved", {"hello": block("print('hello')")}, options={"snapshots": "false"})

RECORD = """
window.starts = [];
window.snapshots = [];
document.addEventListener("pyrun:start", ({ detail }) => window.starts.push(detail.snapshot));
document.addEventListener("pyrun:snapshot", ({ detail }) => window.snapshots.push(detail.problem));
"""

_SEAL = Path(__file__).parents[2] / "assets" / "page" / "snapshots" / "seal.js"

SEALING = (
    _SEAL.read_text(encoding="utf-8").replace("export ", "")
    + """
const bytes = Uint8Array.from(atob(localStorage.getItem("pyrun-snapshot-secret")), (c) => c.charCodeAt(0));
const secret = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
const cache = await caches.open("pyrun-snapshots-2");
"""
)
"""JavaScript that seals snapshots as the page does."""

DAMAGE = (
    f"async ([part, how]) => {{ {SEALING}"
    """
  for (const request of await cache.keys()) {
    if (!request.url.endsWith(`part=${part}`)) continue;
    const bytes = new Uint8Array(await (await cache.match(request)).arrayBuffer());
    if (how === "gone") await cache.delete(request);
    else if (how === "cut short") await cache.put(request, new Response(bytes.subarray(0, bytes.length / 2)));
    else if (how === "another table") {
      const address = (part) => request.url.replace(/part=\\w+$/, `part=${part}`);
      const blob = async (part) => (await cache.match(address(part))).blob();
      const description = JSON.parse(new TextDecoder().decode(bytes));
      description.links.coreLength = 1;
      const parts = {
        entry: new Blob([JSON.stringify(description)]),
        heap: await blob("heap"),
        files: await blob("files"),
      };
      const key = new URL(request.url).searchParams.get("snapshot");
      await cache.put(request, new Response(parts.entry));
      await cache.put(address("seal"), new Response(await seal(secret, key, parts)));
    } else {
      bytes[Math.floor(bytes.length / 2)] ^= 1;
      await cache.put(request, new Response(bytes));
    }
    return true;
  }
  return false;
}"""
)


KEPT = """async () => {
  if (!(await caches.has("pyrun-snapshots-2"))) return [];
  const requests = await (await caches.open("pyrun-snapshots-2")).keys();
  return [...new Set(requests.map(({ url }) => new URL(url).searchParams.get("snapshot")))].sort();
}"""

OTHERS = (
    f"async (number) => {{ {SEALING}"
    """
  const [{ url }] = await cache.keys();
  const nothing = new Blob([]);
  for (let used = 1; used <= number; used++) {
    const place = new URL(url);
    const proof = await seal(secret, `other-${used}`, { entry: nothing, heap: nothing, files: nothing });
    for (const [part, content] of [["seal", proof], ["used", used]]) {
      place.search = `snapshot=other-${used}&part=${part}`;
      await cache.put(place, new Response(content));
    }
  }
}"""
)
"""Snapshots that were last used long ago."""

UNSEALED = """async ([key, used]) => {
  const cache = await caches.open("pyrun-snapshots-2");
  const [{ url }] = await cache.keys();
  const place = new URL(url);
  place.search = `snapshot=${key}&part=used`;
  await cache.put(place, new Response(used ?? Date.now()));
}"""
"""The first part of a snapshot that is not whole: another tab is storing it, or was closed meanwhile."""


COPY = """async ([from, to]) => {
  const [source, target] = [await caches.open(from), await caches.open(to)];
  for (const request of await source.keys()) await target.put(request, await source.match(request));
}"""
STORED, INTACT = "pyrun-snapshots-2", "intact"

SAVES_DATA = "Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) })"
"""A page of such a reader deletes a damaged snapshot, but makes none. Chromium has no switch for it."""


@pytest.fixture(scope="module")
def saving(make_site: MakeSite) -> Site:
    """A site that uses snapshots."""
    return make_site("snapshots", Plan("sphinx", [SAVED, UNSAVED], {"snapshots": True}))


def record(context: BrowserContext) -> None:
    context.add_init_script(RECORD)


def start(live: LivePage) -> str:
    """Start Python; return where it came from."""
    live.cell("random").run_to("done")
    [snapshot] = live.page.evaluate("window.starts")
    return str(snapshot)


def next_page(live: LivePage, script: str = "") -> LivePage:
    """Open the same page again, for the same reader. ``script`` runs before the page's scripts."""
    page: Page = live.page.context.new_page()
    page.add_init_script(script)
    page.goto(live.page.url)
    return LivePage(page, live.scenario, live.watch)


def end_of_saving(live: LivePage) -> str | None:
    """Wait for a snapshot; return what interrupted it, if anything did."""
    live.page.wait_for_function("() => window.snapshots.length > 0")
    [problem] = live.page.evaluate("window.snapshots")
    return None if problem is None else str(problem)


@pytest.fixture(scope="module")
def reader(browser: Browser, saving: Site) -> Iterator[LivePage]:
    """A returning reader: Python has started before and has been saved."""
    context = browser.new_context()
    record(context)
    watch = Watch(context, saving.url)
    live = LivePage(context.new_page(), SAVED, watch)
    live.page.goto(saving.address(SAVED.name))
    yield live
    context.close()


@pytest.fixture
def saved(reader: LivePage) -> Iterator[LivePage]:
    """A page of the returning reader, with a snapshot in the browser."""
    if not reader.page.evaluate(KEPT):
        reader.page.reload()
        assert start(reader) == "wanted"
        assert end_of_saving(reader) is None
    yield reader
    for page in reader.page.context.pages:
        if page is not reader.page:
            page.close()
    reader.watch.check()


def test_the_next_page_restores_the_same_python_from_a_snapshot(saved: LivePage) -> None:
    saved.cell("spoil").run_to("done")  # the snapshot doesn't contain what a reader ran
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
    assert live.page.evaluate("window.snapshots") == []  # one exists already


def kill(live: LivePage) -> None:
    """Stop code that ends only with its worker."""
    cell = live.cell("c call")
    cell.run()
    expect(cell.output).to_contain_text("on")
    cell.stop()
    cell.wait_for("stopped")


def test_python_that_stop_has_ended_is_restored_from_memory(saved: LivePage) -> None:
    live = next_page(saved)
    assert start(live) == "used"
    live.watch.requests.clear()
    kill(live)
    live.cell("random").run_to("done")
    assert live.page.evaluate("window.starts") == ["used", "used"]
    names = live.watch.paths()
    assert "python_stdlib.zip" in names  # which makes requests visible
    assert "pyodide.asm.wasm" not in names  # the page has compiled it already


def test_a_damaged_snapshot_is_deleted_and_replaced(saved: LivePage) -> None:
    damages = (
        *(("heap", how) for how in ("changed", "cut short", "gone")),
        *(("files", how) for how in ("changed", "gone")),
        *(("entry", how) for how in ("changed", "cut short", "another table")),
        *(("seal", how) for how in ("changed", "cut short")),
    )
    saved.page.evaluate(COPY, [STORED, INTACT])
    for part, how in damages:
        assert saved.page.evaluate(DAMAGE, [part, how])
        later = next_page(saved, SAVES_DATA)
        assert start(later) == "refused", (part, how)
        later.page.wait_for_function(f"async () => (await ({KEPT})()).length === 0")
        later.page.close()
        saved.page.evaluate(COPY, [INTACT, STORED])
    assert saved.page.evaluate(DAMAGE, ["heap", "changed"])
    later = next_page(saved)
    assert start(later) == "refused"
    assert end_of_saving(later) is None
    later.page.close()
    assert start(next_page(saved)) == "used"


def test_clearing_the_cache_is_sufficient_and_the_number_of_snapshots_is_limited(saved: LivePage) -> None:
    assert saved.page.evaluate("caches.delete('pyrun-snapshots-2')")
    later = next_page(saved)
    assert start(later) == "wanted"
    assert end_of_saving(later) is None
    [key] = saved.page.evaluate(KEPT)
    saved.page.evaluate(OTHERS, MOST_SNAPSHOTS)
    saved.page.evaluate(DAMAGE, ["seal", "gone"])
    saved.page.evaluate(UNSEALED, ["abandoned", 1])
    saved.page.evaluate(UNSEALED, ["unfinished", None])
    later = next_page(saved)
    assert start(later) == "wanted"
    assert end_of_saving(later) is None
    others = [f"other-{number}" for number in range(2, MOST_SNAPSHOTS + 1)]
    assert saved.page.evaluate(KEPT) == sorted([key, *others, "unfinished"])
    saved.page.evaluate("caches.delete('pyrun-snapshots-2')")


REFUSALS = {
    # How Chromium blocks site data, and how Firefox does.
    "open": "caches.open = () => Promise.reject(new DOMException('refused', 'SecurityError'));",
    "get": (
        "Object.defineProperty(self, 'caches', "
        "{ get() { throw new DOMException('refused', 'SecurityError'); } });"
    ),
    # Where the secret for seals would be.
    "secret": (
        "const get = Storage.prototype.getItem;"
        "Storage.prototype.getItem = function (name) {"
        "  if (!name.startsWith('pyrun')) return get.call(this, name);"
        "  throw new DOMException('refused', 'SecurityError');"
        "};"
    ),
    # The disk becomes full halfway through.
    "put": (
        "const put = Cache.prototype.put;"
        "Cache.prototype.put = function (key, response) {"
        "  if (String(key).includes('part=heap')) return put.call(this, key, response);"
        "  return Promise.reject(new DOMException('refused', 'QuotaExceededError'));"
        "};"
    ),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_python_starts_without_storage(open_page: OpenPage, saving: Site, refusal: str) -> None:
    def before(context: BrowserContext) -> None:
        record(context)
        context.add_init_script(f"if (isSecureContext) {{ {REFUSALS[refusal]} }}")

    live = open_page(SAVED, saving, before=before)
    assert start(live) == "wanted"
    assert re.search("refused|stores no secret", end_of_saving(live) or "")
    if refusal != "get":
        assert live.page.evaluate(KEPT) == []
    assert live.cell("names").run_to("done").strip() == "['random']"
    # The page keeps the snapshot itself, for its lifetime.
    kill(live)
    assert live.cell("names").run_to("done").strip() == "[]"
    assert live.page.evaluate("window.starts") == ["wanted", "used"]


def test_a_full_disk_is_no_problem(open_page: OpenPage, saving: Site) -> None:
    live = open_page(SAVED, saving, before=record)
    session = live.page.context.new_cdp_session(live.page)
    origin = re.sub(r"(://[^/]+)/.*", r"\1", saving.url)
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1_000_000})
    assert start(live) == "wanted"
    assert end_of_saving(live) is not None
    assert live.page.evaluate(KEPT) == []


LITTLE = [("connection", "{ saveData: true }"), ("deviceMemory", "0.5")]
ENOUGH = [("connection", "{ saveData: false }"), ("deviceMemory", "1")]


@pytest.mark.parametrize(("name", "value"), [*LITTLE, *ENOUGH])
def test_a_reader_who_saves_data_or_has_little_memory_gets_no_snapshot(
    open_page: OpenPage, saving: Site, name: str, value: str
) -> None:
    # Tests can't set these with any switch of Chromium, so the page is patched.
    patched = f"Object.defineProperty(Navigator.prototype, '{name}', {{ get: () => ({value}) }})"
    live = open_page(SAVED, saving, before=lambda context: context.add_init_script(f"{RECORD}; {patched}"))
    live.page.clock.install()
    assert start(live) == "wanted"
    if (name, value) in ENOUGH:
        with live.page.expect_worker():
            live.page.clock.run_for("01:00")
    else:
        live.page.clock.run_for("01:00")
        assert len(live.workers) == 1


def test_a_snapshot_can_draw_but_has_drawn_nothing(
    open_page: OpenPage, make_site: MakeSite, full_pyodide: Path
) -> None:
    plan = Plan("sphinx", [DRAWN], {"snapshots": True, "pyodide": str(full_pyodide)})
    live = open_page(DRAWN, make_site("snapshots-drawn", plan), before=record)
    pages = [live]
    for known in ("False", "True"):
        page = pages[-1]
        assert page.cell("before").run_to("done").strip() == f"({known}, [])"
        page.cell("figure").run_to("done")
        if page is live:
            assert end_of_saving(page) is None
            pages.append(next_page(page))
    pictures = [page.cell("figure").output.get_by_role("img").evaluate(CONTENT) for page in pages]
    assert pictures[0] == pictures[1]


def test_an_author_can_disable_snapshots(open_page: OpenPage, saving: Site) -> None:
    live = open_page(UNSAVED, saving, before=record)
    assert live.cell("hello").run_to("done") == "hello\n"
    assert live.page.evaluate("window.starts") == ["none"]
