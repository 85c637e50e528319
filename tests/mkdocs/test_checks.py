"""The check of a site's examples in builds of MkDocs, with a fake runner, which runs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from mkdocs.exceptions import Abort

from tests.fake_runner import FAILS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fake_runner import FakeRunner

    from .conftest import Log, Site

PAGE = f"""\
# Page

```pyrun
x = 1
{FAILS}
```

```pyrun raises="ZeroDivisionError"
{FAILS}
```

```pyrun skip-check="it needs a camera"
{FAILS}
```
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache without the outcomes of other tests."""
    monkeypatch.setenv("PYRUN_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def checked_site(site: Site) -> Site:
    site.page(PAGE)
    site.configure(plugins=[{"pyrun": {"pyodide": "cdn", "repack": False, "check": "node"}}])
    return site


def test_a_build_with_the_option_warns_of_what_fails(
    checked_site: Site, fake_runner: FakeRunner, log: Log
) -> None:
    checked_site.build()
    (warning,) = log.take()
    assert warning.startswith("pyrun: docs/index.md:5: ")
    assert "ZeroDivisionError" in warning
    assert warning.endswith("[pyrun.check]")
    assert fake_runner.runs == [["index.md"]]


def test_a_strict_build_fails(checked_site: Site, fake_runner: FakeRunner, log: Log) -> None:
    with pytest.raises(Abort):
        checked_site.build(strict=True)
    assert log.take()
    assert fake_runner.runs


def test_an_unchanged_page_does_not_run_again(checked_site: Site, fake_runner: FakeRunner, log: Log) -> None:
    checked_site.build()
    checked_site.page(PAGE.replace("# Page", "# Page\n\nMore text."))
    checked_site.build()
    lines = [warning.partition(": ")[2].partition(": ")[0] for warning in log.take()]
    assert lines == ["docs/index.md:5", "docs/index.md:7"]
    assert fake_runner.runs == [["index.md"]]


def test_what_is_not_proven_stays_an_ordinary_block(
    checked_site: Site, fake_runner: FakeRunner, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "mkdocs.plugins.pyrun")
    session = "```pycon\n>>> {}\n```\n"
    parts = [session.format("x = 1"), session.format(FAILS), "```pyrun\nx\n```\n"]
    checked_site.page("\n\nText\n\n".join(parts))
    options = {"pyodide": "cdn", "repack": False, "live": "doctest", "live-only": "proven"}
    checked_site.configure(plugins=[{"pyrun": options}])
    checked_site.build()
    assert checked_site.sources() == ["x = 1", "x"]
    assert "&gt;&gt;&gt; 1 / 0" in checked_site.html().replace('<span class="hljs">', "")
    assert "docs/index.md:9: the block stays as it is, because it is not proven" in caplog.text
    assert fake_runner.runs == [["index.md"], ["index.md"]]


def test_a_page_with_nothing_proven_loads_nothing(checked_site: Site, fake_runner: FakeRunner) -> None:
    checked_site.page(f"```pycon\n>>> {FAILS}\n```\n")
    options = {"pyodide": "cdn", "repack": False, "live": "doctest", "live-only": "proven"}
    checked_site.configure(plugins=[{"pyrun": options}])
    checked_site.build()
    assert fake_runner.runs == [["index.md"]]
    assert "pyrun-cell" not in checked_site.html()
    assert "assets/pyrun" not in checked_site.html()
