"""Requests of code carry cookies only if the author says so, where the browser leaves it to the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.scenarios import Scenario, block
from tests.browser.server import BLANK_PAGE
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.server import SiteServer

REQUESTS = Scenario(
    "requests",
    {
        "requests": block(f"""
            import js
            from pyodide.http import open_url, pyfetch
            def address(way):
                return f"{{js.location.origin}}/{{way}}/{BLANK_PAGE}"
            await js.fetch(address("fetch"), credentials="include")
            await js.fetch(js.Request.new(address("request"), credentials="include"))
            await pyfetch(address("pyfetch"))
            open_url(address("open_url"))
        """)
    },
)


@pytest.mark.parametrize(
    ("option", "sent"),
    [("omit", set()), ("same-origin", {"fetch", "request", "pyfetch", "open_url"})],
)
def test_fetch_carries_cookies_only_if_the_author_says_so(
    option: str, sent: set[str], open_page: OpenPage, make_site: MakeSite, served: SiteServer
) -> None:
    site = make_site(f"credentials-{option}", Plan("sphinx", [REQUESTS], {"credentials": option}))
    live = open_page(REQUESTS, site)
    live.watch.allow("request failed: .*/blank-page")  # the code reads no bodies
    live.page.evaluate("document.cookie = 'session=secret; path=/'")
    served.cookies.clear()
    live.cell("requests").run_to("done")
    found = {
        path.split("/")[1]: "secret" in cookies
        for path, cookies in served.cookies.items()
        if path.endswith(BLANK_PAGE)
    }
    assert found == {way: way in sent for way in ("fetch", "request", "pyfetch", "open_url")}
