"""Extensions, themes and tools around Sphinx: their pages have live examples, and they work as without pyrun.

The sites are in tests/browser/sphinx_neighbours. They are built in separate environments.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from playwright.sync_api import expect

from tests.browser.live_page import Cell
from tests.browser.neighbours import git, outputs
from tests.environments.environment import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Locator

    from tests.browser.neighbours import Visits
    from tests.browser.server import SiteServer
    from tests.conftest import MakeEnvironment

SITES = Path(__file__).parent / "sphinx_neighbours"
NEWEST = "sphinx-neighbours"
OLDER = "older-sphinx-neighbours"

BETWEEN_TRIES_S = 0.1

NARROW_PX = 300
"""Less than the buttons of an example need."""

VERSIONS = ("1.0", "2.0")


class Build(Protocol):
    """Builds a site with a builder of Sphinx, once."""

    def __call__(self, site: str, builder: str = "html") -> Path:
        """Return the folder of the built site."""


@pytest.fixture(scope="module")
def python(make_environment: MakeEnvironment, browser_files: Path) -> Path:
    """The Python of the environment with the newest Sphinx that all neighbours support."""
    assert browser_files.is_dir()
    return make_environment(NEWEST)


@pytest.fixture(scope="module")
def build(python: Path, copied: Callable[[str], Path], served: SiteServer) -> Build:
    """Builds sites into the folder that is served. The builders of a site share its doctrees."""
    sources: dict[str, Path] = {}

    def build_once(site: str, builder: str = "html") -> Path:
        folder = served.folder / site / builder
        if not folder.exists():
            if site not in sources:
                sources[site] = copied(site)
            sphinx(python, sources[site], folder, builder)
        return folder

    return build_once


def sphinx(python: Path, source: Path, target: Path, builder: str = "html", *options: str) -> None:
    """Build a site. Warnings are errors."""
    doctrees = target.with_name("doctrees")
    flags = ("-q", "-W", "--keep-going", "-b", builder, *options)
    run(python, "-m", "sphinx", *flags, "-d", doctrees, source, target, cwd=source)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param(path, expected, id=neighbour)
        for neighbour, path, expected in [
            # A hidden example runs before the second one.
            ("sphinx-gallery", "extensions/html/made/plot_example.html", ["root: 4.0", "sum: 7.0"]),
            ("nbsphinx", "extensions/html/notebook.html", ["count: 1", "count: 2"]),
            ("numpydoc", "extensions/html/documented.html", ["20", "doubled: 40"]),
            ("autosummary", "extensions/html/made/api/documented.half.html", ["whole: 9", "half: 4.5"]),
            # These are shown in the theme sphinx-immaterial.
            ("myst-nb", "notebooks/html/notebook.html", ["count: 1", "count: 2"]),
            ("myst-nb-text", "notebooks/html/text.html", ["first: word", "second: word"]),
            ("napoleon", "notebooks/html/documented.html", ["number: 21", "doubled: 42"]),
        ]
    ],
)
def test_examples_of_generated_pages_run(path: str, expected: list[str], build: Build, visit: Visits) -> None:
    site, builder, page = path.split("/", 2)
    assert outputs(visit(build(site, builder) / page)) == expected


@pytest.mark.parametrize(
    "path", ["html/components.html", "dirhtml/components/index.html", "singlehtml/index.html"]
)
def test_examples_run_in_grids_tabs_and_dropdowns(path: str, build: Build, visit: Visits) -> None:
    """Those of sphinx-design and sphinx-tabs, in all live builders."""
    builder, _, name = path.partition("/")
    page = visit(build("extensions", builder) / name)
    examples = page.locator("#components pyrun-cell")
    for hidden, control in {
        2: page.get_by_text("Other design tab"),
        4: page.get_by_text("A dropdown"),
        5: page.get_by_role("tab", name="Other tab"),
    }.items():
        expect(examples.nth(hidden)).to_be_hidden()
        control.click()
        expect(examples.nth(hidden)).to_be_visible()
    assert [Cell(example).run_to("done").strip() for example in examples.all()] == [
        "outside",
        "outside, card",
        "outside, card, design tab",
        "outside, card, design tab, code tab",
        "outside, card, design tab, code tab, dropdown",
        "outside, card, design tab, code tab, dropdown, tab",
    ]
    assert_buttons_are_inside(examples.nth(1))
    page.get_by_role("tab", name="Shown tab", exact=True).click()
    expect(examples.nth(5)).to_be_hidden()
    page.get_by_role("tab", name="Other tab").click()
    expect(Cell(examples.nth(5)).output).to_contain_text("dropdown, tab")


def assert_buttons_are_inside(example: Locator) -> None:
    """The place of the example is narrow, and the window is not."""
    width = example.evaluate("cell => cell.clientWidth")
    assert example.evaluate("cell => cell.scrollWidth") == width
    assert width < NARROW_PX


def test_examples_run_in_tabs_of_sphinx_immaterial(build: Build, visit: Visits) -> None:
    page = visit(build("notebooks") / "text.html")
    page.get_by_text("Other tab").click()
    assert outputs(page) == ["first: word", "second: word", "in a tab: word"]


def test_examples_run_after_instant_navigation_of_sphinx_immaterial(
    python: Path,
    copied: Callable[[str], Path],
    served: SiteServer,
    visit: Visits,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From a page that has none, and therefore doesn't load pyrun's files: the theme runs new scripts."""
    target = served.folder / "instant" / "html"
    monkeypatch.setenv("SITE_URL", f"{visit.url(target)}/")
    sphinx(python, copied("notebooks"), target)
    page = visit(target / "index.html")
    page.evaluate("window.sameRealm = true")
    for name, expected in {
        "A text notebook": ["first: word", "second: word"],
        "A notebook": ["count: 1", "count: 2"],
    }.items():
        page.get_by_role("link", name=name, exact=True).first.click()
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
        assert outputs(page) == expected
        assert page.evaluate("document.querySelector('link[href*=\"/pyrun/\"]').sheet !== null")
    assert page.evaluate("window.sameRealm") is True


