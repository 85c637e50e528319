"""The documentation builds without a warning, has live examples on every page, and matches the code."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from pyrun_core.examples.render import BUILD_ATTRIBUTES
from pyrun_core.options.declare import Option, Scope, declared_options, read_options
from pyrun_core.problems import Location, Problem
from tests.docs.building import ANY_SITE, MKDOCS_PAGES, PROJECT, SPHINX_PAGES, ZENSICAL_PAGES
from tests.messages import messages
from tests.unit.test_page_contract import PAGE_ATTRIBUTES

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag

ASSETS = PROJECT / "assets"


def page_of(site: Path, name: str) -> Tag:
    """The content of a page, without the theme's navigation."""
    soup = BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    content = soup.select_one("article")
    assert content is not None
    return content


def codes_of(page: Tag) -> set[str]:
    """All inline code in text and tables."""
    return {code.get_text() for code in page.select("code")}


def texts_of(row: Tag) -> list[str]:
    """The text of each cell of a table's row."""
    return [cell.get_text(strip=True) for cell in row.select("th, td")]


def section_of(page: Tag, anchor: str) -> Tag:
    section = page.select_one(f"section#{anchor}")
    assert section is not None, f"no section {anchor}"
    return section


@pytest.mark.parametrize("name", SPHINX_PAGES)
def test_every_page_of_the_sphinx_site_has_a_live_example(sphinx_site: Path, name: str) -> None:
    assert page_of(sphinx_site, name).select("pyrun-cell:not([hidden])")


@pytest.mark.parametrize(
    ("generator", "name"),
    [*(("mkdocs", name) for name in MKDOCS_PAGES), *(("zensical", name) for name in ZENSICAL_PAGES)],
)
@pytest.mark.usefixtures("mkdocs_site", "zensical_site")
def test_every_page_of_the_sites_inside_has_a_live_example(
    sphinx_site: Path, generator: str, name: str
) -> None:
    path = "index" if name == "index" else f"{name}/index"
    assert page_of(sphinx_site / generator, path).select("pyrun-cell:not([hidden])")


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
@pytest.mark.usefixtures("mkdocs_site", "zensical_site")
def test_a_tutorial_has_the_same_examples_in_both_sites(sphinx_site: Path, generator: str) -> None:
    pages = page_of(sphinx_site, f"tutorial/{generator}"), page_of(sphinx_site / generator, "tutorial/index")
    here, there = ([cell["data-source"] for cell in page.select("pyrun-cell")] for page in pages)
    assert here == there


def test_the_tutorial_for_any_site_has_the_same_examples_in_both_sites(
    sphinx_site: Path, any_site: Path
) -> None:
    in_sphinx = page_of(sphinx_site, "tutorial/any-site").select("pyrun-cell")
    built = BeautifulSoup((any_site / "index.html").read_text(encoding="utf-8"), "html.parser")
    for attribute in ("data-source", "data-caption"):
        assert [cell.get(attribute) for cell in in_sphinx] == [
            cell.get(attribute) for cell in built.select("pyrun-cell")
        ]


def test_the_tutorial_for_any_site_shows_the_files_of_its_site() -> None:
    tutorial = (ANY_SITE / "pages" / "index.md").read_text(encoding="utf-8")
    for name in ("build.py", "page.html"):
        assert (ANY_SITE / name).read_text(encoding="utf-8") in tutorial


@pytest.mark.parametrize("option", declared_options(), ids=lambda option: option.name)
def test_the_reference_lists_every_option_and_its_spellings(sphinx_site: Path, option: Option) -> None:
    section = section_of(page_of(sphinx_site, "reference/options"), f"option-{option.name}")
    codes = codes_of(section)
    assert ("pyrun_" + option.field in codes) == (Scope.SITE in option.scope)
    assert ("pyrun-" + option.name in codes) == (Scope.PAGE in option.scope)
    assert f":{option.name}:" in codes or option.scope == Scope.SITE
    text = " ".join(section.get_text().split()).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    assert option.help.replace("`", "") in text


@pytest.mark.parametrize("option", declared_options(), ids=lambda option: option.name)
def test_the_reference_has_valid_defaults_and_names_where_options_can_be_set(
    sphinx_site: Path, option: Option
) -> None:
    """The documented values are tried with core's reader of options."""
    rows = section_of(page_of(sphinx_site, "reference/options"), "options").select("table")[0].select("tr")
    (row,) = (cells for cells in map(texts_of, rows) if cells[0] == option.name)
    *answers, default = row[1:]
    for scope, answer in zip((Scope.SITE, Scope.PAGE, Scope.BLOCK), answers, strict=True):
        written = "" if default == "none" else default
        problems: list[str] = []
        values = read_options(
            {option.name: written},
            scope,
            Location("page"),
            lambda _problem, message, _location, said=problems: said.append(message),
        )
        assert any("cannot be set here" in message for message in problems) == (answer != "yes")
        if answer == "yes" and default != "none":
            assert (values, problems) == ({option.field: option.default}, [])
        elif default == "none":
            assert not option.default


