"""A real browser on real sites: the hosts build the scenarios of each test module.

All sites serve the same page scripts, so a test runs on the site of one host, `DEFAULT_HOST`.
Mark a test ``both_hosts``, with the reason, if its result depends on the host or the theme: the markup of
the block, the options as the host reads them, or the files it publishes with a page.
Tests that choose hosts and themes themselves, such as those for navigation and themes, build their sites
with `make_site`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import pytest
from playwright.sync_api import expect

from tests.browser.live_page import BOOT_TIMEOUT_MS, RECORD_STATES, LivePage
from tests.browser.neighbours import Visits
from tests.browser.scenarios import Scenario
from tests.browser.server import SiteServer
from tests.browser.sites import DEFAULT_HOST, HOSTS, Host, Plan, Site, build
from tests.browser.snapshot_shelf import RESTORED, SnapshotShelf
from tests.browser.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext


LoadState = Literal["commit", "domcontentloaded", "load", "networkidle"]
SHELF = pytest.StashKey[SnapshotShelf]()
CHROMIUM = "/usr/bin/chromium"
_SWITCHED_OFF = (
    # Debian's Chromium loads pages for the list below its address bar with each window, which takes as long
    # as a small page of a test.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    # What Playwright switches off for tests. Chromium reads only the last argument of this name.
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
CHROMIUM_ARGUMENTS = [
    f"--disable-features={','.join(_SWITCHED_OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BASELINE_COMPILER = "--js-flags=--liftoff-only"
"""Starting Python takes a quarter less CPU time if V8 optimizes no WebAssembly in the background.

tests/engines runs Chromium without it, as readers do.
"""


# The default timeout of an expectation: Playwright's 5 seconds are less than Python needs to start.
expect.set_options(timeout=BOOT_TIMEOUT_MS)


class OpenPage(Protocol):
    """Opens a page of a scenario in a separate browser context."""

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
        """Open it. ``before`` sets up the context; ``query`` is appended to the address."""


class Supply(Protocol):
    """Provides a snapshot for a page of a scenario."""

    def __call__(
        self,
        context: BrowserContext,
        site: Site,
        scenario: Scenario,
        before: Callable[[BrowserContext], object] | None = None,
        query: str = "",
    ) -> None:
        """Put the snapshot into the context before anything else uses the context."""


class MakeSite(Protocol):
    """Builds a site; building the same plan again returns the same site."""

    def __call__(self, name: str, plan: Plan) -> Site:
        """Build the plan, or return the site that was built under this name."""


@pytest.fixture(scope="session")
def base_url() -> None:
    """None. Replaces pytest-base-url's fixture: a fixture in a class, for which pytest 9.1 and newer warn."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use Debian's Chromium, or the one that PYRUN_CHROMIUM names."""
    executable = os.environ.get("PYRUN_CHROMIUM", CHROMIUM)
    if not Path(executable).exists():
        pytest.fail(
            f"There is no {executable}. Install Chromium, or name it in PYRUN_CHROMIUM.",
            pytrace=False,
        )
    return {
        **browser_type_launch_args,
        "executable_path": executable,
        "args": [*CHROMIUM_ARGUMENTS, BASELINE_COMPILER],
    }


@pytest.fixture(scope="session")
def browser_files(project: Path) -> Path:
    """The built browser files; rebuilt if assets/ has changed since."""
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
    """Snapshots for all pages, if this test run uses them."""
    if not RESTORED:
        yield None
        return
    with SnapshotShelf(browser, tmp_path_factory.mktemp("snapshots")) as shelf:
        pytestconfig.stash[SHELF] = shelf
        yield shelf


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Report which tests ran in a Python restored from a snapshot."""
    if shelf := config.stash.get(SHELF, None):
        terminalreporter.section("snapshots")
        for line in shelf.report():
            terminalreporter.write_line(line)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on the site of one host, or of both hosts if it is marked ``both_hosts``."""
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
    """A site with a page for every scenario of the selected tests."""
    modules = {item.module: None for item in request.session.items if isinstance(item, pytest.Function)}
    named = [scenario for module in modules for scenario in getattr(module, "SCENARIOS", ())]
    scenarios = [scenario for scenario in named if isinstance(scenario, Scenario)]  # tests/engines has others
    return make_site(f"{host}-all", Plan(host, scenarios))


@pytest.fixture(scope="session")
def supply(shelf: SnapshotShelf | None) -> Supply:
    """Puts a snapshot into a context, if this test run uses snapshots."""

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
    """Opens a page that all tests of a module use: they share one worker."""
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
    """Opens pages that tests don't share."""
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


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext], served: SiteServer) -> Iterator[Visits]:
    """Opens pages that are not those of scenarios."""
    visits = Visits(new_context, served)
    yield visits
    visits.check()


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Callable[[str], Path]:
    """Copies the sources of a site of the module's ``SITES``, because neighbours write files there."""

    def copy(name: str) -> Path:
        return shutil.copytree(request.module.SITES / name, tmp_path_factory.mktemp("neighbours") / name)

    return copy


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
