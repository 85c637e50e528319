"""An isolated Python works under a strict content security policy, or the page says what to add to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Route

    from tests.browser.conftest import MakeSite, OpenPage

STRICT = "default-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'"
"""Inline scripts and styles are those of the theme."""

HELLO = Scenario("isolated-hello", {"hello": block("import js\nprint(js.origin)")})


def with_policy(policy: str) -> Callable[[BrowserContext], None]:
    """Send pages with the policy, as the site's host would."""

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, headers=response.headers | {"content-security-policy": policy})

    return lambda context: context.route("**/*.html", answer)


def test_the_policy_has_to_allow_the_worker_and_nothing_else(
    open_page: OpenPage, make_site: MakeSite
) -> None:
    site = make_site("isolated-policy", Plan("sphinx", [HELLO], {"isolation": "opaque"}))
    allowed = open_page(HELLO, site, before=with_policy(f"{STRICT}; worker-src 'self' data:"))
    allowed.watch.allow("Content Security Policy")  # what the theme does besides
    assert allowed.cell("hello").run_to("done").strip() == "null"
    strict = open_page(HELLO, site, before=with_policy(STRICT))
    strict.watch.allow("Content Security Policy", "request failed: data:")
    cell = strict.cell("hello")
    cell.run()
    cell.wait_for("error")
    expect(cell.output).to_contain_text("The site's maintainers can add data: to its worker-src.")