@pytest.mark.parametrize("problem", Problem)
def test_the_reference_lists_every_kind_of_warning(sphinx_site: Path, problem: Problem) -> None:
    assert f"pyrun.{problem.value}" in codes_of(page_of(sphinx_site, "reference/warnings"))


def test_the_reference_has_the_custom_properties_of_the_style_sheets(sphinx_site: Path) -> None:
    used = {
        name
        for sheet in (ASSETS / "page").rglob("*.css")
        for name in re.findall(r"var\((--pyrun-[a-z-]+)", sheet.read_text(encoding="utf-8"))
    }
    theme = (ASSETS / "page" / "cell" / "theme.js").read_text(encoding="utf-8")
    set_by_cell = set(re.findall(r'"(--pyrun-[a-z-]+)": ', theme))
    section = section_of(page_of(sphinx_site, "reference/element"), "custom-properties")
    documented = {code for code in codes_of(section) if code.startswith("--pyrun-")}
    assert documented == used | set_by_cell


def test_the_reference_has_the_states_names_and_parts_of_the_element(sphinx_site: Path) -> None:
    page = page_of(sphinx_site, "reference/element")
    cell = (ASSETS / "page" / "run" / "run_view.js").read_text(encoding="utf-8")
    union = re.search(r"@typedef \{(.+)\} State ", cell)
    assert union is not None
    assert set(re.findall(r'"(\w+)"', union[1])) <= codes_of(section_of(page, "states"))
    texts = messages()
    names = section_of(page, "roles-and-names").get_text()
    for name in (
        *texts["TOOLBAR_LABELS"].values(),
        *(texts["CELL_MESSAGES"][key] for key in ("retry", "output", "first")),
        *(texts["RUN_MESSAGES"][key] for key in ("input", "runAll", "runAbove", "restartPython")),
        texts["RUN_MESSAGES"]["runThemAgain"],
        texts["EDITOR_MESSAGES"]["name"],
        *(texts["PLACE_MESSAGES"][key] for key in ("showPrompts", "hidePrompts")),
    ):
        assert name in names
    modules = "".join(path.read_text(encoding="utf-8") for path in (ASSETS / "page").rglob("*.js"))
    parts = set(" ".join(re.findall(r'part: ["`]([^"`]+)["`]', modules)).replace("${kind}", "").split())
    assert parts | set(texts["TOOLBAR_LABELS"]) == codes_of(section_of(page, "parts")) - {"::part()"}


def test_the_guide_to_themes_lists_every_part(sphinx_site: Path) -> None:
    reference = section_of(page_of(sphinx_site, "reference/element"), "parts")
    guide = section_of(page_of(sphinx_site, "how-to/theme"), "all-parts")
    listed = {code for row in guide.select("tbody tr") for code in codes_of(row.select("td")[0])}
    assert listed == codes_of(reference) - {"::part()"}


def test_the_reference_has_the_attributes_of_the_element(sphinx_site: Path) -> None:
    options = {option.attribute.name or option.name for option in declared_options() if option.attribute}
    attributes = options | set(BUILD_ATTRIBUTES) | PAGE_ATTRIBUTES
    codes = codes_of(section_of(page_of(sphinx_site, "reference/element"), "attributes"))
    documented = {code.removeprefix("data-") for code in codes if code.startswith("data-")}
    assert documented == attributes
    assert "hidden" in codes


def test_the_files_that_pages_mention_exist(sphinx_site: Path) -> None:
    folders = (
        "assets",
        "docs",
        "markdown_pyrun",
        "mkdocs_pyrun",
        "pyrun_core",
        "pyrun_syntax",
        "sphinx_pyrun",
        "tests",
        "zensical_pyrun",
    )
    path = re.compile(rf"(?:{'|'.join(folders)})/[\w./-]+")
    named = {
        (name, code)
        for name in SPHINX_PAGES
        if name.startswith(("development", "explanation", "reference"))
        for code in codes_of(page_of(sphinx_site, name))
        if path.fullmatch(code) and not code.startswith("pyrun_core/browser")
    }
    assert named
    assert {(name, code) for name, code in named if not (PROJECT / code).exists()} == set()


