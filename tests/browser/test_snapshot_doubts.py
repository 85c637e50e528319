"""If something changes between two visits, or while a tab is open, an outdated Python is never used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan
from tests.browser.test_failures import CHANGED
from tests.browser.test_snapshots import KEPT, end_of_saving, next_page, record
from tests.packages.wheels import make_wheel

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Route

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import LivePage
    from tests.browser.sites import Site

DOUBTED = Scenario(
    "doubted",
    {
        "package": block("import greeting\ngreeting.hello()"),
        "library": block("import sched, json\nsched.scheduler.__name__, json.loads('[1]')"),
    },
)
SMALL = Scenario("small", {"core": block("print(42, end='')")})
WHEEL = re.compile(r"/greeting-[^/]*\.whl$")

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self'"
)

pytestmark = pytest.mark.first_visit("the tests make snapshots themselves")


@pytest.fixture(scope="module")
def doubted(make_site: MakeSite, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with a package, which uses snapshots."""
    modules = {"greeting.py": "def hello(): return 'hello'\n"}
    wheel = make_wheel(tmp_path_factory.mktemp("wheels"), "greeting", modules=modules)
    plan = Plan("sphinx", [DOUBTED], {"snapshots": True, "packages": [str(wheel)]}, theme="alabaster")
    return make_site("doubted", plan)


def start(live: LivePage) -> str:
    """Start Python, which must work; return where it came from."""
    assert live.cell("package").run_to("done").strip() == "'hello'"
    assert live.cell("library").run_to("done").strip() == "('scheduler', [1])"
    [snapshot] = live.page.evaluate("window.starts")
    return str(snapshot)


def save(live: LivePage, found: str = "wanted") -> None:
    """Start Python without a snapshot, whatever the page has found, and wait until one is saved."""
    assert start(live) == found
    assert end_of_saving(live) is None


def test_two_tabs_that_start_simultaneously_make_one_snapshot(open_page: OpenPage, doubted: Site) -> None:
    """Under a strict policy, which makes no difference."""

    def before(context: BrowserContext) -> None:
        record(context)

        def add_policy(route: Route) -> None:
            response = route.fetch()
            route.fulfill(response=response, headers=response.headers | {"content-security-policy": POLICY})

        context.route(re.compile(r"/doubted\.html$|/worker-[A-Z0-9]+\.js$"), add_policy)

    one = open_page(DOUBTED, doubted, before=before)
    one.watch.allow("violates the following Content Security Policy", "csp")
    other = next_page(one)
    for tab in (one, other):
        tab.cell("package").run()
    for tab in (one, other):
        tab.page.bring_to_front()  # a page in the background isn't drawn, and Playwright checks after drawing
        tab.cell("package").wait_for("done")
        assert tab.page.evaluate("window.starts") == ["wanted"]
    # Whether the other tab finds a snapshot or finds that one is being made: there is no problem.
    for tab in (one, other):
        tab.page.bring_to_front()
        assert end_of_saving(tab) is None
    assert len(other.page.evaluate(KEPT)) == 1
    assert start(next_page(one)) == "used"


def test_changed_files_of_the_site_never_meet_a_snapshot_of_older_ones(
    open_page: OpenPage, doubted: Site
) -> None:
    live = open_page(DOUBTED, doubted, before=record)
    context = live.page.context
    save(live)

    # A wheel that doesn't match the lock file never gets into a snapshot.
    context.route(WHEEL, lambda route: route.fulfill(body="changed", content_type="application/zip"))
    assert start(next_page(live)) == "used"
    live.page.evaluate("caches.delete('pyrun-snapshots-2')")
    refused = next_page(live)
    live.watch.allow("integrity", "has been changed", "loading greeting", "request failed: .*greeting")
    assert CHANGED in refused.cell("package").run_to("error")
    assert end_of_saving(refused) == "not all packages could be loaded: greeting"
    context.unroute(WHEEL)
    save(next_page(live))


def test_a_new_deployment_gets_a_new_python_in_open_tabs_too(
    open_page: OpenPage, make_site: MakeSite
) -> None:
    """Pyodide was upgraded. No page names it, so none has to be loaded again."""
    plan = Plan("sphinx", [SMALL], {"snapshots": True}, theme="alabaster")
    site = make_site("deployments", plan)
    live = open_page(SMALL, site, before=record)
    assert live.cell("core").run_to("done") == "42"
    assert end_of_saving(live) is None
    open_tab = next_page(live)

    folder = site.folder / "_static/pyrun"
    [old] = folder.glob("pyodide-*/")
    old.rename(old.with_name("pyodide-999.0.0"))
    settlement = folder / "settlement.json"
    text = settlement.read_text(encoding="utf-8")
    settlement.write_text(text.replace(old.name, "pyodide-999.0.0"), encoding="utf-8")

    upgraded = next_page(live)
    assert upgraded.cell("core").run_to("done") == "42"
    assert upgraded.page.evaluate("window.starts") == ["wanted"]
    assert end_of_saving(upgraded) is None
    assert len(live.page.evaluate(KEPT)) == 2  # old ones are removed only when there are too many

    assert open_tab.cell("core").run_to("done") == "42"
    assert open_tab.page.evaluate("window.starts") == ["used"]
