"""Plugins, themes and tools around MkDocs: their pages have live examples, and they work as without pyrun.

The sites are in tests/browser/mkdocs_neighbours. They are built in a separate environment.
"""

from __future__ import annotations

import json
import os
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from pyrun_core.finish.head_tags import FOLDER
from pyrun_core.settlement.settlement import NAMES_FILE
from tests.browser.live_page import Cell
from tests.browser.neighbours import git, outputs
from tests.environments.environment import run
from tests.inventories import write_inventory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Route

    from tests.browser.neighbours import Visits
    from tests.browser.server import SiteServer
    from tests.conftest import MakeEnvironment

SITES = Path(__file__).parent / "mkdocs_neighbours"
ENVIRONMENT = "mkdocs-neighbours"
HIGHLIGHT_JS = "https://cdnjs.cloudflare.com/ajax/libs/highlight.js/**"
"""The theme loads it from there."""


class Build(Protocol):
    """Builds a site, once."""

    def __call__(self, name: str, config: str = "mkdocs.yml") -> Path:
        """Return the folder of the built site. Warnings are errors."""


@pytest.fixture(scope="module")
def python(make_environment: MakeEnvironment, browser_files: Path) -> Path:
    """The Python of the environment with all neighbours."""
    assert browser_files.is_dir()
    return make_environment(ENVIRONMENT)


@pytest.fixture(scope="module", autouse=True)
def _environment_variables(python: Path) -> Iterator[None]:
    """As in the activated environment, without what Material and ProperDocs say about MkDocs 2."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("SITE_URL", "INVENTORY"):
            patch.setenv(name, "")  # undone at the end
        patch.setenv("PATH", str(python.parent), prepend=os.pathsep)
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        patch.setenv("DISABLE_MKDOCS_2_WARNING", "true")
        yield


@pytest.fixture(scope="module")
def build(python: Path, copied: Callable[[str], Path], served: SiteServer) -> Build:
    """Builds sites into the server's folder."""

    @cache
    def build_once(name: str, config: str = "mkdocs.yml") -> Path:
        target = served.folder / f"{name}-{config.removesuffix('.yml')}"
        os.environ["SITE_URL"] = f"{served.url}{target.name}/"
        os.environ["INVENTORY"] = f"{served.url}objects.inv"
        write_inventory(served.folder / "objects.inv", "print py:function 1 functions.html#$ -\n")
        host = "properdocs" if name == "properdocs" else "mkdocs"
        # Not --quiet: then no warning fails the build.
        options = ("--strict", "--config-file", config, "--site-dir", target)
        run(python, "-m", host, "build", *options, cwd=copied(name))
        return target

    return build_once


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        # macros, in a fence and not
        ("index.html", ["6 42", "{3}", "&amp;lt; %26"]),
        # mkdocstrings: the docstrings of a module and of a function
        ("reference/index.html", ["module 1,000", "function 8"]),
        # gen-files: a page and a file beside it
        ("generated/page/index.html", ["42"]),
    ],
)
def test_examples_run_in_pages_that_plugins_write(
    path: str, expected: list[str], build: Build, visit: Visits
) -> None:
    """The pages are in the order of literate-nav and minified."""
    page = visit(build("plugins") / path)
    assert outputs(page) == expected


def test_names_that_mkdocstrings_knows_from_other_sites_are_linked(build: Build, served: SiteServer) -> None:
    names = json.loads((build("plugins") / FOLDER / NAMES_FILE).read_text(encoding="utf-8"))
    assert names["names"]["print"] == [names["pages"].index(f"{served.url}functions.html")]
    assert "documented.double" in names["names"]


def test_plugins_that_write_pages_do_their_own_work(build: Build) -> None:
    folder = build("plugins")
    text = (folder / "reference/index.html").read_text(encoding="utf-8")
    assert "class=md-nav__link" in text, "it has not been minified"
    soup = BeautifulSoup(text, "html.parser")
    assert [link.get_text().strip() for link in soup.select("nav.md-nav--primary > ul > li > a")] == [
        "Macros",
        "Reference",
        "Generated",
    ]
    assert [block.get_text().strip() for block in soup.select("pre") if block.find(class_="gp")] == [
        ">>> double(4)\n8"
    ]


def test_examples_run_in_the_pages_of_several_repositories(build: Build, visit: Visits) -> None:
    """With monorepo and awesome-nav."""
    folder = build("repositories")
    page = visit(folder / "library/guide/plots/index.html")
    assert outputs(page) == ["1 2 3"]
    page.goto(page.url.removesuffix("library/guide/plots/index.html") + "index.html")
    links = page.locator("nav.md-nav--primary > ul > li").all()
    assert [link.inner_text().split("\n")[0].strip() for link in links[:2]] == ["Library", "Start"]
    assert outputs(page) == ["start"]