def test_the_tree_lists_every_module_of_the_project_with_its_purpose(sphinx_site: Path) -> None:
    section = section_of(page_of(sphinx_site, "explanation/architecture"), "the-whole-tree")
    told = {}
    for term in section.select("dl.source-tree > dt"):
        folder, modules = term.code.get_text(), term.find_next_sibling("dd")
        for module in modules.select("li"):
            told[folder + module.code.get_text()] = module.get_text().partition(": ")[2]
    packages = ("pyrun_core", "markdown_pyrun", "mkdocs_pyrun", "sphinx_pyrun", "zensical_pyrun")
    roots = ("assets", "pyrun_syntax", *packages)
    patterns = [f"{root}/**.{kind}" for root in roots for kind in ("py", "pyi", "js", "mjs", "wat")]
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    listing = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    modules = {name for name in listing.splitlines() if (PROJECT / name).exists()}
    assert told.keys() == {name for name in modules if not name.endswith("/__init__.py")}
    unclear = {name: about for name, about in told.items() if not re.match(r"[`A-Z\w].{10,}", about)}
    assert unclear == {}


PACKAGES_OF_THE_TABLE = {
    "Sphinx": "sphinx",
    "MyST-Parser": "myst-parser",
    "MkDocs": "mkdocs",
    "ProperDocs": "properdocs",
    "Material for MkDocs": "mkdocs-material",
    "Jupyter Book": "jupyter-book",
    "MyST-NB": "myst-nb",
    "nbsphinx": "nbsphinx",
    "numpydoc": "numpydoc",
    "sphinx-autobuild": "sphinx-autobuild",
    "sphinx-copybutton": "sphinx-copybutton",
    "sphinx-design": "sphinx-design",
    "sphinx-gallery": "sphinx-gallery",
    "sphinx-immaterial": "sphinx-immaterial",
    "sphinx-intl": "sphinx-intl",
    "sphinx-multiversion": "sphinx-multiversion",
    "sphinx-multiversion-scylla": "sphinx-multiversion-scylla",
    "sphinx-tabs": "sphinx-tabs",
    "sphinxcontrib-confluencebuilder": "sphinxcontrib-confluencebuilder",
    "awesome-nav": "mkdocs-awesome-nav",
    "gen-files": "mkdocs-gen-files",
    "literate-nav": "mkdocs-literate-nav",
    "macros": "mkdocs-macros-plugin",
    "mike": "mike",
    "minify": "mkdocs-minify-plugin",
    "markdown-exec": "markdown-exec",
    "mkdocstrings": "mkdocstrings",
    "monorepo": "mkdocs-monorepo-plugin",
    "print-site": "mkdocs-print-site-plugin",
    "static-i18n": "mkdocs-static-i18n",
}


@pytest.mark.parametrize("row", PACKAGES_OF_THE_TABLE)
def test_the_versions_documented_as_tested_are_installed_for_tests(sphinx_site: Path, row: str) -> None:
    requirements = PROJECT / "requirements"
    locks = [requirements / "test.txt", *(requirements / "environments").glob("*.txt")]
    locked = re.compile(rf"^{PACKAGES_OF_THE_TABLE[row]}==([\w.]+)", re.MULTILINE)
    installed = {version for lock in locks for version in locked.findall(lock.read_text(encoding="utf-8"))}
    rows = page_of(sphinx_site, "reference/supported").select("tr")
    cells = next(cells for tr in rows if (cells := tr.select("td")) and cells[0].get_text(strip=True) == row)
    assert set(cells[2].get_text(strip=True).split(", ")) == installed


@pytest.mark.usefixtures("any_site")
def test_links_inside_the_sites_have_targets(
    sphinx_site: Path, mkdocs_site: Path, zensical_site: Path
) -> None:
    pages = {
        path: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in sphinx_site.rglob("*.html")
        # Their links begin at the root of the server.
        if path not in {mkdocs_site / "404.html", zensical_site / "404.html"}
    }
    anchors = {path: {tag["id"] for tag in page.select("[id]")} for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        for tag in page.select("a[href], link[href], script[src], img[src]"):
            link = urlsplit(str(tag.get("href") or tag.get("src") or ""))
            if link.scheme or link.netloc:
                continue
            target = (path.parent / unquote(link.path)).resolve() if link.path else path
            target = target / "index.html" if target.is_dir() else target
            anchor = unquote(link.fragment)
            if not target.exists() or (target in pages and anchor and anchor not in anchors[target]):
                broken.append((str(path.relative_to(sphinx_site)), link.geturl()))
    assert broken == []


def test_the_links_of_the_readme_have_targets() -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)|src=\"([^\"]+)\"", text)
    local = [target for pair in targets for target in pair if target and "://" not in target]
    assert local
    assert [target for target in local if not (PROJECT / target).exists()] == []
