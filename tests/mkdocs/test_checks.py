"""The check of a site's examples in builds of MkDocs, with a fake runner, which runs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest
from mkdocs.exceptions import Abort

from pyrun_core.problems import PyrunError
from pyrun_core.proof import runtimes
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


@pytest.mark.usefixtures("proven_by_default")
def test_by_default_a_block_that_fails_stays_as_it_is_and_a_strict_build_succeeds(
    checked_site: Site, fake_runner: FakeRunner, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "mkdocs.plugins.pyrun")
    session = "```pycon\n>>> {}\n```\n"
    checked_site.page("\n\nText\n\n".join(session.format(code) for code in ("x = 1", FAILS)))
    checked_site.page(f"```pyrun\n{FAILS}\n```\n", "other.md")
    checked_site.configure(plugins=[{"pyrun": {"pyodide": "cdn", "repack": False, "live": "doctest"}}])
    for is_known in (False, True):
        fake_runner.runs.clear()
        checked_site.build(strict=True)
        assert checked_site.sources() == ["x = 1"]
        assert fake_runner.runs == ([] if is_known else [["index.md"], ["index.md"]])
    assert "docs/index.md:9: the block stays as it is. It raises ZeroDivisionError" in caplog.text
    assert "1 block stays as it is, because it fails for readers: exception 1." in caplog.text


@pytest.mark.usefixtures("proven_by_default")
def test_without_a_check_all_is_live(
    checked_site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(runtime: str) -> NoReturn:
        raise PyrunError(f"no {runtime}")

    caplog.set_level("INFO", "mkdocs.plugins.pyrun")
    monkeypatch.setattr(runtimes, "make_runner", fail)
    checked_site.page(f"```pycon\n>>> {FAILS}\n```\n")
    checked_site.configure(plugins=[{"pyrun": {"pyodide": "cdn", "repack": False, "live": "doctest"}}])
    checked_site.build(strict=True)
    assert checked_site.sources() == [FAILS]
    assert "blocks that the option 'live' has made live are live without a check: no node" in caplog.text
