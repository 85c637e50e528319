"""A site that Zensical has built, and one that it serves."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.live_page import BOOT_TIMEOUT_MS, Cell
from tests.browser.watch import Watch
from tests.environments.environment import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

    from tests.browser.server import SiteServer
    from tests.conftest import MakeEnvironment

CONFIG = """\
[project]
site_name = "Test site"
site_url = "{url}"

[project.theme]
font = false
features = ["navigation.instant"]

[project.markdown_extensions]
pymdownx.highlight = {{}}
pymdownx.superfences.custom_fences = [{{ name = "pyrun", class = "pyrun", format = "zensical_pyrun.fence" }}]
pyrun.repack = false
pyrun.snapshots = false

[project.plugins.markdown-exec]
"""

PAGES = {
    "index.md": "# Home\n\n[One](one.md)\n",
    "one.md": "# One\n\n[Two](deep/two.md)\n\n```pyrun\nhere = 1\nprint('one', here)\n```\n",
    "deep/two.md": "# Two\n\n```pyrun files='x.csv'\nprint(open('x.csv').read(), 'here' in globals())\n```\n",
    "deep/x.csv": "1,2,3",
    "both.md": "# Both\n\n```pyodide\nprint('theirs')\n```\n\n```pyrun\nprint('ours')\n```\n",
}


@pytest.fixture(scope="module")
def python(make_environment: MakeEnvironment) -> Path:
    """The Python of an environment with Zensical."""
    return make_environment("zensical")


def write_site(folder: Path, url: str) -> Path:
    """Write a site, to be published at ``url``."""
    folder.mkdir(exist_ok=True)
    (folder / "zensical.toml").write_text(CONFIG.format(url=url), encoding="utf-8")
    for name, text in PAGES.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(python: Path, served: SiteServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a site that ``zensical build`` has built twice, the second time from its cache."""
    url = f"{served.url}zensical/latest/"
    source = write_site(tmp_path_factory.mktemp("zensical"), url)
    for _ in range(2):
        run(python, "-m", "zensical", "build", "--strict", cwd=source)
    (served.folder / "zensical").mkdir()
    (source / "site").rename(served.folder / "zensical" / "latest")
    return url


@pytest.fixture
def page(context: BrowserContext, built: str) -> Iterator[Page]:
    """A page in which nothing may go wrong."""
    watch = Watch(context, built)
    page = context.new_page()
    yield page
    if not page.url.endswith("/both/"):  # Markdown-exec loads Pyodide and an editor from other hosts
        watch.check()


def first_cell(page: Page) -> Cell:
    """The first example of a page."""
    return Cell(page.locator("pyrun-cell").first)


def test_an_example_runs(page: Page, built: str) -> None:
    page.goto(f"{built}deep/two/")
    assert first_cell(page).run_to().split() == ["1,2,3", "False"]


def test_examples_run_after_instant_navigation_from_a_page_without_any(page: Page, built: str) -> None:
    page.goto(built)
    page.evaluate("window.sameRealm = true")
    page.get_by_role("link", name="One").last.click()
    expect(page.get_by_role("heading", name="One", level=1)).to_be_visible()
    assert first_cell(page).run_to().split() == ["one", "1"]
    page.get_by_role("link", name="Two").last.click()
    expect(page.get_by_role("heading", name="Two", level=1)).to_be_visible()
    assert first_cell(page).run_to().split() == ["1,2,3", "False"]
    page.go_back()
    expect(page.get_by_role("heading", name="One", level=1)).to_be_visible()
    assert first_cell(page).run_to().split() == ["one", "1"]
    assert page.evaluate("window.sameRealm") is True


def test_a_fence_of_markdown_exec_does_not_disturb_an_example(page: Page, built: str) -> None:
    page.goto(f"{built}both/", wait_until="commit")
    assert first_cell(page).run_to().strip() == "ours"
    expect(page.locator(".pyodide")).to_contain_text("print('theirs')")


def test_the_page_of_a_served_site_reloads_live_after_an_edit(
    python: Path, context: BrowserContext, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    source = write_site(tmp_path / "source", url)
    command = [python, "-m", "zensical", "serve", "--dev-addr", url.removeprefix("http://").rstrip("/")]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    log = tmp_path / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=source, env=environment, stdout=output, stderr=output)
        try:
            wait_until_finished(source / "site", log)
            page = context.new_page()
            page.goto(f"{url}one/")
            assert first_cell(page).run_to().split() == ["one", "1"]
            for text in ("two", "three", "four"):
                wait_until_older_than_a_second(source / "site" / "one" / "index.html")
                (source / "docs" / "one.md").write_text(f"# One\n\n```pyrun\nprint('{text}')\n```\n")
                expect(page.locator("pyrun-cell pre").first).to_have_text(f"print('{text}')")
                assert first_cell(page).run_to().strip() == text
        finally:
            server.kill()
            server.wait()


def wait_until_older_than_a_second(page: Path) -> None:
    """Wait until an edit is visible to browsers: Zensical's server tells them times in seconds."""
    while int(time.time()) <= int(page.stat().st_mtime):
        time.sleep(0.05)


def wait_until_finished(site: Path, log: Path) -> None:
    """Wait until the served site has everything that its pages load."""
    end = time.monotonic() + BOOT_TIMEOUT_MS / 1000
    while not (site / "assets" / "pyrun" / "settlement.json").is_file():
        assert time.monotonic() < end, log.read_text(encoding="utf-8")
        time.sleep(0.05)
