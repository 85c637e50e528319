"""Code reads data from the web with the libraries that it would use elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.data_server import BIG_BYTES, CSV, DataServer
from tests.browser.live_page import BOOT_TIMEOUT_MS
from tests.browser.routes import without_jspi
from tests.browser.scenarios import Scenario, block
from tests.browser.server import SiteServer
from tests.browser.sites import Plan
from tests.browser.web_examples import (
    ASYNCHRONOUS,
    CODE,
    COPIED,
    COPIED_WITH_PACKAGES,
    DATA_SETS,
    PACKAGED,
    filled,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Route

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import LivePage
    from tests.browser.sites import Host, Site


@pytest.fixture(scope="module")
def data() -> Iterator[DataServer]:
    """A server of data on another origin."""
    with DataServer() as server:
        yield server


@pytest.fixture(scope="module")
def scenario(data: DataServer) -> Scenario:
    """The page whose code uses the standard library."""
    return Scenario("web", filled(CODE, data.url))


@pytest.fixture(scope="module")
def site(make_site: MakeSite, scenario: Scenario) -> Site:
    """The site of that page."""
    return make_site("web", Plan("sphinx", [scenario]))


@pytest.fixture(scope="module")
def packaged(data: DataServer) -> Scenario:
    """The page whose code uses packages."""
    return Scenario("packages", filled(PACKAGED, data.url), {"packages": "pandas, requests, httpx"})


@pytest.fixture(scope="module")
def packages_site(make_site: MakeSite, packaged: Scenario, full_pyodide: Path) -> Site:
    """Its site, with a Pyodide that has these packages."""
    return make_site("web-packages", Plan("sphinx", [packaged], {"pyodide": str(full_pyodide)}))


@pytest.mark.parametrize("isolation", ["origin", "opaque"])
@pytest.mark.parametrize("before", [None, without_jspi], ids=["suspended", "blocked"])
def test_files_that_the_build_has_copied_are_found_under_their_urls(
    open_page: OpenPage,
    make_site: MakeSite,
    data: DataServer,
    isolation: str,
    before: Callable[[BrowserContext], object] | None,
) -> None:
    options = {"files": f"{data.url}closed/csv/planets.csv"}
    scenario = Scenario("copied", filled(COPIED, data.url), options)
    pyrun = {"page_files": [data.url], "isolation": isolation}
    site = make_site(f"web-copied-{isolation}", Plan("sphinx", [scenario], pyrun))
    data.seen.clear()
    page = open_page(scenario, site, before=before)
    standard = page.cell("standard library").run_to("done")
    assert standard.startswith(f"{CSV}\nTrue\ntext/csv\n")
    assert results(page, "fetch") == ["True name,moons\nname,moons"]
    assert data.seen == []


@pytest.mark.both_hosts("each finds the files of its pages")
def test_packages_read_files_that_the_build_has_copied(
    open_page: OpenPage, make_site: MakeSite, data: DataServer, host: Host, full_pyodide: Path
) -> None:
    options = {"files": f"{data.url}closed/csv/planets.csv", "packages": "pandas, requests, httpx"}
    scenario = Scenario("copied", filled(COPIED_WITH_PACKAGES, data.url), options)
    pyrun = {"page_files": [data.url], "pyodide": str(full_pyodide)}
    site = make_site(f"web-copied-{host}", Plan(host, [scenario], pyrun))
    data.seen.clear()
    assert results(open_page(scenario, site), "packages") == ["3\nname,moons\nname,moons"]
    assert data.seen == []


@pytest.fixture(scope="module")
def shared(share_page: Callable[[Scenario, Site], LivePage], scenario: Scenario, site: Site) -> LivePage:
    """That page, with one Python for several tests."""
    return share_page(scenario, site)


@pytest.fixture
def live(shared: LivePage) -> Iterator[LivePage]:
    """That page, for one test."""
    yield shared
    shared.watch.allow("127.0.0.1:")
    shared.watch.check()


def results(live: LivePage, *names: str) -> list[str]:
    """What examples print."""
    return [live.cell(name).run_to("done").strip() for name in names]


STANDARD = ("read", "gzip", "retrieve", "redirect", "missing", "post", "head", "client", "timeout")
PRINTED = [
    f"200 {len(CSV)} {CSV}".strip(),
    f"None {len(CSV) * 100} {len(CSV) * 100}",
    f"{BIG_BYTES} True",
    f"csv/moved.csv 200 {len(CSV)}",
    '404 Not Found {"error": "no such planet"}',
    'POST {"a": 1} 1 yes',
    f"200 {len(CSV)} b''",
    f'11 OK {len(CSV)}\n11 OK {len(CSV)}\nb\'{{"method": "PUT", "body": "in chunks", \'',
    "TimeoutError('timed out')",
]
"""What they print, in every browser and with every wait strategy."""


def test_the_standard_library_reads_from_a_server_that_allows_it(live: LivePage) -> None:
    assert results(live, *STANDARD) == PRINTED


def test_the_same_without_suspension(open_page: OpenPage, scenario: Scenario, site: Site) -> None:
    page = open_page(scenario, site, before=without_jspi)
    page.watch.allow("127.0.0.1:")
    assert results(page, *STANDARD) == PRINTED


@pytest.mark.parametrize("waiting", ["never", "endless"])
def test_stop_ends_a_request_and_keeps_python(live: LivePage, data: DataServer, waiting: str) -> None:
    data.asked.clear()
    cell = live.cell(waiting)
    cell.run()
    expect(cell.output).to_contain_text("on" if waiting == "never" else "b'first'")
    assert data.asked.wait(BOOT_TIMEOUT_MS / 1000)
    cell.stop()
    cell.wait_for("stopped")
    assert results(live, "kept") == ["still here"]


def test_a_refused_request_says_why(live: LivePage, data: DataServer) -> None:
    host = data.url.removeprefix("http://").rstrip("/")
    text = live.cell("refused").run_to("error").strip()
    assert f"URLError: <urlopen error {data.url}closed/csv/planets.csv cannot be read: its server" in text
    assert (
        f"(The server {host} does not let pages of other sites read this address. The page's author can "
        "list the URL in the option `files`, so that this site has a copy.)"
    ) in text
    assert "(Your browser gets no answer from 127.0.0.1:9. Check" in live.cell("unreachable").run_to("error")
    own = live.cell("own").run_to("error").strip()
    assert own.endswith("URLError: <urlopen error of the code itself>")


@pytest.mark.parametrize("before", [None, without_jspi], ids=["suspended", "blocked"])
def test_packages_read_from_a_server_that_allows_it(
    open_page: OpenPage,
    packaged: Scenario,
    packages_site: Site,
    before: Callable[[BrowserContext], object] | None,
    data: DataServer,
) -> None:
    data.seen.clear()
    page = open_page(packaged, packages_site, before=before)
    page.watch.allow("127.0.0.1:")
    assert results(page, "frame", "requests", "session", "httpx", "open_url") == [
        "3",
        f"200 OK text/csv {CSV}".strip(),
        f"""{{"a": 1}} POST
