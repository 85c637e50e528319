"""What cannot work in a browser says so, or shows in the output what it would show elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.local_pyodide import pyodide_with
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import LivePage
    from tests.browser.sites import Site

APART = (
    "(The code runs in a worker, apart from the page, and cannot reach it. "
    "Show results with display() or print().)"
)

SCENARIOS = (
    Scenario(
        "explanations",
        {
            "name of the page": block("from js import document\ndocument.title = 'mine'"),
            "attribute of the page": block("import js\njs.document.getElementById('x')"),
            "script": block("from pyodide.code import run_js\nrun_js('window.title')"),
            "browser": block("""
                import webbrowser
                webbrowser.open("https://example.org/a?b=1")
                print("opened")
            """),
            "comic": block("import antigravity"),
            "local page": block("""
                import webbrowser
                from pathlib import Path

                Path("map.html").write_text("<h2>A map</h2>")
                webbrowser.get("firefox").open_new_tab(Path("map.html").absolute().as_uri())
                print("shown")
            """),
            "script as address": block("import webbrowser\nwebbrowser.open('javascript:alert(1)')"),
            "window": block("import tkinter"),
            "connection": block("""
                import socket
                socket.create_connection(("example.org", 443), timeout=5)
            """),
            "number": block("import socket\nsocket.socket().connect(('127.0.0.1', 80))"),
            "server": block("""
                from http.server import HTTPServer, SimpleHTTPRequestHandler
                HTTPServer(("", 8000), SimpleHTTPRequestHandler).serve_forever()
            """),
            "asynchronous server": block("""
                import asyncio
                await asyncio.start_server(print, "127.0.0.1", 8000)
            """),
            "exit": block("""
                import sys
                from http.server import HTTPServer, SimpleHTTPRequestHandler
                try:
                    HTTPServer(("", 8000), SimpleHTTPRequestHandler)
                except OSError:
                    sys.exit("no server")
            """),
            "queue": block("import queue\nqueue.Queue().get()"),
            "lock": block("import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()"),
            "waits": block("""
                import threading
                kept = 1
                print("going", flush=True)
                threading.Event().wait(3600)
            """),
            "kept": block("kept"),
            "pool": block("from multiprocessing import Pool\nPool(2).map(abs, [1])"),
            "library": block("import ctypes\nctypes.CDLL('libc.so.6')"),
            "terminal": block("import curses"),
            "system": block("import os\nos.startfile('a.txt')"),
            "notebook": block("from IPython import get_ipython\nget_ipython().run_line_magic('pwd', '')"),
            "kernel": block("get_ipython().kernel"),
        },
    ),
)

SENTENCES = {
    "window": "A browser has no windows for programs.",
    "connection": "A browser opens no sockets, it only makes web requests.",
    "number": "A browser opens no sockets, it only makes web requests.",
    "server": "Nothing can connect to a server in a browser.",
    "asynchronous server": "Nothing can connect to a server in a browser.",
    "exit": "Nothing can connect to a server in a browser.",
    "queue": "A browser runs Python in one thread, so nothing can end this wait.",
    "lock": "A browser runs Python in one thread, so nothing can end this wait.",
    "pool": "A browser runs Python in one process.",
    "library": "A browser cannot load libraries of an operating system.",
    "terminal": "The output is no terminal that programs can control.",
    "system": "Python in a browser has no operating system, so this function does not work here.",
    "notebook": "There is no notebook here, so get_ipython() of IPython returns None.",
    "kernel": "There is no notebook here, so get_ipython() of IPython returns None.",
}
"""How the explanations begin."""

ZONE = """
from datetime import datetime
from zoneinfo import ZoneInfo
noon = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/Lisbon"))
print(noon.utcoffset())
"""
UNKNOWN_ZONES = "from zoneinfo import ZoneInfo\nZoneInfo('{}')"
ZONES = (
    Scenario("auto", {"zone": block(ZONE)}, options={"packages": "auto"}),
    Scenario("nothing", {"zone": block(ZONE)}),
    Scenario(
        "declared",
        {
            "zone": block(ZONE),
            "unknown city": block(UNKNOWN_ZONES.format("Europe/Nowhere")),
            "unknown part of the world": block(UNKNOWN_ZONES.format("Nowhere/Land")),
        },
        options={"packages": "tzdata"},
    ),
)

PICTURES = Scenario(
    "pictures",
    {
        "Pillow": block("""
            from PIL import Image
            Image.new("CMYK", (30, 20)).show("title")
            print("shown")
        """),
        "window": block("""
            import matplotlib
            matplotlib.use("TkAgg")
            import matplotlib.pyplot as plt
            plt.title("Drawn")
            plt.show()
        """),
        "switched": block("""
            plt.switch_backend("QtAgg")
            plt.title("Drawn again")
            plt.show()
        """),
        "files": block("""
            plt.switch_backend("Agg")
            plt.title("Drawn for a file")
            plt.show()
            print("shown")
        """),
    },
    options={"packages": "pillow, matplotlib"},
)


def last_line(text: str) -> str:
    """The last line of an output, before the button that unfolds all frames of a traceback."""
    return text.strip().removesuffix("Show the whole traceback").rstrip().splitlines()[-1]


@pytest.mark.parametrize("key", ["name of the page", "attribute of the page", "script"])
def test_code_that_wants_the_page_is_told_that_it_runs_apart(live: LivePage, key: str) -> None:
    title = live.page.title()
    assert last_line(live.cell(key).run_to("error")) == APART
    assert live.page.title() == title


@pytest.mark.parametrize(
    ("key", "address"),
    [("browser", "https://example.org/a?b=1"), ("comic", "https://xkcd.com/353/")],
)
def test_an_address_is_offered_as_a_link(live: LivePage, key: str, address: str) -> None:
    cell = live.cell(key)
    cell.run_to("done")
    link = cell.output.get_by_role("link", name=address)
    expect(link).to_have_attribute("href", address)
    expect(link).to_have_attribute("target", "_blank")
    if key == "browser":
        assert last_line(cell.text) == "opened"
    assert len(live.page.context.pages) == 1


def test_a_local_web_page_is_shown_in_the_output(live: LivePage) -> None:
    cell = live.cell("local page")
    cell.run_to("done")
    expect(cell.output.get_by_role("heading", name="A map")).to_be_visible()


def test_no_link_leads_to_a_script(live: LivePage) -> None:
    cell = live.cell("script as address")
    assert last_line(cell.run_to("error")).startswith(
        "webbrowser.Error: 'javascript:alert(1)' cannot be opened here"
    )
    expect(cell.output.get_by_role("link")).to_have_count(0)


@pytest.mark.parametrize("key", SENTENCES)
def test_what_cannot_work_is_explained(live: LivePage, key: str) -> None:
    assert last_line(live.cell(key).run_to("error")).startswith(f"({SENTENCES[key]}")


def test_stop_ends_a_wait_and_keeps_python(live: LivePage) -> None:
    cell = live.cell("waits")
    cell.run()
    expect(cell.output).to_contain_text("going")
    cell.stop()
    cell.wait_for("stopped")
    assert live.cell("kept").run_to("done").strip() == "1"


@pytest.fixture(scope="module")
def pictures(
    make_site: MakeSite, full_pyodide: Path, share_page: Callable[[Scenario, Site], LivePage]
) -> LivePage:
    """A page with Pillow and matplotlib."""
    site = make_site("explained-pictures", Plan("sphinx", [PICTURES], {"pyodide": str(full_pyodide)}))
    return share_page(PICTURES, site)


def test_a_picture_is_shown_in_the_output(pictures: LivePage) -> None:
    cell = pictures.cell("Pillow")
    assert cell.run_to("done").strip() == "shown"
    expect(cell.output.get_by_role("img")).to_have_js_property("naturalWidth", 30)


@pytest.mark.parametrize(("key", "backend"), [("window", "TkAgg"), ("switched", "QtAgg")])
def test_figures_are_shown_whatever_window_code_asks_for(pictures: LivePage, key: str, backend: str) -> None:
    cell = pictures.cell(key)
    text = cell.run_to("done")
    name = pictures.file_name(key)
    assert f"a browser has no windows, so the backend '{backend}' is not used" in text
    assert f"{name}:" in text
    expect(cell.output.get_by_role("img")).to_have_count(1)


def test_a_backend_for_files_shows_figures_too(pictures: LivePage) -> None:
    cell = pictures.cell("files")
    pictures.cell("window").run_to("done")
    assert cell.run_to("done").strip() == "shown"
    expect(cell.output.get_by_role("img", name="Drawn for a file")).to_be_visible()


@pytest.fixture(scope="module")
def zones(make_site: MakeSite, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Pages with a time zone: whose packages are found, that declares none, and that declares tzdata."""
    bundled = project / "node_modules" / "pyodide"
    pyodide = pyodide_with(bundled, tmp_path_factory.mktemp("zones"), ["tzdata==2025.3"])
    config = {"suppress_warnings": ["pyrun.undeclared"]}
    return make_site("zones", Plan("sphinx", ZONES, {"pyodide": str(pyodide)}, config=config))


