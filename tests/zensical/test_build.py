"""``zensical build`` alone makes a site live."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

import zensical_pyrun
from pyrun_core.site_file import SiteFile
from tests.zensical.conftest import CONFIG

if TYPE_CHECKING:
    from tests.zensical.conftest import Site

PROJECT = Path(__file__).resolve().parents[2]

EXAMPLE = "# Page\n\n```pyrun\nprint(1)\n```\n"


def test_a_fence_becomes_live(site: Site) -> None:
    site.page(EXAMPLE, "guide/first.md")
    site.page("# Home\n\n```{.python .pyrun session=other}\nprint(2)\n```\n")
    site.build_strictly()
    (cell,) = site.cells("guide/first/index.html")
    assert (cell["data-source"], cell["data-page"], cell["data-line"]) == ("print(1)", "guide/first.md", "3")
    assert cell.find(class_="highlight")
    (cell,) = site.cells()
    assert (cell["data-source"], cell["data-session"]) == ("print(2)", "other")


def test_a_fence_becomes_a_playground(site: Site) -> None:
    site.page("# Page\n\n```pyrun-playground\n```\n\n```pyrun-playground name=mine\nprint(1)\n```\n")
    empty, full = site.build_strictly().cells()
    assert {"data-playground", "data-session"} <= set(empty.attrs)
    assert (full["data-name"], full["data-source"]) == ("mine", "print(1)")


def test_the_front_matter_sets_options_of_the_page(site: Site) -> None:
    site.page(f"---\ntitle: T\npyrun:\n  session: mine\n---\n{EXAMPLE}")
    (cell,) = site.build_strictly().cells()
    assert (cell["data-session"], cell["data-line"]) == ("mine", "8")


def test_options_of_the_site_apply_to_all_pages(site: Site) -> None:
    site.configure("pyrun.wrap = false")
    site.page(EXAMPLE)
    (cell,) = site.build_strictly().cells()
    assert cell.has_attr("data-nowrap")


@pytest.mark.parametrize("directory_urls", ["true", "false"])
def test_a_page_with_examples_loads_the_files_from_its_content(site: Site, directory_urls: str) -> None:
    site.write(
        "zensical.toml", CONFIG.replace("[project]", f"[project]\nuse_directory_urls = {directory_urls}")
    )
    site.page("# Home\n")
    site.page(EXAMPLE + EXAMPLE, "a.md")
    site.page(EXAMPLE, "deep/er/index.md")
    site.page(EXAMPLE, "deep/er/b.md")
    site.build_strictly()
    assert "assets/pyrun" not in site.html()
    names = ("a", "deep/er/b") if directory_urls == "false" else ("a/index", "deep/er/b/index")
    for name in (*(f"{name}.html" for name in names), "deep/er/index.html"):
        assert site.soup(name).head.find("script", src=lambda url: url and "assets/pyrun" in url) is None
        content = site.soup(name).find("article")
        (script,) = content.find_all("script", src=lambda url: url and "assets/pyrun" in url)
        (style,) = content.find_all("link", rel="stylesheet")
        for url in (script["src"], style["href"]):
            path = urljoin(f"http://host/{name}", url).removeprefix("http://host/")
            assert (site.folder / "site" / path).is_file(), url


def test_pages_can_have_the_hashes_of_script_and_style(site: Site) -> None:
    site.configure("pyrun.integrity = true")
    site.page(EXAMPLE)
    site.build_strictly()
    tags = site.soup().find("article").select("[integrity]")
    assert [(tag.name, tag["crossorigin"]) for tag in tags] == [
        ("link", "anonymous"),
        ("script", "anonymous"),
    ]
    for tag in tags:
        file = site.folder / "site" / (tag.get("src") or tag["href"])
        assert tag["integrity"] == SiteFile(file, file.name).integrity


def test_instant_navigation_writes_no_page_again(site: Site) -> None:
    site.write("zensical.toml", CONFIG + '\n[project.theme]\nfeatures = ["navigation.instant"]\n')
    site.page("# Home\n")
    site.page(EXAMPLE, "a.md")
    site.build_strictly()
    assert "assets/pyrun" not in site.html()
    assert "assets/pyrun" not in site.html("404.html")


def test_existing_blocks_go_live_by_the_option_and_load_the_files(site: Site) -> None:
    site.configure('pyrun.live = ["python", "doctest"]', 'pyrun.live-only = "all"')
    site.page("# Page\n\n```python\nx = 1\n```\n\ntext\n\n    >>> x\n    1\n\n```js\nlet y\n```\n")
    site.build_strictly()
    assert [cell["data-source"] for cell in site.cells()] == ["x = 1", "x"]
    assert [cell.get_text().strip() for cell in site.cells()] == ["x = 1", ">>> x\n1"]
    assert len(site.soup().select("script[src*='assets/pyrun/']")) == 1
    site.page("---\npyrun: {live: none}\n---\n# Page\n\n```python\nx = 1\n```\n")
    site.build_strictly()
    assert site.cells() == []


def test_a_build_whose_pages_are_all_cached_is_complete(site: Site) -> None:
    site.page('# Page\n\n```pyrun files="x.csv"\nopen("x.csv")\n```\n')
    site.write("docs/x.csv", "1,2\n")
    first = site.build_strictly()
    html, settlement = first.html(), first.settlement()
    second = site.build_strictly()
    assert (second.html(), second.settlement()) == (html, settlement)
    ((path, url, size, _),) = settlement["examples"][site.cells()[0]["data-requirements"]]["files"]
    assert (path, size) == ("x.csv", 4)
    assert site.html(f"assets/pyrun/{url}") == "1,2\n"


def test_the_wheel_of_the_project_is_published(site: Site) -> None:
    site.write("pyproject.toml", '[project]\nname = "demo"\nversion = "1.0"\n')
    site.write("wheels/demo-1.0-py3-none-any.whl", "")
    site.configure('pyrun.packages = ["wheels/demo-1.0-py3-none-any.whl"]')
    site.page(EXAMPLE)
    build = site.build()
    assert build.status == 0
    (warning,) = build.warnings
    assert warning.startswith("zensical.toml:8: ")


def test_a_page_names_no_folder_whether_it_is_cached_or_not(site: Site) -> None:
    site.page("---\npyrun: {packages: [./evil]}\n---\n# Page\n\n```pyrun packages=evil.whl\nprint(1)\n```\n")
    for arguments in ((), ("--strict",)):
        build = site.build(*arguments)
        assert build.status == len(arguments)
        assert [warning.partition(" is not among ")[0] for warning in build.warnings] == [
            "index.md:2: './evil'",
            "index.md:6: 'evil.whl'",
        ]
        assert all("of pyrun in zensical.toml: page-packages = " in warning for warning in build.warnings)


def test_a_strict_build_fails_for_a_wrong_option_even_if_the_page_is_cached(site: Site) -> None:
    site.page("---\npyrun: {colour: red}\n---\n# Page\n\n```pyrun nonsense=1\nprint(1)\n```\n")
    expected = ["index.md:2: there is no option 'colour'", "index.md:6: there is no option 'nonsense'"]
    for arguments in ((), ("--strict",), ("--strict",)):
        build = site.build(*arguments)
        assert [warning.partition(" here")[0] for warning in sorted(build.warnings)] == expected
        assert build.status == len(arguments)
    site.page(EXAMPLE)
    site.build_strictly()


def test_a_strict_build_fails_for_code_that_is_not_python(site: Site) -> None:
    site.page("# Page\n\n```pyrun\n!pip install humanize\n```\n")
    build = site.build("--strict")
    (warning,) = build.warnings
    assert warning.startswith("index.md:3: line 1 of the example is not Python. It installs humanize. ")
    assert build.status == 1
    site.page("# Page\n\n```pyrun raises=SyntaxError\n!pip install humanize\n```\n")
    site.build_strictly()


def test_a_wrong_option_of_the_site_is_reported_with_its_line(site: Site) -> None:
    site.configure("pyrun.reedonly = true")
    site.page(EXAMPLE)
    for _ in range(2):
        (warning,) = site.build().warnings
        assert warning.startswith("zensical.toml:8: there is no option 'reedonly'")


def test_the_configuration_can_make_builds_strict(site: Site) -> None:
    site.write("zensical.toml", CONFIG.replace("[project]", "[project]\nstrict = true"))
    site.page("```pyrun nonsense=1\nprint(1)\n```\n")
    build = site.build()
    assert build.status == 1
    assert "1 warning" in build.output


def test_mkdocs_yml_is_read_too(site: Site) -> None:
    (site.folder / "zensical.toml").unlink()
    site.write(
        "mkdocs.yml",
        """\
