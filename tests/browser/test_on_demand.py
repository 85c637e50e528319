"""Python's standard library comes in parts: a start needs one, and the others come when code reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.routes import Broken
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import LivePage
    from tests.browser.sites import Site

PARTS = Scenario(
    "parts",
    {
        "hello": block("print('hello')"),
        "common": block("import statistics\nstatistics.mean([1, 2])"),
        "module": block("import wsgiref.headers\nwsgiref.headers.__name__"),
        "caught": block(
            "try:\n    import wsgiref.headers\nexcept OSError as error:\n    print(error.strerror)"
        ),
        "source": block("import inspect, textwrap\ninspect.getsource(textwrap.dedent)[:10]"),
        "division": block("1 / 0"),
        "traceback": block("import json\njson.loads('{')", raises="ValueError"),
        "whole": block(
            """
            import importlib.resources, pkgutil, sys, zipfile
            path = next(path for path in sys.path if path.startswith("/lib/python3"))
            print(zipfile.ZipFile(path).testzip())
            print("turtledemo" in [module.name for module in pkgutil.iter_modules([path])], path[-4:])
            "def " in (importlib.resources.files("wsgiref") / "util.py").read_text()
            """
        ),
    },
)

COMMON, MODULES, SOURCES = (f"python_stdlib-{part}.bin" for part in ("common", "modules", "sources"))
SAVES_DATA = "Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) })"
NOT_LOADED = "A file that this example needs could not be loaded. Check your connection and try again; "
CHANGED = "A file of this site is not the one that was published, so it was not run; your code is kept."


def save_data(context: BrowserContext) -> None:
    """Let the reader save data, so that nothing is loaded in idle time."""
    context.add_init_script(SAVES_DATA)


def loaded(live: LivePage) -> list[str]:
    """The requested parts before the last one, in order."""
    return [name for name in live.watch.paths() if name.endswith(".bin")]


@pytest.fixture(scope="module")
def on_demand(make_site: MakeSite) -> Site:
    """A site with the library in parts, which is the default."""
    return make_site("on-demand", Plan("sphinx", [PARTS]))


def test_code_that_imports_nothing_needs_only_the_last_part(open_page: OpenPage, on_demand: Site) -> None:
    live = open_page(PARTS, on_demand, before=save_data)
    assert live.cell("hello").run_to("done") == "hello\n"
    assert loaded(live) == []
    assert "python_stdlib.zip" in live.watch.paths()


def test_a_part_is_loaded_once_when_code_reads_it(open_page: OpenPage, on_demand: Site) -> None:
    live = open_page(PARTS, on_demand, before=save_data)
    assert live.cell("common").run_to("done") == "1.5\n"
    assert loaded(live) == [COMMON]
    assert live.cell("module").run_to("done") == "'wsgiref.headers'\n"
    assert loaded(live) == [COMMON, MODULES]
    live.cell("common").run_to("done")
    assert live.cell("source").run_to("done") == "'def dedent'\n"
    assert loaded(live) == [COMMON, MODULES, SOURCES]


def test_tracebacks_show_lines_of_the_library(open_page: OpenPage, on_demand: Site) -> None:
    live = open_page(PARTS, on_demand, before=save_data)
    assert "ZeroDivisionError" in live.cell("division").run_to("error")
    assert loaded(live) == []
    cell = live.cell("traceback")
    assert "JSONDecodeError" in cell.run_to("error")
    cell.locator.get_by_text("Show the whole traceback").click()
    expect(cell.output).to_contain_text("return _default_decoder.decode(s)")
    assert loaded(live) == [SOURCES]


def test_the_whole_library_is_there_for_all_that_reads_it(open_page: OpenPage, on_demand: Site) -> None:
    live = open_page(PARTS, on_demand, before=save_data)
    assert live.cell("whole").run_to("done").splitlines() == ["None", "False .zip", "True"]
    assert sorted(loaded(live)) == [COMMON, MODULES, SOURCES]


def test_the_other_parts_come_when_python_is_idle_after_the_first_run(
    open_page: OpenPage, on_demand: Site
) -> None:
    live = open_page(PARTS, on_demand)
    with live.page.expect_request(re.compile(re.escape(COMMON))):
        live.cell("hello").run_to("done")
        assert loaded(live) == []
    live.page.wait_for_event("requestfinished", lambda request: request.url.endswith(COMMON))
    live.cell("whole").run_to("done")
    assert sorted(set(loaded(live))) == [COMMON, MODULES, SOURCES]


@pytest.mark.parametrize(("how", "sentence"), [("abort", NOT_LOADED), ("corrupt", CHANGED)])
def test_a_part_that_cannot_be_loaded_is_an_error_that_says_so_and_a_retry_loads_it(
    how: str, sentence: str, open_page: OpenPage, on_demand: Site
) -> None:
    broken = Broken(re.compile(re.escape(MODULES)), how)

    def prepare(context: BrowserContext) -> None:
        save_data(context)
        broken(context)

    live = open_page(PARTS, on_demand, before=prepare)
    live.watch.allow(re.escape(MODULES))
    assert live.cell("hello").run_to("done") == "hello\n"
    cell = live.cell("module")
    assert "OSError: [Errno 29] I/O error" in cell.run_to("error")
    expect(cell.locator.get_by_text(sentence)).to_be_visible()
    assert live.cell("caught").run_to("done") == "I/O error\n"
    broken.is_broken = False
    cell.button("Retry").click()
    assert cell.wait_for("done")
    assert cell.text == "'wsgiref.headers'\n"
    assert len(live.workers) == 1


@pytest.mark.parametrize("isolation", ["opaque"])
def test_a_worker_that_cannot_read_files_while_python_waits_loads_all_parts_first(
    isolation: str, open_page: OpenPage, make_site: MakeSite
) -> None:
    site = make_site(f"on-demand-{isolation}", Plan("sphinx", [PARTS], {"isolation": isolation}))
    live = open_page(PARTS, site, before=save_data)
    assert live.cell("hello").run_to("done") == "hello\n"
    assert sorted(loaded(live)) == [COMMON, MODULES, SOURCES]
    assert live.cell("whole").run_to("done").splitlines()[0] == "None"
    assert live.cell("module").run_to("done") == "'wsgiref.headers'\n"


def test_without_the_option_the_library_is_one_file(open_page: OpenPage, make_site: MakeSite) -> None:
    site = make_site("not-on-demand", Plan("sphinx", [PARTS], {"on_demand": False}))
    assert list(site.folder.rglob("*.bin")) == []
    live = open_page(PARTS, site)
    assert live.cell("whole").run_to("done").splitlines()[0] == "None"
    assert loaded(live) == []
