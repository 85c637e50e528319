"""A MkDocs site is finished once everything has been written, by other plugins too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrun_core.browser_files import bundled_files

if TYPE_CHECKING:
    from conftest import Log, Site

EXAMPLE = "```pyrun\nprint(1)\n```\n"

PRINT_PAGE = """
from pathlib import Path

def on_post_build(config):
    site = Path(config.site_dir)
    pages = [site / "a/index.html", site / "b/index.html"]
    bodies = [page.read_text("utf-8").split("<body")[1].partition(">")[2] for page in pages]
    (site / "print.html").write_text(f"<html><head></head><body>{''.join(bodies)}</body></html>", "utf-8")
"""

BUILD_IN_A_BUILD = """
from mkdocs.commands.build import build

is_inner = False

def on_post_build(config):
    global is_inner
    if not is_inner:
        is_inner = True
        config.site_name = "Inner"
        build(config, dirty=True)
"""


def test_a_page_that_another_plugin_puts_together_is_live(site: Site) -> None:
    site.write("hook.py", PRINT_PAGE)
    site.configure(hooks=[str(site.folder / "hook.py")], plugins=[{"pyrun": {"pyodide": "cdn"}}])
    site.page('```pyrun packages="numpy"\nimport numpy\n```\n', "a.md")
    site.page(f"---\npyrun: {{packages: [six]}}\n---\n{EXAMPLE}", "b.md")
    site.build(strict=True)
    assert site.start("print.html") == ["", "six"]
    assert [cell["data-page"] for cell in site.cells("print.html")] == ["a.md", "b.md"]
    assert f'"assets/pyrun/{bundled_files().loader}"' in site.html("print.html")


def test_a_build_in_a_build_has_the_same_options(site: Site, log: Log) -> None:
    """As of mkdocs-static-i18n, which builds each language with the configuration of the first one."""
    site.write("hook.py", BUILD_IN_A_BUILD)
    site.configure(
        hooks=[str(site.folder / "hook.py")],
        markdown_extensions=[{"pyrun": {"packages": ["six"]}}],
        plugins=[{"pyrun": {"pyodide": "cdn", "load": "idle"}}],
    )
    site.page(EXAMPLE)
    site.build()
    assert all("dirty" in message for message in log.take())
    assert site.start() == ["six"]
    assert [cell["data-load"] for cell in site.cells()] == ["idle"]
    assert site.html().count(bundled_files().loader) == 1


def test_a_dirty_build_settles_the_pages_that_it_skips_too(site: Site, log: Log) -> None:
    site.configure(plugins=[{"pyrun": {"pyodide": "cdn"}}])
    site.page('```pyrun packages="numpy"\nimport numpy\n```\n', "a.md")
    site.page(EXAMPLE, "b.md")
    site.build(strict=True)
    skipped = site.folder / "site/a/index.html"
    before = skipped.stat().st_mtime_ns
    site.page('```pyrun packages="six"\nimport six\n```\n', "b.md")
    site.build(dirty=True)
    assert "'dirty' build" in log.take()[0]
    assert skipped.stat().st_mtime_ns == before
    assert [site.settled.run(cell) for page in "ab" for cell in site.cells(f"{page}/index.html")] == [
        "numpy",
        "six",
    ]


def test_no_page_says_anything_of_another(site: Site) -> None:
    site.configure(plugins=[{"pyrun": {"pyodide": "cdn"}}])
    site.page(EXAMPLE, "a.md")
    site.page(EXAMPLE, "b.md")
    before = site.build(strict=True).html("a/index.html")
    site.page('```pyrun packages="six numpy"\nimport numpy\n```\n', "b.md")
    assert site.build(strict=True).html("a/index.html") == before