site_name: Test
plugins: [search, pyrun]
markdown_extensions:
  - pymdownx.highlight
  - pymdownx.superfences:
      custom_fences:
        - name: pyrun
          class: pyrun
          format: !!python/name:zensical_pyrun.fence
  - pyrun:
      repack: false
      wrap: false
""",
    )
    site.page(EXAMPLE)
    (cell,) = site.build_strictly().cells()
    assert cell.has_attr("data-nowrap")
    assert site.settlement()["format"] == 3


def test_options_of_a_plugin_are_reported_because_zensical_ignores_plugins(site: Site) -> None:
    site.write("zensical.toml", CONFIG + "\n[project.plugins.pyrun]\nwrap = false\n")
    site.page(EXAMPLE)
    (warning,) = site.build().warnings
    assert warning.startswith("zensical.toml: ")
    assert "plugins" in warning


def test_a_fence_without_the_extension_is_reported(site: Site) -> None:
    site.write("zensical.toml", CONFIG.replace("pyrun.repack = false\n", ""))
    site.page(EXAMPLE)
    (warning,) = site.build().warnings
    assert "the Markdown extension 'pyrun' is not" in warning
    assert "print(1)" in site.html()


def test_a_build_that_fails_is_not_finished(site: Site) -> None:
    site.page(f"[nowhere](nowhere.md)\n\n{EXAMPLE}")
    build = site.build("--strict")
    assert build.status == 1
    assert not (site.folder / "site" / "assets" / "pyrun").exists()


def test_a_site_without_examples_gets_no_files(site: Site) -> None:
    site.page("# Home\n")
    site.build_strictly()
    assert not (site.folder / "site" / "assets" / "pyrun").exists()


def test_a_fence_of_markdown_exec_stays_what_it_is(site: Site) -> None:
    site.write("zensical.toml", CONFIG + "\n[project.plugins.markdown-exec]\n")
    theirs = '# Theirs\n\n```pyodide install="six"\nprint(2)\n```\n'
    site.page(theirs, "theirs.md")
    site.page(EXAMPLE + theirs)
    site.build_strictly()
    (cell,) = site.cells()
    assert cell["data-source"] == "print(1)"
    assert (
        site.soup().find(class_="pyodide").get_text()
        == site.soup("theirs/index.html").find(class_="pyodide").get_text()
    )
    assert "pyrun" not in site.html("theirs/index.html")


def test_an_unknown_zensical_leaves_the_site_to_the_command(site: Site) -> None:
    site.page(EXAMPLE)
    site.write(
        "unknown.py",
        "import zensical.config\nfrom zensical.main import cli\n"
        "read = zensical.config.get_config\n"
        "zensical.config.get_config = lambda: {k: v for k, v in read().items() if k != 'site_dir'}\ncli()\n",
    )
    build = site.run("unknown.py", "build")
    assert build.status == 1
    assert "pyrun finish" in build.output


def test_a_new_version_of_pyrun_renders_cached_pages_again() -> None:
    """Zensical's key for its cache is made from the pickled configuration."""
    fence = zensical_pyrun.fence
    assert pickle.dumps(fence) == pickle.dumps(replace(fence))
    assert pickle.dumps(fence) != pickle.dumps(replace(fence, version="0"))


def test_the_command_lists_and_locks_the_packages(site: Site) -> None:
    site.page("---\npyrun: {packages: [micropip]}\n---\n" + EXAMPLE)
    listed = site.run("-c", "from pyrun_core.cli import main; main(['packages'])")
    assert "index.md" in listed.output
    assert "micropip" in listed.output
    site.page(EXAMPLE)
    locked = site.run("-c", "from pyrun_core.cli import main; raise SystemExit(main(['lock']))")
    assert locked.status == 0, locked.output
    assert (site.folder / "pyrun-lock.json").is_file()


def test_the_example_in_the_documentation_builds(site: Site) -> None:
    shutil.copytree(PROJECT / "docs" / "zensical", site.folder, dirs_exist_ok=True)
    site.build_strictly()
    assert len(site.cells()) == len(["greet", "share"])
    (cell,) = site.cells("files/index.html")
    ((path, *_),) = site.settlement()["examples"][cell["data-requirements"]]["files"]
    assert path == "data/planets.csv"
