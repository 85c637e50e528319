"""A real browser on real sites: the scenarios of each test module, built by the hosts themselves.

What happens in the page comes from the same files on every site, so a test runs on the site of one host,
`DEFAULT_HOST`. A test has the mark ``both_hosts``, with the reason, where what it tests depends on the host
or its theme: the markup of the block, the options as the host reads them, which files it serves with a page.
Tests that name hosts and themes themselves, as those of navigation and themes do, build their sites with
`make_site`.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import pytest
from playwright.sync_api import expect

from tests.browser.live_page import BOOT_TIMEOUT_MS, RECORD_STATES, LivePage
from tests.browser.server import SiteServer
from tests.browser.sites import DEFAULT_HOST, HOSTS, Host, Plan, Site, build
from tests.browser.snapshot_shelf import RESTORED, SnapshotShelf
from tests.browser.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext

    from tests.browser.scenarios import Scenario

LoadState = Literal["commit", "domcontentloaded", "load", "networkidle"]
SHELF = pytest.StashKey[SnapshotShelf]()
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# How long a test waits for what must come: Playwright's 5 seconds are less than Python takes to start.
expect.set_options(timeout=BOOT_TIMEOUT_MS)


class OpenPage(Protocol):
    """Opens a page of a scenario in a browser context of its own."""

    def __call__(
        self,
        scenario: Scenario,
        site: Site,
        *,
        before: Callable[[BrowserContext], object] | None = None,
        wait_until: LoadState = "load",
        query: str = "",
        **context_options: Any,  # noqa: ANN401 - Playwright's own
    ) -> LivePage:
        """Open it; ``before`` sets up the context, ``query`` is put behind the address."""


class Supply(Protocol):
    """Lets a page of a scenario find a snapshot."""

    def __call__(
        self,
        context: BrowserContext,
        site: Site,
        scenario: Scenario,
        before: Callable[[BrowserContext], object] | None = None,
        query: str = "",
    ) -> None:
        """Lay it into the context, before anything else is done to that."""


class MakeSite(Protocol):
    """Builds a site; the same plan is built once."""

    def __call__(self, name: str, plan: Plan) -> Site:
        """Build what is planned, or take what the name stands for already."""


@pytest.fixture(scope="session")
def base_url() -> None:
    """None. In place of pytest-base-url's own, which pytest 9.1 and newer warn of (a fixture in a class)."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium; the variable PYRUN_CHROMIUM names another."""
    executable = os.environ.get("PYRUN_CHROMIUM", CHROMIUM)
    if not Path(executable).exists():
        pytest.fail(
            f"There is no {executable}. Install Chromium, or name it in PYRUN_CHROMIUM.",
            pytrace=False,
        )
    return {**browser_type_launch_args, "executable_path": executable, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def browser_files(project: Path) -> Path:
    """The built browser files; built anew where assets/ has changed since."""
    folder = project / "pyrun_core" / "browser"
    manifest = folder / "manifest.json"
    sources = [path for path in (project / "assets").rglob("*") if path.is_file()]
    changed = max(path.stat().st_mtime for path in (*sources, project / "package-lock.json"))
    if not manifest.exists() or manifest.stat().st_mtime < changed:
        command = ["npm", "run", "--silent", "build"]
        run = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        if run.returncode:
            pytest.fail(f"The browser files could not be built:\n{run.stdout}{run.stderr}", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """The server of all test sites."""
    with SiteServer(tmp_path_factory.mktemp("www")) as server:
        yield server


@pytest.fixture(scope="session")
def make_site(
    served: SiteServer,
    browser_files: Path,  # noqa: ARG001 - the hosts copy them
    tmp_path_factory: pytest.TempPathFactory,
) -> MakeSite:
    """Builds sites that differ from the two of `site`."""
    sources = tmp_path_factory.mktemp("sources")
    sites: dict[str, Site] = {}

    def make(name: str, plan: Plan) -> Site:
        if name not in sites:
            sites[name] = build(plan, sources / name, served.folder, served.url)
        return sites[name]

    return make


@pytest.fixture(scope="session")
def shelf(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[SnapshotShelf | None]:
    """Snapshots for all pages, in a run of the tests that wants them."""
    if not RESTORED:
        yield None
        return
    with SnapshotShelf(browser, tmp_path_factory.mktemp("snapshots")) as shelf:
        pytestconfig.stash[SHELF] = shelf
        yield shelf


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which tests ran in a Python that came from a snapshot."""
    if shelf := config.stash.get(SHELF, None):
        terminalreporter.section("snapshots")
        for line in shelf.report():
            terminalreporter.write_line(line)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on the site of one host, or of each where it has the mark ``both_hosts``."""
    if "host" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker("both_hosts") and not RESTORED
        hosts = HOSTS if marked else (DEFAULT_HOST,)
        metafunc.parametrize("host", hosts, indirect=True, scope="session")


@pytest.fixture(scope="session")
def host(request: pytest.FixtureRequest) -> Host:
    """The host that builds the test's site."""
    chosen: Host = request.param
    return chosen


@pytest.fixture(scope="session")
def site(host: Host, make_site: MakeSite, request: pytest.FixtureRequest) -> Site:
    """A site with a page for every scenario of the tests that are to run."""
    modules = {item.module: None for item in request.session.items if isinstance(item, pytest.Function)}
    scenarios = [scenario for module in modules for scenario in getattr(module, "SCENARIOS", ())]
    return make_site(f"{host}-all", Plan(host, scenarios))


@pytest.fixture(scope="session")
def supply(shelf: SnapshotShelf | None) -> Supply:
    """Lays a snapshot into a context where a run of the tests wants it."""

    def supply_one(
        context: BrowserContext,
        site: Site,
        scenario: Scenario,
        before: Callable[[BrowserContext], object] | None = None,
        query: str = "",
    ) -> None:
        if shelf:
            shelf.supply(context, site.folder, site.url, site.address(scenario.name) + query, before)

    return supply_one


@pytest.fixture(scope="module")
def share_page(browser: Browser, supply: Supply) -> Iterator[Callable[[Scenario, Site], LivePage]]:
    """Opens a page for all tests of a module: they share one worker."""
    with ExitStack() as contexts:

        def share(scenario: Scenario, site: Site) -> LivePage:
            context = contexts.enter_context(browser.new_context())
            supply(context, site, scenario)
            return _open(context, site, scenario)

        yield share


@pytest.fixture(scope="module")
def shared_page(
    share_page: Callable[[Scenario, Site], LivePage], site: Site, request: pytest.FixtureRequest
) -> LivePage:
    """The page of the module's first scenario."""
    return share_page(request.module.SCENARIOS[0], site)


@pytest.fixture
def live(shared_page: LivePage) -> Iterator[LivePage]:
    """`shared_page`, for one test."""
    yield shared_page
    shared_page.watch.check()


@pytest.fixture
def open_page(
    new_context: Callable[..., BrowserContext], supply: Supply, request: pytest.FixtureRequest
) -> Iterator[OpenPage]:
    """Opens pages that nobody shares."""
    opened: list[LivePage] = []

    def open_one(
        scenario: Scenario,
        site: Site,
        *,
        before: Callable[[BrowserContext], object] | None = None,
        wait_until: LoadState = "load",
        query: str = "",
        **context_options: Any,  # noqa: ANN401
    ) -> LivePage:
        context = new_context(**context_options)
        if not request.node.get_closest_marker("first_visit"):
            supply(context, site, scenario, before, query)
        if before:
            before(context)
        live = _open(context, site, scenario, wait_until, query)
        opened.append(live)
        return live

    yield open_one
    for live in opened:
        live.watch.check()


def _open(
    context: BrowserContext,
    site: Site,
    scenario: Scenario,
    wait_until: LoadState = "load",
    query: str = "",
) -> LivePage:
    context.add_init_script(RECORD_STATES)
    watch = Watch(context, site.url)
    page = context.new_page()
    page.goto(site.address(scenario.name) + query, wait_until=wait_until)
    return LivePage(page, scenario, watch)