@pytest.mark.parametrize("config", ["mkdocs.yml", "instant.yml"])
def test_examples_run_in_every_language(config: str, build: Build, visit: Visits) -> None:
    """With i18n, which builds the site once for each language, with one configuration."""
    folder = build("languages", config)
    for path, heading in {"index.html": "English", "fr/index.html": "Français"}.items():
        # i18n writes one sitemap.xml; Material looks for one in each language.
        page = visit(folder / path, "/fr/sitemap.xml")
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        assert outputs(page) == ["1,000"]
        html = BeautifulSoup((folder / path).read_text(encoding="utf-8"), "html.parser")
        for kind in ("script[src*='assets/pyrun/']", "link[href*='assets/pyrun/']"):
            assert len(html.select(kind)) == 1


@pytest.mark.parametrize("config", ["mkdocs.yml", "instant.yml"])
def test_the_page_to_print_has_all_examples_and_they_run(config: str, build: Build, visit: Visits) -> None:
    """With print-site."""
    page = visit(build("print", config) / "print_page/index.html")
    first, unasked, other = (Cell(cell) for cell in page.locator("pyrun-cell:visible").all())
    expect(page.get_by_text("secret_of_a")).to_be_hidden()
    expect(page.get_by_text("First", exact=True)).to_have_count(1)
    assert other.run_to("done").strip() == "b False"
    assert first.run_to("done").strip() == "a 1,000"
    assert other.run_to("done").strip() == "b False"
    assert unasked.state == "idle"


ANNOTATED = "width = 3  # (1)!\nheight = 4  # the height (2)\nprint(width * height)"


def test_annotations_of_material_can_be_read_before_and_while_an_example_is_edited(
    build: Build, visit: Visits
) -> None:
    page = visit(build("notes") / "index.html")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell = Cell(page.locator("pyrun-cell"))
    editor = page.get_by_role("textbox", name="Python code")
    markers = cell.locator.locator(".md-annotation")
    note = cell.locator.get_by_text("In metres too.")
    expect(markers).to_have_count(2)
    expect(page.get_by_role("list").filter(has_text="In metres")).to_have_count(0)
    after = page.get_by_text("See the other page")
    place = after.bounding_box()

    markers.nth(1).click()
    expect(note).to_be_visible()
    markers.nth(0).hover()
    expect(editor).to_have_count(0)
    cell.locator.get_by_text("print").hover()
    expect(editor).to_be_visible()
    assert after.bounding_box() == place
    expect(markers).to_have_count(2)
    expect(editor).not_to_contain_text("(1)!")
    markers.nth(1).click()
    expect(note).to_be_visible()

    cell.locator.get_by_text("3", exact=True).dblclick()
    page.keyboard.type("5")
    assert cell.run_to("done").strip() == "20"
    markers.nth(0).click()
    expect(cell.locator.get_by_text("In metres.")).to_be_visible()
    cell.copy()
    page.wait_for_function(
        "async code => (await navigator.clipboard.readText()) === code",
        arg=ANNOTATED.replace("3", "5"),
    )
    page.get_by_role("heading", name="Annotated").click()
    expect(cell.locator.get_by_text("In metres.")).to_have_count(0)  # it has covered the code
    cell.write("print(1)  # (2)")
    expect(markers).to_have_count(1)
    cell.choose("Reset")
    expect(markers).to_have_count(2)
    cell.copy()
    page.wait_for_function("async code => (await navigator.clipboard.readText()) === code", arg=ANNOTATED)


def test_an_instant_preview_shows_an_example_as_an_ordinary_block(
    build: Build, visit: Visits, served: SiteServer
) -> None:
    """It runs nothing and loads nothing, also if the example is in the same page, and has no name there."""
    page = visit(build("notes") / "index.html")
    live = page.locator("pyrun-cell")
    served.asked_for.clear()
    preview = page.get_by_role("dialog").filter(has_text="second")
    page.get_by_role("link", name="the other page").hover()
    expect(preview.locator("pre")).to_have_text('print("second")')
    expect(live).to_have_count(1)
    expect(live).to_have_attribute("data-state", "idle")
    assert not any("/assets/pyrun/" in path for path in served.asked_for)

    page.get_by_role("link", name="the other page").click()
    expect(live).to_have_count(2)
    first, second = (Cell(cell) for cell in live.all())
    for cell in (first, second):
        cell.wait_for("done")
    page.get_by_role("link", name="Above").hover()
    expect(page.get_by_role("dialog").locator("pre")).to_have_text('print("first")')
    expect(live).to_have_count(2)
    assert [cell.text.strip() for cell in (first, second)] == ["first", "second"]