@pytest.mark.parametrize("scenario", [ZONES[0], ZONES[2]], ids=lambda scenario: scenario.name)
def test_a_time_zone_is_found(open_page: OpenPage, zones: Site, scenario: Scenario) -> None:
    assert open_page(scenario, zones).cell("zone").run_to("done").strip() == "1:00:00"


def test_the_data_of_time_zones_can_be_loaded(open_page: OpenPage, zones: Site) -> None:
    cell = open_page(ZONES[1], zones).cell("zone")
    text = cell.run_to("error")
    assert "ZoneInfoNotFoundError: 'No time zone found with key Europe/Lisbon'" in text
    assert "(tzdata is available on this site, but this page does not load it.)" in text
    assert "loadPackage" not in text
    cell.button("Load tzdata and run again").click()
    cell.wait_for("done")
    assert cell.text.strip() == "1:00:00"


@pytest.mark.parametrize("key", ["unknown city", "unknown part of the world"])
def test_an_unknown_time_zone_is_no_reason_to_load_anything(
    open_page: OpenPage, zones: Site, key: str
) -> None:
    cell = open_page(ZONES[2], zones).cell(key)
    text = cell.run_to("error")
    assert "ZoneInfoNotFoundError" in text
    assert "tzdata is" not in text
    assert "package tzdata" not in text
    assert "loadPackage" not in text
    expect(cell.locator.get_by_role("button", name="run again")).to_have_count(0)
