"""``zensical serve`` keeps a site live while its author edits it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.zensical.conftest import CONFIG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.zensical.conftest import Site

LONGEST_WAIT_S = 60


@contextmanager
def serve(site: Site) -> Iterator[None]:
    """Serve the site. Its output is in serve.log."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "zensical", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with (site.folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=site.folder, env=environment, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.kill()
            process.wait()


def wait(site: Site, condition: Callable[[], object]) -> None:
    """Wait until the site is as it should be."""
    end = time.monotonic() + LONGEST_WAIT_S
    while True:
        try:
            if condition():
                return
        except (OSError, ValueError, LookupError):  # a file that is being written
            pass
        assert time.monotonic() < end, (site.folder / "serve.log").read_text(encoding="utf-8")
        time.sleep(0.02)


def example(site: Site, page: str = "index.html") -> dict[str, Any]:
    """What the settlement has for the only example of a page."""
    (cell,) = site.cells(page)
    found: dict[str, Any] = site.settlement()["examples"][cell["data-requirements"]]
    return found


def test_every_kind_of_edit_reaches_the_site(site: Site) -> None:
    site.page('```pyrun files="x.csv"\nopen("x.csv")\n```\n')
    site.write("docs/x.csv", "1\n")
    with serve(site):
        wait(site, lambda: example(site)["files"][0][2] == len("1\n"))

        site.page('```pyrun files="x.csv"\nimport json\n```\n')
        wait(site, lambda: site.cells()[0]["data-source"] == "import json" and example(site))

        site.write("docs/x.csv", "1,2,3\n")
        wait(site, lambda: example(site)["files"][0][2] == len("1,2,3\n"))

        site.page('```pyrun files="y.csv"\n1\n```\n', "new.md")
        site.write("docs/y.csv", "1234\n")
        wait(site, lambda: example(site, "new/index.html")["files"][0][2] == len("1234\n"))

        site.page("---\npyrun: {files: y.csv}\n---\n```pyrun\n1\n```\n", "sub/new.md")
        site.write("docs/sub/y.csv", "12345678\n")
        wait(site, lambda: example(site, "sub/new/index.html")["files"][0][2] == len("12345678\n"))

        site.write(
            "zensical.toml", CONFIG + "pyrun.wrap = false\n"
        )  # Zensical empties the folder of the site
        wait(site, lambda: site.cells()[0].has_attr("data-nowrap") and example(site)["files"])
        wait(site, lambda: list((site.folder / "site" / "assets" / "pyrun").glob("worker-*.js")))

        assert "assets/pyrun" not in str(site.soup("new/index.html").head)


def test_a_wrong_option_is_reported_again_when_zensical_has_the_page_in_its_cache(site: Site) -> None:
    log = site.folder / "serve.log"
    site.write("docs/x.csv", "1\n")
    site.page("```pyrun\n1\n```\n")
    with serve(site):
        wait(site, site.settlement)
        for count in (1, 2):
            site.page("```pyrun nonsense=1\n1\n```\n")
            wait(site, lambda count=count: log.read_text(encoding="utf-8").count("index.md:1: ") == count)
            wait(site, lambda: "data-files" not in site.html())
            site.page('```pyrun files="x.csv"\n1\n```\n')
            wait(site, lambda: example(site)["files"] and len(site.settlement()["examples"]) == 1)


def test_a_mistake_in_the_configuration_does_not_end_the_finishing(site: Site) -> None:
    site.page("```pyrun\n1\n```\n")
    with serve(site):
        wait(site, site.settlement)
        site.write("zensical.toml", CONFIG + 'pyrun.pyodide = "nowhere"\n')
        wait(site, lambda: "nowhere" in (site.folder / "serve.log").read_text(encoding="utf-8"))
        site.write("zensical.toml", CONFIG)
        wait(site, lambda: site.settlement()["pyodide"])