def test_a_copy_of_an_example_does_not_claim_the_run_of_the_other(build: Build, visit: Visits) -> None:
    page = visit(build("repositories") / "index.html")
    original = Cell(page.locator("pyrun-cell").first)
    original.run_to("done")
    page.evaluate("cell => cell.after(cell.cloneNode(true))", original.locator.element_handle())
    copy = Cell(page.locator("pyrun-cell").nth(1))
    assert copy.state == "idle"
    expect(copy.locator).not_to_have_attribute("data-run", "1")
    assert copy.run_to("done").strip() == "start"
    assert original.state == "done"


def test_examples_run_without_a_request_to_third_parties(
    build: Build, visit: Visits, served: SiteServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With Material's plugins offline and privacy."""
    script = served.folder / "third-party" / "greeting.js"
    script.parent.mkdir()
    script.write_text("document.documentElement.dataset.greeting = 'hello';\n", encoding="utf-8")
    monkeypatch.setenv("EXTERNAL_SCRIPT", f"{served.url}third-party/greeting.js")
    folder = build("offline")
    served.asked_for.clear()
    page = visit(folder / "guide/page.html")
    assert outputs(page) == ["served"]
    assert page.locator("html").get_attribute("data-greeting") == "hello"
    assert not any(path.startswith("/third-party/") for path in served.asked_for)


def test_an_example_in_a_file_is_readable_and_says_why_it_does_not_run(build: Build, visit: Visits) -> None:
    """The plugin offline makes pages that readers open without a server."""
    page = visit((build("offline") / "guide/page.html").as_uri(), "file:///")
    cell = Cell(page.locator("pyrun-cell"))
    expect(cell.locator.get_by_text('print("served")')).to_be_visible()
    cell.run()
    cell.wait_for("error")
    assert "server" in cell.text


def test_highlight_js_of_properdocs_and_examples_do_not_disturb_each_other(
    build: Build, visit: Visits, project: Path
) -> None:
    def provide(context: BrowserContext) -> None:
        context.route(HIGHLIGHT_JS, lambda route: answer(route, project))

    page = visit(
        build("properdocs", "properdocs.yml") / "index.html", "request to another host", before=provide
    )
    expect(page.locator("pyrun-cell .hljs-keyword").first).to_be_visible()
    cell = Cell(page.locator("pyrun-cell"))
    assert cell.run_to("done").strip() == "42"
    cell.write("print(1)")
    assert cell.run_to("done").strip() == "1"


def test_examples_of_properdocs_run_when_highlight_js_cannot_be_loaded(build: Build, visit: Visits) -> None:
    """Then a script of the theme fails: `hljs is not defined`. It does so on pages without examples too."""

    def block(context: BrowserContext) -> None:
        context.route(HIGHLIGHT_JS, lambda route: route.abort())

    folder = build("properdocs", "properdocs.yml")
    failures = "cdnjs.cloudflare.com|hljs is not defined"
    assert outputs(visit(folder / "index.html", failures, before=block)) == ["42"]
    plain = visit(folder / "plain/index.html", failures, before=block)
    expect(plain.locator("script[src*='assets/pyrun/']")).to_have_count(0)
    assert plain.evaluate("typeof hljs") == "undefined"


def answer(route: Route, project: Path) -> None:
    """Serve highlight.js from this checkout's packages, as the CDN does."""
    name = route.request.url.partition("/highlight.js/")[2].partition("/")[2]
    route.fulfill(path=project / "node_modules/@highlightjs/cdn-assets" / name)


def test_every_version_of_a_site_runs(
    python: Path, copied: Callable[[str], Path], served: SiteServer, visit: Visits
) -> None:
    """With mike, which keeps the built versions in a branch, and the newest one under a second name."""
    source = copied("versions")
    page_file = source / "docs/index.md"
    git("init", "--quiet", cwd=source)
    for version in ("1.0", "2.0"):
        page_file.write_text(page_file.read_text(encoding="utf-8").replace("1.0", version), encoding="utf-8")
        git("add", ".", cwd=source)
        git("commit", "--quiet", "--message", version, cwd=source)
        run(python.with_name("mike"), "deploy", "--update-aliases", version, "latest", cwd=source)
    target = served.folder / "mike"
    git("worktree", "add", "--quiet", str(target), "gh-pages", cwd=source)
    for name, version in {"1.0": "1.0", "latest": "2.0"}.items():
        page = visit(target / name / "index.html")
        expect(page.get_by_role("button", name="Select version")).to_be_visible()
        assert outputs(page) == [f"version {version}"]


def test_a_site_runs_under_every_name_of_a_version(build: Build, served: SiteServer, visit: Visits) -> None:
    """As on Read the Docs, where `latest`, `stable` and a preview are at other addresses than `site_url`."""
    versions = served.folder / "en"
    for name in ("latest", "stable"):
        shutil.copytree(build("repositories"), versions / name)
    for name in ("latest", "stable"):
        assert outputs(visit(versions / name / "library/guide/plots/index.html")) == ["1 2 3"]
