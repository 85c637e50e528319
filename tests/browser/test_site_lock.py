"""What a site publishes besides Python: packages from its own lock file, and files that examples read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.packed import PackedSite
from tests.browser.routes import Broken, Held, Resettled, ends_workers_late
from tests.browser.scenarios import Scenario, block
from tests.browser.server import SiteServer
from tests.browser.sites import Plan
from tests.browser.snapshot_shelf import RESTORED
from tests.browser.test_failures import CHANGED
from tests.packages.wheels import make_wheel

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from playwright.sync_api import BrowserContext

    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import LivePage

NUMPY = Scenario(
    "numpy",
    {
        "numpy": block("import numpy\nint(numpy.arange(5).sum())"),
        "core": block("'core'"),
        "pandas": block("import pandas\npandas.DataFrame({'a': [1, 2]}).sum().to_dict()", packages="pandas"),
    },
    options={"packages": "numpy"},
)
TABLES = Scenario(
    "tables",
    {"pandas": block("import pandas\nlen(pandas.DataFrame({'a': [1, 2]}))")},
    options={"packages": "pandas"},
)
FILES = Scenario(
    "files",
    {
        "setup": block("notes = open('notes.txt').read()", setup=None, files="notes.txt"),
        "core": block("'core'", session="isolated"),
        "relative": block("(open('data/deep/scores.csv').read(), notes)", files="data/deep/scores.csv"),
        "moved": block(
            "(open('../shared.txt').read(), open('data/deep/scores.csv').read())", files="later/*"
        ),
        "absolute": block("open('/srv/site/facts.txt').read()", files="/srv/site/facts.txt"),
        "another": block("open('data/deep/scores.csv').read()", files="data/deep/scores.csv"),
    },
)
GREETING = Scenario(
    "greeting", {"page": block("import greeting\ngreeting.hello()"), "after": block("'after'")}
)
DATA = {
    "notes.txt": "of set-up",
    "data/deep/scores.csv": "ada,3",
    "later/scores.csv": "bob,4",
    "later/shared.txt": "shared",
    "srv/site/facts.txt": "caf\N{LATIN SMALL LETTER E WITH ACUTE}",
}

PACKAGE_SENTENCE = "A package that this example needs could not be loaded"
FILE_SENTENCE = "A file that this example needs could not be loaded"
WASM = re.compile(r"\.wasm$")
LOCK = re.compile(r"/pyodide-lock-[0-9a-f]+\.json$")


@pytest.fixture(scope="module")
def packed(make_site: MakeSite, full_pyodide: Path) -> PackedSite:
    """A site whose lock file lists NumPy, pandas and their dependencies; it has bytecode, as by default."""
    options = {"pyodide": str(full_pyodide), "repack": True}
    plan = Plan("sphinx", [NUMPY, TABLES, FILES], options, data=DATA)
    return PackedSite(make_site("locked", plan))


def wheels(live: LivePage) -> list[str]:
    """The requested wheels, in order."""
    return [url for url in live.watch.requests if url.endswith(".whl")]


@pytest.mark.first_visit("the page's packages are in a snapshot, and not fetched")
def test_wheels_are_requested_with_the_core_the_largest_first_and_once(
    open_page: OpenPage, packed: PackedSite
) -> None:
    held = Held(WASM)
    live = open_page(TABLES, packed.site, before=held)
    expected = packed.wheels_of("pandas")
    with live.page.context.expect_event("request", lambda request: request.url == expected[-1]):
        live.cell("pandas").run()
    assert live.cell("pandas").state == "loading"
    held.release()
    live.cell("pandas").wait_for("done")
    assert live.cell("pandas").text.strip() == "2"
    assert wheels(live) == expected
    assert [path for path in live.watch.paths() if path.startswith("pyodide-lock")] == [packed.lock_file.name]


SEEN = """(cell) => {
  const seen = [];
  const options = { childList: true, characterData: true, subtree: true };
  const look = () => seen.push(cell.shadowRoot.querySelector("[role=status]")?.textContent);
  new MutationObserver(look).observe(cell.shadowRoot, options);
  return seen;
}"""


@pytest.mark.first_visit("the page's packages are in a snapshot, and not fetched")
def test_wheels_and_python_count_as_one_download(open_page: OpenPage, packed: PackedSite) -> None:
    held = Held(WASM)
    live = open_page(TABLES, packed.site, before=held)
    cell = live.cell("pandas")
    seen = cell.locator.evaluate_handle(SEEN)
    cell.run()
    expect(cell.status).to_have_text("Downloading Python and pandas")
    total = (packed.core_bytes + sum(packed.bytes_of(url) for url in packed.wheels_of("pandas"))) / 1e6
    shown = cell.locator.get_by_text(re.compile(rf"^\d+\.\d of {re.escape(f'{total:.1f}')} MB$"))
    expect(shown).to_be_visible()
    expect(cell.locator.get_by_role("progressbar", name="Download")).to_be_visible()
    held.release()
    cell.wait_for("done")
    assert "Starting Python and pandas" in seen.json_value()


def test_a_page_without_packages_requests_no_wheel(open_page: OpenPage, packed: PackedSite) -> None:
    held = Held(WASM)
    live = open_page(FILES, packed.site, before=held)
    live.cell("core").run()
    expect(live.cell("core").status).to_have_text("Downloading Python")
    held.release()
    live.cell("core").wait_for("done")
    assert wheels(live) == []


@pytest.mark.first_visit("the page's packages are in a snapshot, and not fetched")
def test_packages_of_a_block_come_from_the_site_when_it_runs(open_page: OpenPage, packed: PackedSite) -> None:
    held = Held(re.compile(r"/pandas-[^/]*$"))
    live = open_page(NUMPY, packed.site, before=held)
    live.cell("core").run_to("done")
    assert wheels(live) == packed.wheels_of("numpy")
    cell = live.cell("pandas")
    cell.run()
    expect(cell.status).to_have_text("Loading pandas")
    held.release()
    cell.wait_for("done")
    assert cell.text.strip() == "{'a': 3}"
    assert sorted(wheels(live)) == sorted(packed.wheels_of("pandas"))


@pytest.mark.first_visit("the page's packages are in a snapshot, and not fetched")
@pytest.mark.parametrize("how", ["404", "corrupt"])
def test_a_wheel_that_cannot_be_fetched_is_reported_and_retry_helps(
    open_page: OpenPage, packed: PackedSite, how: str
) -> None:
    broken = Broken(re.compile(r"/numpy-[^/]*$"), how)
    live = open_page(NUMPY, packed.site, before=broken)
    live.watch.allow("status 404", "Failed to load resource", "loading numpy", "integrity")
    live.watch.allow("404 Not Found", "has been changed")
    cell = live.cell("numpy")
    assert (CHANGED if how == "corrupt" else PACKAGE_SENTENCE) in cell.run_to("error")
    broken.is_broken = False
    cell.button("Retry").click()
    cell.wait_for("done")
    assert cell.text.strip() == "10"


@pytest.mark.parametrize("how", ["404", "corrupt"])
def test_a_lock_file_that_cannot_be_fetched_is_reported_and_retry_helps(
    open_page: OpenPage, packed: PackedSite, how: str
) -> None:
    broken = Broken(LOCK, how)

    def before(context: BrowserContext) -> None:
        broken(context)
        ends_workers_late(context)

    live = open_page(NUMPY, packed.site, before=before)
    live.watch.allow("status 404", "Failed to load resource")
    # The worker may be compiling when it is terminated, and then logs that.
    live.watch.allow("wasm instantiation failed", "console warning: .*WebAssembly")
    cell = live.cell("core")
    assert (CHANGED if how == "corrupt" else "Python could not be loaded") in cell.run_to("error")
    cell.output.get_by_text("Details").click()
    expect(cell.output).to_contain_text(packed.lock_file.name)
    broken.is_broken = False
    cell.button("Retry").click()
    cell.wait_for("done")
    assert cell.text.strip() == "'core'"


def test_files_exist_before_code_and_setup_code_run(open_page: OpenPage, packed: PackedSite) -> None:
    live = open_page(FILES, packed.site)
    assert live.cell("relative").run_to("done").strip() == "('ada,3', 'of set-up')"
    asked = len(live.watch.requests)
    assert live.cell("another").run_to("done").strip() == "'ada,3'"
    assert live.watch.requests[asked:] == []
    assert live.cell("absolute").run_to("done").strip() == "'caf\N{LATIN SMALL LETTER E WITH ACUTE}'"


MOVED = {"later/scores.csv": "data/deep/scores.csv", "later/shared.txt": "../shared.txt"}


def move(settlement: dict[str, Any]) -> None:
    """Let an example read its files from other paths, as an example of a page in another folder does."""
    for example in settlement["examples"].values():
        files = example.get("files", [])
        example["files"] = [[MOVED.get(path, path), *rest] for path, *rest in files]


def test_a_different_file_for_the_same_path_replaces_it(open_page: OpenPage, packed: PackedSite) -> None:
    live = open_page(FILES, packed.site, before=Resettled(move))
    assert live.cell("another").run_to("done").strip() == "'ada,3'"
    assert live.cell("moved").run_to("done").strip() == "('shared', 'bob,4')"
    assert live.cell("another").run_to("done").strip() == "'ada,3'"


@pytest.mark.parametrize("how", ["404", "corrupt"])
def test_a_file_that_cannot_be_fetched_is_reported_and_retry_helps(
    open_page: OpenPage, packed: PackedSite, how: str
) -> None:
    broken = Broken(re.compile(r"/scores\.csv$"), how)
    live = open_page(FILES, packed.site, before=broken)
    live.watch.allow("status 404", "Failed to load resource", "integrity", "request failed: .*csv")
    cell = live.cell("relative")
    assert (CHANGED if how == "corrupt" else FILE_SENTENCE) in cell.run_to("error")
    cell.output.get_by_text("Details").click()
    expect(cell.output).to_contain_text("scores.csv")
    assert live.cell("core").run_to("done").strip() == "'core'"
    broken.is_broken = False
    cell.button("Retry").click()
    cell.wait_for("done")
    assert cell.text.strip() == "('ada,3', 'of set-up')"


def test_stop_cancels_the_loading_of_files(open_page: OpenPage, packed: PackedSite) -> None:
    held = Held(re.compile(r"/scores\.csv$"))
    live = open_page(FILES, packed.site, before=held)
    cell = live.cell("another")
    cell.run()
    expect(cell.status).to_have_text("Loading notes.txt and data/deep/scores.csv")
    cell.stop()
    cell.wait_for("stopped")
    assert cell.states == ["loading", "stopped"]
    assert live.cell("core").run_to("done").strip() == "'core'"
    held.release()
    assert cell.run_to("done").strip() == "'ada,3'"


@pytest.mark.parametrize("version", ["0.27.7", "bundled"])
def test_the_lock_file_of_the_site_is_used_with_every_pyodide(
    open_page: OpenPage, make_site: MakeSite, oldest_pyodide: Path, tmp_path: Path, version: str
) -> None:
    modules = {"greeting.py": "def hello(): return 'hello'\n"}
    options = {"packages": [str(make_wheel(tmp_path, "pyrun-greeting", modules=modules))]}
    if version == "0.27.7":
        options["pyodide"] = str(oldest_pyodide)
    packed = PackedSite(make_site(f"locked-{version}", Plan("sphinx", [GREETING], options)))
    live = open_page(GREETING, packed.site)
    assert live.cell("page").run_to("done").strip() == "'hello'"
    assert wheels(live) == ([] if RESTORED else packed.wheels_of("pyrun-greeting"))


def test_packages_of_a_pyodide_on_another_host_stay_there(
    open_page: OpenPage, make_site: MakeSite, full_pyodide: Path
) -> None:
    with SiteServer(full_pyodide, {"Access-Control-Allow-Origin": "*"}) as elsewhere:
        site = make_site("elsewhere", Plan("sphinx", [NUMPY], {"pyodide": elsewhere.url}))
        live = open_page(NUMPY, site)
        live.watch.allow(f"request to another host: {re.escape(elsewhere.url)}")
        assert live.cell("numpy").run_to("done").strip() == "10"
        (wheel,) = wheels(live)
        assert wheel.startswith(f"{elsewhere.url}numpy-")
        assert not list(site.folder.rglob("*.whl"))
