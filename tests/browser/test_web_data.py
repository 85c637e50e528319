"""Code reads data from the web with the libraries that it would use elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.data_server import BIG_BYTES, CSV, DataServer
from tests.browser.routes import without_jspi
from tests.browser.scenarios import Block, Scenario, block
from tests.browser.server import SiteServer
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import LivePage
    from tests.browser.sites import Host, Site

CODE = {
    "read": """
        from urllib.request import urlopen
        with urlopen("{data}csv/planets.csv") as answer:
            print(answer.status, answer.headers["content-length"], answer.read().decode())
    """,
    "gzip": """
        from urllib.request import urlopen
        answer = urlopen("{data}gzip/planets.csv")
        print(answer.headers["content-encoding"], answer.headers["content-length"], len(answer.read()))
    """,
    "retrieve": """
        from urllib.request import urlretrieve
        steps = []
        path, headers = urlretrieve("{data}big/file.bin", "/tmp/file.bin", lambda *step: steps.append(step))
        import os
        print(os.path.getsize(path), len(steps) > 100)
    """,
    "redirect": """
        from urllib.request import urlopen
        answer = urlopen("{data}redirect/from")
        print(answer.url.removeprefix("{data}"), answer.status, len(answer.read()))
    """,
    "missing": """
        from urllib.request import urlopen
        from urllib.error import HTTPError
        try:
            urlopen("{data}missing/planet")
        except HTTPError as error:
            print(error.code, error.reason, error.read().decode())
    """,
    "post": """
        import json
        from urllib.request import Request, build_opener
        request = Request("{data}echo/post", b'{"a": 1}', {"Content-Type": "application/json", "X-Own": "1"})
        answer = build_opener().open(request)
        echo = json.load(answer)
        print(echo["method"], echo["body"], echo["headers"]["X-Own"], answer.headers["x-shown"])
    """,
    "head": """
        from urllib.request import Request, urlopen
        answer = urlopen(Request("{data}csv/planets.csv", method="HEAD"))
        print(answer.status, answer.headers["content-length"], answer.read())
    """,
    "client": """
        from http.client import HTTPConnection
        connection = HTTPConnection("{host}", timeout=20)
        for path in ("/csv/1", "/csv/2"):
            connection.request("GET", path)
            answer = connection.getresponse()
            print(answer.version, answer.reason, len(answer.read()))
        connection.request("PUT", "/echo/", body=iter([b"in ", b"chunks"]))
        print(connection.getresponse().read()[:39])
    """,
    "timeout": """
        from urllib.request import urlopen
        try:
            urlopen("{data}never/answers", timeout=0.2)
        except TimeoutError as error:
            print(repr(error))
    """,
    "never": """
        from urllib.request import urlopen
        kept = "still here"
        print("on")
        urlopen("{data}never/answers")
    """,
    "endless": """
        from urllib.request import urlopen
        kept = "still here"
        answer = urlopen("{data}endless/stream")
        print(answer.read(5))
        answer.read(1)
    """,
    "kept": "print(kept)",
    "refused": """
        from urllib.request import urlopen
        urlopen("{data}closed/csv/planets.csv")
    """,
    "unreachable": """
        from urllib.request import urlopen
        urlopen("http://127.0.0.1:9/planets.csv")
    """,
    "own": """
        from urllib.error import URLError
        raise URLError("of the code itself")
    """,
}

PACKAGED = {
    "frame": """
        import pandas
        print(pandas.read_csv("{data}csv/planets.csv").moons.sum())
    """,
    "requests": """
        import requests
        answer = requests.get("{data}csv/planets.csv", timeout=20)
        print(answer.status_code, answer.reason, answer.headers["content-type"], answer.text)
    """,
    "session": """
        import requests
        with requests.Session() as session:
            answer = session.post("{data}echo/", json={"a": 1})
            print(answer.json()["body"], answer.json()["method"])
            answer = session.get("{data}redirect/from", params={"q": "a b"})
            print(answer.url.removeprefix("{data}"), [each.status_code for each in answer.history])
            print(session.head("{data}csv/planets.csv").headers["content-length"])
            answer = session.get("{data}big/file.bin", stream=True)
            print(sum(len(part) for part in answer.iter_content(65536)))
        try:
            requests.get("{data}missing/planet").raise_for_status()
        except requests.HTTPError as error:
            print(str(error).partition(" for ")[0], error.response.json())
        try:
            requests.get("{data}never/answers", timeout=0.2)
        except requests.Timeout as error:
            print(type(error).__name__)
    """,
    "httpx": """
        import httpx
        with httpx.Client(follow_redirects=True) as client:
            answer = client.post("{data}echo/", json={"a": 1})
            print(answer.json()["body"], answer.reason_phrase)
            answer = client.get("{data}redirect/from")
            print(str(answer.url).removeprefix("{data}"), len(answer.text), len(answer.history))
            with client.stream("GET", "{data}big/file.bin") as answer:
                print(sum(len(part) for part in answer.iter_bytes()))
            try:
                client.get("{data}never/answers", timeout=0.2)
            except httpx.TimeoutException as error:
                print(type(error).__name__)
        async with httpx.AsyncClient() as client:
            print((await client.get("{data}csv/planets.csv")).text[:10])
    """,
    "refused by httpx": """
        import httpx
        await httpx.AsyncClient().get("{data}closed/csv/planets.csv")
    """,
    "open_url": """
        from pyodide.http import open_url
        print(open_url("{data}redirect/from").readline())
    """,
    "refused by requests": """
        import requests
        requests.get("{data}closed/csv/planets.csv")
    """,
}


def filled(code: dict[str, str], data: str) -> dict[str, Block]:
    """The examples, with the address of the data."""
    host = data.removeprefix("http://").rstrip("/")
    return {name: block(text.replace("{data}", data).replace("{host}", host)) for name, text in code.items()}


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


COPIED = {
    "standard library": """
        from urllib.request import urlopen, urlretrieve
        print(urlopen("{data}closed/csv/planets.csv").read().decode())
        print(open("planets.csv").read() == open(urlretrieve("{data}closed/csv/planets.csv")[0]).read())
        open("planets.csv", "w").write("changed")
        print(urlopen("{data}closed/csv/planets.csv#part").headers["content-type"])
    """,
    "fetch": """
        from pyodide.http import open_url, pyfetch
        answer = await pyfetch("{data}closed/csv/planets.csv")
        print(answer.url == "{data}closed/csv/planets.csv", (await answer.string())[:10])
        print(open_url("{data}closed/csv/planets.csv").readline())
    """,
}
COPIED_WITH_PACKAGES = {
    "packages": """
        import httpx, pandas, requests
        print(pandas.read_csv("{data}closed/csv/planets.csv").moons.sum())
        print(requests.get("{data}closed/csv/planets.csv").text[:10])
        print(httpx.get("{data}closed/csv/planets.csv").text[:10])
    """,
}


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
    assert data.asked.wait(20)
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
) -> None:
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
    for name in ("refused by requests", "refused by httpx"):
        assert "other sites read" in page.cell(name).run_to("error").rpartition("\n(")[2]


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
