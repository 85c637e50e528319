"""If a site's content security policy forbids what Python needs, the page says so instead of waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Route

    from tests.browser.conftest import OpenPage
    from tests.browser.sites import Site

POLICY = Scenario("policy", {"hello": block("print('hello')")})
SCENARIOS = (POLICY,)


def without_webassembly(context: BrowserContext) -> None:
    """Send the worker with the policy of a site that allows its own scripts and nothing else."""

    def answer(route: Route) -> None:
        response = route.fetch()
        headers = response.headers | {"content-security-policy": "script-src 'self'"}
        route.fulfill(response=response, headers=headers)

    context.route("**/worker-*.js", answer)


def test_a_policy_without_webassembly_is_reported_with_its_fix(open_page: OpenPage, site: Site) -> None:
    live = open_page(POLICY, site, before=without_webassembly)
    cell = live.cell("hello")
    cell.run()
    cell.wait_for("error")
    expect(cell.output).to_contain_text(
        "The content security policy of this site does not allow Python to start."
    )
    expect(cell.output).to_contain_text(
        "The site's maintainers can add 'wasm-unsafe-eval' to its script-src."
    )
    expect(cell.output.get_by_role("button", name="Retry")).to_have_count(0)
    assert not [path for path in live.watch.paths() if "pyodide" in path]
