"""Outputs that builds of MkDocs and `pyrun finish` store, with a fake runner, which runs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from pyrun_core.cli import main
from tests.fake_runner import FAILS
from tests.stored_examples import FIGURE, PNG, TABLE, TEXT, show_all

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fake_runner import FakeRunner

    from .conftest import Log, Site

PAGE = f"""\
# Page

```pyrun output=build
{TEXT}
```

```pyrun output=build
{TABLE}
```

```pyrun output=build
{FIGURE}
```

```pyrun
{FAILS}
```
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache without the outcomes of other tests."""
    monkeypatch.setenv("PYRUN_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


def shown(path: Path) -> list[str | None]:
    """For each cell of a page, the text of its output, or the file of its picture."""
    found: list[str | None] = []
    for cell in BeautifulSoup(path.read_bytes(), "html.parser").find_all("pyrun-cell"):
        output = cell.select_one(".pyrun-output")
        picture = output and output.find("img")
        if picture:
            assert path.parent.joinpath(picture["src"]).read_bytes() == PNG
        found.append(picture["alt"] if picture else output and output.get_text())
    return found


ALL = ["zebra <1>\n<object object at 0x...>", "giraffe", "A zebra", None]


def test_outputs_are_in_the_cells_that_want_them(site: Site, fake_runner: FakeRunner, log: Log) -> None:
    show_all(fake_runner)
    site.page(PAGE)
    site.page(f"# Other\n\n```pyrun\n{TEXT}\n```\n", "deep/other.md")
    site.configure(plugins=[{"pyrun": {"pyodide": "cdn", "repack": False}}])
    site.build()
    assert log.take() == []
    assert shown(site.folder / "site" / "index.html") == ALL
    other = site.folder / "site" / "deep" / "other" / "index.html"
    assert shown(other) == [None]
    assert "outputs-" not in other.read_text()
    assert fake_runner.runs == [["index.md"]]


def test_the_first_output_loads_the_style_sheet(site: Site, fake_runner: FakeRunner) -> None:
    show_all(fake_runner)
    site.page("Text\n", "index.md")
    site.page(f"---\npyrun: {{output: build}}\n---\n\n{PAGE.replace(FAILS, 'x = 1')}", "deep/page.md")
    site.configure(plugins=[{"pyrun": {"pyodide": "cdn", "repack": False, "integrity": True}}])
    site.build()
    page = site.folder / "site" / "deep" / "page" / "index.html"
    assert shown(page) == ALL
    (link,) = BeautifulSoup(page.read_bytes(), "html.parser").select(".pyrun-output link")
    assert link["integrity"].startswith("sha256-")
    assert page.parent.joinpath(link["href"]).is_file()


def test_a_failing_example_that_should_store_its_output_is_a_warning(
    site: Site, fake_runner: FakeRunner, log: Log
) -> None:
    site.page(f"```pyrun\n{FAILS}\n```\n")
    site.configure(plugins=[{"pyrun": {"pyodide": "cdn", "repack": False, "output": "build"}}])
    site.build()
    (warning,) = log.take()
    assert warning.startswith("pyrun: docs/index.md:2: ")
    assert fake_runner.runs


def test_finishing_a_site_again_replaces_its_outputs(
    tmp_path: Path, fake_runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "site" / "page.html"
    page.parent.mkdir()
    block = '<p>An example:</p><pre><code class="language-python">{}</code></pre>'
    blocks = "".join(map(block.format, (TEXT, FIGURE)))
    page.write_text(f"<!doctype html><html><head></head><body>{blocks}</body></html>")
    settings = 'pyodide = "cdn"\nrepack = false\nlive = ["python"]\noutput = "build"\n'
    (tmp_path / "pyrun.toml").write_text(settings)
    show_all(fake_runner)
    assert main(["finish", "site", "--strict"]) == 0
    assert shown(page) == [ALL[0], ALL[2]]
    first = page.read_bytes()
    assert main(["finish", "site", "--strict"]) == 0
    assert page.read_bytes() == first
    assert len(list((tmp_path / "site" / "assets" / "pyrun" / "figures").iterdir())) == 1
    monkeypatch.setenv("PYRUN_CACHE", str(tmp_path / "another-cache"))
    show_all(fake_runner, "okapi")
    fake_runner.parts[FIGURE] = ()
    assert main(["finish", "site", "--strict"]) == 0
    assert shown(page) == ["okapi\n<object object at 0x...>", None]
    assert not (tmp_path / "site" / "assets" / "pyrun" / "figures").exists()
