"""Others write to the storage of the site's origin: code in a cell, and a page that is not this site's."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

from tests.browser.live_page import LivePage
from tests.browser.scenarios import Scenario, block
from tests.browser.server import BLANK_PAGE
from tests.browser.sites import Plan
from tests.browser.test_snapshots import KEPT, end_of_saving, next_page, record
from tests.packages.wheels import make_wheel
from tests.security.test_hostile_cells import attack

if TYPE_CHECKING:
    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.sites import Site

COPY = """async () => {
  const name = "pyrun-snapshots-2";
  const cache = await caches.open(name);
  const requests = await cache.keys();
  const keys = [...new Set(requests.map(({ url }) => new URL(url).searchParams.get("snapshot")))];
  for (const { url } of requests) {
    const from = new URL(url);
    if (from.searchParams.get("snapshot") !== keys[0]) continue;
    const to = new URL(url);
    to.searchParams.set("snapshot", keys[1]);
    await cache.put(to, (await cache.match(from)));
  }
  return keys.length;
}"""
"""Stores one of two snapshots, with its seal, under the key of the other."""

FORGING = Scenario("forging", {"hello": block("print('hello')"), "forge": attack("forgeSnapshots")})
OTHER = Scenario("other", {"hello": block("import greeting\nprint('hello')")})

pytestmark = pytest.mark.first_visit("the tests make snapshots themselves")


@pytest.fixture(scope="module")
def forging(make_site: MakeSite, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with two pages, whose snapshots differ: one imports a package."""
    wheel = make_wheel(tmp_path_factory.mktemp("wheels"), "greeting")
    options = {"snapshots": True, "packages": [str(wheel)]}
    return make_site("forging", Plan("sphinx", [FORGING, OTHER], options, theme="alabaster"))


def start(live: LivePage) -> str:
    """Start Python, which must work; return where it came from, and wait until it is saved."""
    assert live.cell("hello").run_to("done").strip().endswith("hello")
    [snapshot] = live.page.evaluate("window.starts")
    if snapshot != "used":
        assert end_of_saving(live) is None
    return str(snapshot)


def test_a_snapshot_that_code_has_forged_is_never_used(open_page: OpenPage, forging: Site) -> None:
    """Not even by Python itself: the page verifies it first. It is deleted, and replaced by a genuine one."""
    live = open_page(FORGING, forging, before=record)
    assert start(live) == "wanted"
    assert start(next_page(live)) == "used"
    assert live.cell("forge").run_to("done").strip() == "attacked"
    assert start(next_page(live)) == "refused"
    assert start(next_page(live)) == "used"


def test_a_neighbour_on_the_origin_cannot_swap_snapshots(open_page: OpenPage, forging: Site) -> None:
    """A genuine snapshot of one page is not used for another page, and old caches are deleted."""
    live = open_page(FORGING, forging, before=record)
    assert start(live) == "wanted"
    other = LivePage(live.page.context.new_page(), OTHER, live.watch)
    other.page.goto(forging.address(OTHER.name))
    assert start(other) == "wanted"
    neighbour = live.page.context.new_page()
    with closing(neighbour):
        neighbour.goto(urljoin(forging.url, BLANK_PAGE))
        assert neighbour.evaluate(COPY) == len(neighbour.evaluate(KEPT))
    starts = []
    for page in (live, other):
        page.page.reload()
        starts.append(start(page))
    assert sorted(starts) == ["refused", "used"]