def test_ordinary_blocks_keep_their_copy_button_and_examples_have_one(build: Build, visit: Visits) -> None:
    page = visit(build("extensions") / "made/plot_example.html")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ordinary = page.locator(".highlight", has_text="sqrt(2)")
    ordinary.hover()
    ordinary.locator("button.copybtn").click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).endsWith('print(sqrt(2))')")
    example = Cell(page.locator("pyrun-cell:visible").first)
    example.point()
    expect(example.button("Copy")).to_be_visible()
    expect(example.locator.locator("button.copybtn:visible")).to_have_count(0)


@pytest.mark.parametrize(
    ("site", "builder"),
    [
        ("extensions", "confluence"),
        ("extensions", "epub"),
        ("extensions", "latex"),
        ("extensions", "text"),
        ("notebooks", "man"),  # nbsphinx does not support it
    ],
)
def test_other_builders_write_ordinary_blocks(site: str, builder: str, build: Build) -> None:
    written = b"".join(path.read_bytes() for path in build(site, builder).rglob("*") if path.is_file())
    assert b"count" in written
    assert b"pyrun-cell" not in written
    assert b"hidden = 3" not in written.replace(b"#    hidden = 3", b"")  # the gallery's download


def test_translated_pages_keep_live_examples(
    python: Path, copied: Callable[[str], Path], served: SiteServer, tmp_path: Path, visit: Visits
) -> None:
    """With the catalogues of sphinx-intl."""
    source = copied("notebooks")
    sphinx(python, source, tmp_path / "gettext", "gettext")
    run(
        *(python.with_name("sphinx-intl"), "update", "--language", "de"),
        *("--pot-dir", tmp_path / "gettext"),
        cwd=source,
    )
    catalogue = source / "locales/de/LC_MESSAGES/text.po"
    untranslated = catalogue.read_text(encoding="utf-8").replace("#, fuzzy\n", "", 1)
    translated = untranslated.replace('"A sentence."\nmsgstr ""', '"A sentence."\nmsgstr "Ein Satz."')
    catalogue.write_text(translated, encoding="utf-8")
    target = served.folder / "translated" / "html"
    sphinx(python, source, target, "html", "-D", "language=de")
    # Also without pyrun: the theme has removed a script that Sphinx's translations use.
    page = visit(target / "text.html", "Documentation is not defined")
    expect(page.get_by_text("Ein Satz.")).to_be_visible()
    assert outputs(page) == ["first: word", "second: word"]