csv/moved.csv [302]
{len(CSV)}
{BIG_BYTES}
404 Client Error: Not Found {{'error': 'no such planet'}}
ReadTimeout""",
        f"""{{"a":1}} OK
csv/moved.csv {len(CSV)} 1
{BIG_BYTES}
ReadTimeout
name,moons""",
        "name,moons",
    ]
    assert "POST /csv/moved.csv" in data.seen  # and not the answer of the redirect before it
    for name in ("refused by requests", "refused by httpx"):
        assert "other sites read" in page.cell(name).run_to("error").rpartition("\n(")[2]


WHEELS = (
    *("aiohttp==3.14.5", "aiohappyeyeballs==2.7.1", "aiosignal==1.4.0", "attrs==26.1.0", "frozenlist==1.8.0"),
    *("multidict==7.2.1", "propcache==0.5.4", "yarl==1.25.1", "idna==3.20"),
    *("pooch==1.9.0", "platformdirs==4.14.8", "packaging==26.4"),
    *("requests==2.34.2", "urllib3==2.8.0", "certifi==2026.10.19.post1", "charset-normalizer==3.5.3"),
)
"""Wheels of Python alone. The bundled Pyodide lists other ones, which are on its CDN."""


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """A server of these wheels."""
    folder = tmp_path_factory.mktemp("wheels")
    options = ["--no-deps", "--only-binary=:all:", "--implementation=py", "--abi=none", "--platform=any"]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--retries=10", *options]
    subprocess.run([*command, "--python-version=3.14", "--dest", str(folder), *WHEELS], check=True)
    with SiteServer(folder) as server:
        yield server


def test_aiohttp_and_pooch_read_from_a_server_that_allows_it(
    open_page: OpenPage, make_site: MakeSite, data: DataServer, wheels: SiteServer
) -> None:
    files = " ".join(wheels.url + wheel.name for wheel in sorted(wheels.folder.iterdir()))
    setup = block("import glob, sys\nsys.path[:0] = glob.glob('*.whl')", setup=None)
    scenario = Scenario("aiohttp", {"setup": setup, **filled(ASYNCHRONOUS, data.url)}, {"files": files})
    pyrun = {"page_files": [wheels.url], "load_missing": False}
    plan = Plan("sphinx", [scenario], pyrun, config={"suppress_warnings": ["pyrun.undeclared"]})
    page = open_page(scenario, make_site("web-aiohttp", plan))
    page.watch.allow("127.0.0.1:")
    assert results(page, "aiohttp") == [
        f'200 OK {{"a": 1}}\ncsv/moved.csv {len(CSV)} 1\nin chunks\n{BIG_BYTES}\ntoo late'
    ]
    assert "other sites read" in page.cell("refused by aiohttp").run_to("error").rpartition("\n(")[2]
    assert results(page, "pooch")[0].endswith(f"\n{len(CSV)}")
    data.asked.clear()
    page.cell("never").run()
    assert data.asked.wait(BOOT_TIMEOUT_MS / 1000)
    page.cell("never").stop()
    page.cell("never").wait_for("stopped")
    assert results(page, "kept") == ["still here"]


def test_libraries_with_data_sets_load_them(
    open_page: OpenPage, make_site: MakeSite, data: DataServer, full_pyodide: Path
) -> None:
    scenario = Scenario("data-sets", filled(DATA_SETS, data.url), {"packages": "seaborn, scikit-learn"})
    site = make_site("web-data-sets", Plan("sphinx", [scenario], {"pyodide": str(full_pyodide)}))

    def answer(route: Route) -> None:
        names = "planets_of_tests\n"
        body = CSV if route.request.url.endswith(".csv") else names
        route.fulfill(body=body, headers={"Access-Control-Allow-Origin": "*"})

    page = open_page(
        scenario,
        site,
        before=lambda context: context.route(re.compile("githubusercontent|github.com"), answer),
    )
    page.watch.allow("127.0.0.1:|github")
    assert results(page, "seaborn", "sklearn") == ["3", str(len(CSV))]


def test_a_request_that_the_policy_of_the_site_forbids_says_so(
    open_page: OpenPage, make_site: MakeSite, data: DataServer
) -> None:
    scenario = Scenario("policy", filled({"read": CODE["read"]}, data.url))
    built = make_site("web-policy", Plan("sphinx", [scenario]))
    policy = "connect-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline'; worker-src 'self'"
    folder = built.folder.parents[2]
    with SiteServer(folder, {"Content-Security-Policy": policy}) as server:
        url = server.url + str(built.folder.relative_to(folder)) + "/"
        page = open_page(scenario, replace(built, url=url))
        page.watch.allow("Content Security Policy|violates the following")
        data.seen.clear()
        text = page.cell("read").run_to("error")
    assert "cannot be read: the Content-Security-Policy of this site forbids it" in text
    assert "(The security policy of this site does not let its pages read from 127.0.0.1:" in text
    assert data.seen == []
