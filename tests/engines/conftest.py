"""The engines, one at a time, and the page with the examples of all scenarios."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

# Fixtures of the browser tests; pytest finds those that a conftest imports.
from tests.browser.conftest import base_url, browser_files, browser_type_launch_args  # noqa: F401
from tests.browser.scenarios import Scenario as PageOfExamples
from tests.browser.server import SiteServer
from tests.browser.sites import Plan, build
from tests.engines.chromium import Chromium
from tests.engines.engine import BrowserLostError
from tests.engines.firefox import Firefox
from tests.engines.opened import EXAMPLES, Opened
from tests.engines.table import Table
from tests.engines.webkit import WebKit
from tests.packages.wheels import make_wheel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.engines.engine import Engine
    from tests.engines.scenario import Place

ISOLATION = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
"""The headers a host must send to make SharedArrayBuffer available."""

LOST = pytest.StashKey[str]()
"""What was known of a browser that was lost in the test."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add options, which pytest knows only if this folder is on its command line."""
    parser.addoption(
        "--write-engine-table",
        action="store_true",
        help="write docs/reference/engines.json, which test_table.py compares with what was found",
    )


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> object:
    """Run a test once more if the browser has crashed: each test starts with a page of its own.

    A crash that pyrun causes comes again. Others are those of the engine: seen once with WebKitGTK 2.50, on a
    busy machine.
    """
    try:
        return (yield)
    except BrowserLostError as error:
        if LOST in pyfuncitem.stash:
            raise
        pyfuncitem.stash[LOST] = str(error)
        pyfuncitem.user_properties.append(("browser lost", str(error)))
        pyfuncitem.runtest()
        return True


class Servers:
    """The built page on a plain host, and on a host that isolates its pages."""

    def __init__(self, plain: str, isolated: str) -> None:
        self._addresses = {"plain": plain, "isolated": isolated}

    def address(self, host: str, strategy: str | None = None) -> str:
        """The URL of the page; with a strategy, Python waits with that one only."""
        return self._addresses[host] + (f"?pyrun-input={strategy}" if strategy else "")

    def saved(self, host: str) -> str:
        """The URL of the page that keeps snapshots of its Python, with the same examples."""
        return self._addresses[host].replace("scenarios", "saved")


@pytest.fixture(scope="session")
def servers(
    browser_files: Path,  # noqa: ARG001, F811 - Sphinx copies them
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Servers]:
    """One Sphinx site, on two servers."""
    wheel = make_wheel(tmp_path_factory.mktemp("wheels"), "small", "1.5")
    page = PageOfExamples("scenarios", EXAMPLES, {"packages": str(wheel), "files": "data/note.txt"})
    saved = replace(page, name="saved", options={**page.options, "snapshots": "true"})
    folder = tmp_path_factory.mktemp("www")
    with SiteServer(folder) as plain, SiteServer(folder, ISOLATION) as isolated:
        plan = Plan("sphinx", [page, saved], {"page_packages": [str(wheel)]}, data={"data/note.txt": "noted"})
        site = build(plan, tmp_path_factory.mktemp("sources") / "engines", folder, plain.url)
        address = site.address(page.name)
        yield Servers(address, address.replace(plain.url, isolated.url))


@pytest.fixture(scope="session")
def table() -> Table:
    """The results."""
    return Table()


@pytest.fixture(scope="session")
def start_engine(request: pytest.FixtureRequest, table: Table) -> Iterator[Callable[[str], Engine]]:
    """Starts an engine by name, unless it is running. Only one runs: two would slow each other down."""
    makers: dict[str, Callable[[], Engine]] = {
        "chromium": lambda: Chromium(
            request.getfixturevalue("browser_type"), request.getfixturevalue("browser_type_launch_args")
        ),
        "firefox": Firefox,
        "webkit": WebKit,
    }
    running: dict[str, Engine] = {}
    with ExitStack() as stack:

        def start(name: str) -> Engine:
            if name not in running:
                stack.pop_all().close()
                running.clear()
                running[name] = stack.enter_context(makers[name]())
                table.add_engine(name, running[name].name, running[name].version)
            return running[name]

        yield start


@pytest.fixture(scope="session")
def opened(
    request: pytest.FixtureRequest,
    start_engine: Callable[[str], Engine],
    servers: Servers,
) -> Iterator[Opened]:
    """The page at a `Place`, which is the test's parameter."""
    place: Place = request.param
    host = "isolated" if place.strategy == "shared" else "plain"
    opened = Opened(place, start_engine(place.engine), servers.address(host, place.strategy))
    yield opened
    opened.close()