@pytest.mark.parametrize("environment", [NEWEST, OLDER])
def test_examples_run_in_every_version_of_sphinx_multiversion(
    environment: str,
    make_environment: MakeEnvironment,
    served: SiteServer,
    tmp_path: Path,
    visit: Visits,
) -> None:
    """Its fork sphinx-multiversion-scylla, and with an older Sphinx the original. They share one Python."""
    shutil.copytree(SITES / "versions", tmp_path / "docs")
    git("init", "--quiet", cwd=tmp_path)
    page = tmp_path / "docs/index.rst"
    for version in VERSIONS:
        page.write_text(page.read_text(encoding="utf-8").replace(VERSIONS[0], version), encoding="utf-8")
        git("add", ".", cwd=tmp_path)
        git("commit", "--quiet", "--message", version, cwd=tmp_path)
        git("tag", f"v{version}", cwd=tmp_path)
    target = served.folder / f"versions-{environment}"
    python = make_environment(environment)
    flags = ("-q", "-W", "-D", "pyrun_runtime=../pyrun")
    run(python, "-m", "sphinx_multiversion", "docs", target, *flags, cwd=tmp_path)
    assert {path.relative_to(target).parts[0] for path in target.rglob("*.wasm")} == {"pyrun"}
    for version in VERSIONS:
        shown = outputs(visit(target / f"v{version}" / "index.html"))
        assert shown == [f"version: {version}", f"again: {version}"]


def test_pages_run_again_after_sphinx_autobuild_has_reloaded_them(
    python: Path, copied: Callable[[str], Path], visit: Visits
) -> None:
    source = copied("versions")
    with autobuild(python, source) as url:
        page = visit(url, "favicon.ico")
        assert outputs(page) == ["version: 1.0", "again: 1.0"]
        index = source / "index.rst"
        index.write_text(index.read_text(encoding="utf-8").replace("1.0", "3.0"), encoding="utf-8")
        expect(page.locator("pyrun-cell").first).to_have_attribute("data-source", re.compile("3.0"))
        assert outputs(page) == ["version: 3.0", "again: 3.0"]


def test_examples_of_a_jupyter_book_run(
    make_environment: MakeEnvironment, copied: Callable[[str], Path], served: SiteServer, visit: Visits
) -> None:
    target = served.folder / "book"
    command = make_environment(OLDER).with_name("jupyter-book")
    run(command, "build", "-W", "-n", "--path-output", target, ".", cwd=copied("book"))
    complaints = (  # also without pyrun: of its extension sphinx-thebe, and of its theme
        "Identifier 'THEBE_JS_URL' has already been declared",
        "Got invalid theme mode",
    )
    page = visit(target / "_build/html/introduction.html", *complaints)
    page.get_by_text("Other tab").click()
    page.get_by_text("A folded admonition").click()
    assert outputs(page) == ["first: word", "in a tab: word", "in an admonition: word"]
    page = visit(target / "_build/html/notebook.html", *complaints)
    assert outputs(page) == ["count: 1", "count: 2"]


@contextmanager
def autobuild(python: Path, source: Path) -> Iterator[str]:
    """The URL of a site that sphinx-autobuild serves, and builds again after changes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = probe.getsockname()
    log = source / "log.txt"
    flags = ("--port", str(address[1]), "--ignore", log)
    with log.open("wb") as output:
        server = subprocess.Popen(
            [python, "-m", "sphinx_autobuild", *flags, ".", "_build"],
            cwd=source,
            stdout=output,
            stderr=output,
        )
    try:
        while not accepts_connections(address):
            assert server.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(BETWEEN_TRIES_S)
        yield f"http://{address[0]}:{address[1]}/"
    finally:
        server.kill()
        server.wait()


def accepts_connections(address: tuple[str, int]) -> bool:
    """Whether a server listens there."""
    try:
        socket.create_connection(address).close()
    except ConnectionRefusedError:
        return False
    return True
