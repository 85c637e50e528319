"""Existing blocks go live beside Material, mkdocstrings and markdown-exec, whose pages stay as they are."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from tests.environments.environment import run

if TYPE_CHECKING:
    from bs4 import Tag

    from tests.conftest import MakeEnvironment

SITE = Path(__file__).parent / "existing_blocks"
PAGES = tuple(f"{name}index.html" for name in ("", "reference/", "sections/", "unnamed/", "executed/"))

BUILD = """
import logging, sys
from mkdocs.commands.build import build
from mkdocs.config import load_config

logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stdout)
build(load_config("mkdocs.yml", site_dir=sys.argv[1]))
"""


ORIGINS = """
import json
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs_pyrun.plugin import BuildUse

config = load_config("mkdocs.yml", site_dir="checked")
plugin = config.plugins["pyrun"]
plugin.use = BuildUse.EXAMPLES
build(config)
examples = [example for page in plugin.pages for example in page.examples if page.job.page == "reference.md"]
print(json.dumps([
    [
        [str(location) for location in example.lines],
        [str(output.location) for output in example.outputs],
        [flag.name for each in example.flags for flag in each.flags],
    ]
    for example in examples
]))
"""


@pytest.fixture(scope="module")
def built(
    make_environment: MakeEnvironment, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[str]]:
    """The folder with the sites ``plain`` and ``live``, and the warnings of the second one."""
    python = make_environment("mkdocs-neighbours")
    folder = tmp_path_factory.mktemp("existing") / "project"
    shutil.copytree(SITE, folder)
    warnings = ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        for name, live in (("plain", "none"), ("live", "doctest python exec")):
            patch.setenv("LIVE", live)
            warnings = run(python, "-c", BUILD, name, cwd=folder)
    return folder, [line for line in warnings.splitlines() if "[pyrun." in line]


def cells(built: tuple[Path, list[str]], page: str) -> list[Tag]:
    html = (built[0] / "live" / page).read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser").find_all("pyrun-cell")


def without_pyrun(html: str) -> str:
    html = re.sub(r"<(?:link|script)[^>]*assets/pyrun/[^>]*>(?:</script>)?|</?pyrun-cell[^>]*>", "", html)
    return re.sub(r"(?<=>)\s+|\s+(?=<)", "", html)


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_the_same_around_the_cells(built: tuple[Path, list[str]], page: str) -> None:
    plain, live = ((built[0] / name / page).read_text(encoding="utf-8") for name in ("plain", "live"))
    assert "<pyrun-cell" not in plain
    assert without_pyrun(live) == without_pyrun(plain)


def test_the_search_index_is_the_same(built: tuple[Path, list[str]]) -> None:
    plain, live = (built[0] / name / "search/search_index.json" for name in ("plain", "live"))
    assert plain.read_bytes() == live.read_bytes()


def test_fences_of_a_page_are_live(built: tuple[Path, list[str]]) -> None:
    sources = [cell["data-source"] for cell in cells(built, "index.html")]
    assert sources == ["width = 3\nprint(width)", "width * 2", 'print("in a tab")']


def test_each_docstring_has_a_session_with_the_names_of_its_module(built: tuple[Path, list[str]]) -> None:
    found = [
        (cell["data-session"].removeprefix("measures.lengths"), cell["data-source"], cell["data-preamble"])
        for cell in cells(built, "reference/index.html")
    ]
    names = "import math\nfrom measures.lengths import double"
    assert found == [
        ("", "double(1)", "from measures.lengths import double"),
        (".Length", "Length(2).grown()", "from measures.lengths import Length"),
        (".Length.grown", "Length(1).grown()", "from measures.lengths import Length"),
        (".double", "print(double(math.pi))", names),
        (".double", "double(4)\ntwo = double(1)", names),
        (".double", "double(two)", names),
    ]
    shown = ["data-show-preamble" in cell.attrs for cell in cells(built, "reference/index.html")]
    assert shown == [True, True, True, True, False, False]
    shown = ["data-show-preamble" in cell.attrs for cell in cells(built, "sections/index.html")]
    assert shown == [True, False]


def test_an_object_without_a_heading_is_known_by_the_page(built: tuple[Path, list[str]]) -> None:
    sessions = {cell["data-session"] for cell in cells(built, "unnamed/index.html")}
    assert sessions == {"measures.lengths.double"}


def test_a_wrong_docstring_is_reported_with_its_line_in_the_file(built: tuple[Path, list[str]]) -> None:
    (warning,) = built[1]
    lines = (SITE / "measures/lengths.py").read_text(encoding="utf-8").split("\n")
    line = lines.index("                    Length(metres)") + 1
    assert f"measures/lengths.py:{line}: the block stays as it is, because" in warning


def test_each_line_of_a_docstring_is_found_and_its_flags(
    built: tuple[Path, list[str]], make_environment: MakeEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setenv("LIVE", "doctest python exec")
    python = make_environment("mkdocs-neighbours")
    found = json.loads(run(python, "-c", ORIGINS, cwd=built[0]).splitlines()[-1])
    file = "measures/lengths.py"
    assert found == [
        [[f"{file}:4"], [f"{file}:5"], []],
        [[f"{file}:48"], [f"{file}:49"], []],
        [[f"{file}:64"], [f"{file}:65"], []],
        [[f"{file}:18"], [], []],
        [[f"{file}:24", f"{file}:26"], [f"{file}:25"], []],
        [[f"{file}:30"], [f"{file}:31"], ["ELLIPSIS"]],
    ]


def test_code_that_markdown_exec_shows_is_live_and_its_output_stays(built: tuple[Path, list[str]]) -> None:
    found = [(cell["data-source"], cell.get("data-session")) for cell in cells(built, "executed/index.html")]
    assert found == [
        ("a = 1\nprint(a)", "a"),
        ('print(5)  # markdown-exec: hide\nprint("five")', "isolated"),
        ("print(a)", "a"),
    ]
