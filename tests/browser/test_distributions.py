"""Where Python and its packages come from: the bundled core, a folder, or another host."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.routes import Broken, FromFolder, Held
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Host, Plan, Site
from tests.browser.test_failures import CHANGED

if TYPE_CHECKING:
    from tests.browser.conftest import MakeSite, OpenPage
    from tests.folder_server import FolderServer

PACKAGES = Scenario(
    "packages",
    {
        "numpy": block("""
            import numpy
            print(numpy.arange(10).reshape(2, 5).sum(axis=1), numpy.__version__)
        """),
        "matplotlib": block(
            """
            import io
            import matplotlib.pyplot as plt
            plt.plot([1, 4, 9])
            picture = io.BytesIO()
            plt.savefig(picture)
            picture.getvalue()[:4]
            """,
            packages="matplotlib",
        ),
        "pandas": block(
            """
            import pandas
            pandas.DataFrame({"a": [1, 2], "b": [3, 4]}).sum().to_dict()
            """,
            packages="pandas",
        ),
        "core": block("print('core')"),
        "keep": block("kept = 'kept'"),
        "uses": block("kept"),
    },
    options={"packages": "numpy"},
)

BASICS = Scenario(
    "basics",
    {
        "hello": block("print('hello')\nawait __import__('asyncio').sleep(0)\n6 * 7"),
        "input": block("input('Name? ') + '!'"),
        "loop": block("print('on')\nwhile True: pass"),
        "sleep": block("import time\nprint('on')\ntime.sleep(3600)"),
        "asyncio run": block("import asyncio\nasyncio.run(asyncio.sleep(0, 'ran'))"),
        "error": block("def f():\n    1 / 0\nf()"),
        "crash": block("import ctypes\nprint('on', flush=True)\nctypes.pythonapi._exit(1)"),
        "library": block("import json, textwrap\n[module.__file__[-4:] for module in (json, textwrap)]"),
    },
)

OLD_CORE = {"pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip"}
LOCK = re.compile(r"pyodide-lock(-[0-9a-f]{8})?\.json")
"""Pyodide's lock file, or the site's, whose name contains a checksum."""
WASM = re.compile(r"\.wasm$")
BUNDLED_VERSION = "314.0.7"
NPM_PACKAGE = Path(__file__).parents[2] / "node_modules" / "pyodide"
"""The package of which the CDN publishes every file."""


@pytest.fixture(scope="session")
def packages_site(host: Host, make_site: MakeSite, full_pyodide: Path) -> Site:
    """A site that publishes a whole distribution."""
    return make_site(f"{host}-packages", Plan(host, [PACKAGES, BASICS], {"pyodide": str(full_pyodide)}))


@pytest.fixture(scope="session")
def oldest_site(host: Host, make_site: MakeSite, oldest_pyodide: Path) -> Site:
    """A site with the oldest supported Pyodide."""
    return make_site(f"{host}-oldest", Plan(host, [BASICS], {"pyodide": str(oldest_pyodide), "repack": True}))


def test_numpy_matplotlib_and_pandas_are_imported(open_page: OpenPage, packages_site: Site) -> None:
    live = open_page(PACKAGES, packages_site)
    assert live.cell("numpy").run_to("done").strip() == "[10 35] 2.2.5"
    assert live.cell("matplotlib").run_to("done").strip() == r"b'\x89PNG'"
    assert live.cell("pandas").run_to("done").strip() == "{'a': 3, 'b': 7}"


@pytest.mark.first_visit("the page's packages are in a snapshot, and not fetched")
def test_the_packages_of_a_page_are_fetched_in_parallel_with_python(
    open_page: OpenPage, packages_site: Site
) -> None:
    held = Held(WASM)
    live = open_page(PACKAGES, packages_site, before=held)
    with live.page.context.expect_event("request", lambda request: "/numpy-" in request.url):
        live.cell("numpy").run()
    assert live.workers
    held.release()
    live.cell("numpy").wait_for("done")


def test_packages_of_a_block_load_when_it_runs_and_are_named(
    open_page: OpenPage, packages_site: Site
) -> None:
    held = Held(re.compile(r"/pandas-[^/]*$"))
    live = open_page(PACKAGES, packages_site, before=held)
    live.cell("core").run_to("done")
    assert not [path for path in live.watch.paths() if path.startswith("pandas-")]
    cell = live.cell("pandas")
    cell.run()
    expect(cell.status).to_have_text("Loading pandas")
    assert cell.state == "loading"
    held.release()
    cell.wait_for("done")


def test_stop_cancels_the_loading_of_packages(open_page: OpenPage, packages_site: Site) -> None:
    held = Held(re.compile(r"/pandas-[^/]*$"))
    live = open_page(PACKAGES, packages_site, before=held)
    live.cell("keep").run_to("done")
    cell = live.cell("pandas")
    cell.run()
    expect(cell.status).to_have_text("Loading pandas")
    cell.stop()
    cell.wait_for("stopped")
    assert cell.states == ["loading", "stopped"]
    assert live.cell("uses").run_to("done").strip() == "'kept'"
    held.release()
    assert cell.run_to("done").strip() == "{'a': 3, 'b': 7}"


@pytest.mark.parametrize("how", ["404", "abort", "corrupt"])
def test_a_package_that_cannot_be_fetched_is_reported_and_the_rest_works(
    open_page: OpenPage,
    packages_site: Site,
    how: str,
) -> None:
    broken = Broken(re.compile(r"/pandas-[^/]*$"), how)
    live = open_page(PACKAGES, packages_site, before=broken)
    live.watch.allow("status 404", "Failed to load resource", "request failed", "integrity")
    cell = live.cell("pandas")
    text = cell.run_to("error")
    assert (CHANGED if how == "corrupt" else "A package that this example needs could not be loaded") in text
    cell.output.get_by_text("Details").click()
    expect(cell.output).to_contain_text("pandas")
    assert live.cell("core").run_to("done").strip() == "core"
    broken.is_broken = False
    cell.button("Retry").click()
    cell.wait_for("done")
    assert cell.text.strip() == "{'a': 3, 'b': 7}"


@pytest.mark.first_visit("the page's packages are in a snapshot, and not fetched")
def test_a_package_of_the_page_that_cannot_be_fetched_is_reported_and_retry_helps(
    open_page: OpenPage,
    packages_site: Site,
) -> None:
    broken = Broken(re.compile(r"/numpy-[^/]*$"))
    live = open_page(PACKAGES, packages_site, before=broken)
    live.watch.allow("status 404", "Failed to load resource", "loading numpy", "404 Not Found")
    cell = live.cell("numpy")
    assert "A package that this example needs could not be loaded" in cell.run_to("error")
    broken.is_broken = False
    cell.button("Retry").click()
    cell.wait_for("done")
    assert cell.text.strip() == "[10 35] 2.2.5"


@pytest.mark.parametrize("version", ["packages_site", "oldest_site"], ids=["0.28.3", "0.27.7"])
def test_older_pyodides_run_ask_and_stop(
    open_page: OpenPage,
    request: pytest.FixtureRequest,
    host: Host,
    version: str,
) -> None:
    site: Site = request.getfixturevalue(version)
    assert site.host == host
    live = open_page(BASICS, site)
    assert live.cell("hello").run_to("done").splitlines() == ["hello", "42"]
    cell = live.cell("input")
    cell.run()
    cell.answer("Name?", "Ada")
    cell.wait_for("done")
    assert cell.text.splitlines() == ["Name? Ada", "'Ada!'"]
    for key in ("loop", "sleep"):
        cell = live.cell(key)
        cell.run()
        expect(cell.output).to_contain_text("on")
        cell.stop()
        cell.wait_for("stopped")
        assert "restarted" not in cell.text, key
    assert live.cell("asyncio run").run_to("done").strip() == "'ran'"
    text = live.cell("error").run_to("error")
    assert f'File "{live.file_name("error")}", line 2, in f' in text
    assert "_pyodide" not in text
    asked = {path for path in live.watch.paths() if path.startswith(("pyodide", "python"))}
    locks = [path for path in asked if LOCK.fullmatch(path)]
    assert asked - set(locks) == OLD_CORE
    assert len(locks) == 1
    assert locks != ["pyodide-lock.json"]
    live.watch.allow("uncaught", "console")
    cell = live.cell("crash")
    cell.run()
    cell.wait_for("error")
    expect(cell.output).to_contain_text("Python crashed")


def test_the_standard_library_of_an_older_pyodide_has_bytecode(
    open_page: OpenPage, oldest_site: Site
) -> None:
    live = open_page(BASICS, oldest_site)
    assert live.cell("library").run_to("done").strip() == "['.pyc', '.pyc']"


@pytest.mark.first_visit("a snapshot replaces some of the files")
@pytest.mark.parametrize("option", ["cdn", "url"])
def test_only_files_that_are_no_scripts_come_from_another_host_if_the_author_configures_it(
    open_page: OpenPage,
    make_site: MakeSite,
    host: Host,
    option: str,
    pyodide_server: FolderServer,
) -> None:
    cdn = FromFolder(f"https://cdn.jsdelivr.net/npm/pyodide@{BUNDLED_VERSION}/", NPM_PACKAGE)
    url = cdn.url if option == "cdn" else pyodide_server.url
    choice = "cdn" if option == "cdn" else url
    site = make_site(f"{host}-{option}", Plan(host, [BASICS], {"pyodide": choice}))
    assert not list(site.folder.rglob("pyodide.asm.wasm"))
    pyodide_server.answers.clear()
    live = open_page(BASICS, site, before=cdn)
    live.watch.allow(f"request to another host: {re.escape(url)}")
    assert live.cell("hello").run_to("done").splitlines() == ["hello", "42"]
    answered = cdn.requested + [pyodide_server.url + path[1:] for _, path in pyodide_server.answers]
    assert sorted(answered) == [url + name for name in ("pyodide.asm.wasm", "python_stdlib.zip")]
    assert {"pyodide.mjs", "pyodide.asm.mjs"} <= set(live.watch.paths())
