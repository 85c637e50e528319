"""The command ``pyrun check``, with a fake runner, which runs nothing."""

from __future__ import annotations

import io
import json
import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from pyrun_core.cli import main
from tests.fake_runner import FAILS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fake_runner import FakeRunner

PROVEN = ">>> 1 + 1\n2\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offline: None) -> Path:  # noqa: ARG001 - no index
    monkeypatch.setenv("PYRUN_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(params=["sphinx", "mkdocs"])
def site(request: pytest.FixtureRequest, folder: Path) -> Path:
    """A site with an example that fails in one page, and one that is proven in another page."""
    if not find_spec(request.param):
        pytest.skip(f"{request.param} is not installed here")
    failing = f"x = 1\n{FAILS}\n"
    if request.param == "sphinx":
        settings = 'extensions = ["sphinx_pyrun"]\npyrun_pyodide = "cdn"\npyrun_repack = False\n'
        (folder / "conf.py").write_text(f'{settings}pyrun_live = ["doctest"]\n')
        indented = failing.replace("\n", "\n   ").rstrip()
        (folder / "index.rst").write_text(f"Start\n=====\n\n.. pyrun::\n\n   {indented}\n")
        (folder / "other.rst").write_text(f":orphan:\n\nOther\n=====\n\n{PROVEN}")
    else:
        options = {"pyodide": "cdn", "repack": False, "live": "doctest"}
        config = {"site_name": "x", "theme": "mkdocs", "plugins": [{"pyrun": options}]}
        (folder / "mkdocs.yml").write_text(json.dumps(config))
        (folder / "docs").mkdir()
        (folder / "docs" / "index.md").write_text(f"# Start\n\n```pyrun\n{failing}```\n")
        (folder / "docs" / "other.md").write_text(f"# Other\n\n```pycon\n{PROVEN}```\n")
    return folder


def test_what_fails_is_reported_with_its_line(
    site: Path, fake_runner: FakeRunner, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--runtime", "node"]) == 1
    report = capsys.readouterr().out
    failing = "docs/index.md:5" if (site / "docs").is_dir() else "index.rst:7"
    assert report.startswith(f"{failing}: ")
    assert "ZeroDivisionError" in report
    assert "1 proven" in report
    assert len(fake_runner.runs) == 1


def test_only_the_named_pages_are_checked(site: Path, fake_runner: FakeRunner) -> None:
    assert main(["check", str(site), "--page", "oth*"]) == 0
    assert [[name.partition(".")[0] for name in names] for names in fake_runner.runs] == [["other"]]


def test_a_configuration_can_have_another_name(site: Path, fake_runner: FakeRunner) -> None:
    found = next(site / name for name in ("mkdocs.yml", "conf.py") if (site / name).is_file())
    other = found.rename(found.with_stem(f"{found.stem}-live"))
    status = main(["check", str(other), "--page", "oth*"])
    assert (status, len(fake_runner.runs)) == ((0, 1) if found.name == "mkdocs.yml" else (2, 0))


def test_a_pattern_without_a_page_is_a_mistake(
    site: Path, fake_runner: FakeRunner, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(site), "--page", "nothing/*"]) == 2
    assert "no page with examples matches nothing/*. The pages are: index." in capsys.readouterr().err
    assert fake_runner.runs == []


def test_an_unchanged_site_runs_nothing_and_reports_the_same(
    site: Path, fake_runner: FakeRunner, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(site)]) == 1
    first = capsys.readouterr().out.splitlines()
    assert main(["check", str(site)]) == 1
    assert capsys.readouterr().out.splitlines()[:-1] == first[:-1]
    assert len(fake_runner.runs) == 1
    assert main(["check", str(site), "--no-cache"]) == 1
    assert len(fake_runner.runs) == 2


def test_all_reports_are_written(
    site: Path, fake_runner: FakeRunner, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--junit", "a/junit.xml", "--json", "b.json", "--report", "c", "--annotations", "github"]
    assert main(["check", str(site), *arguments]) == 1
    assert "<testsuites" in (site / "a" / "junit.xml").read_text()
    assert json.loads((site / "b.json").read_text())["runtime"]["python"] == fake_runner.started.python
    assert (site / "c" / "report.txt").is_file()
    assert "::error file=" in capsys.readouterr().out


def test_an_output_that_the_terminal_cannot_show_is_escaped(
    site: Path, fake_runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_runner.shows["1 + 1"] = "\u2192 \ud800"
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", terminal)
    assert main(["check", str(site), "--report", "reports", "--junit", "junit.xml"]) == 1
    terminal.seek(0)
    assert r"+\u2192 \ud800" in terminal.read()
    assert "\u2192 \\ud800" in (site / "reports" / "index.html").read_text(encoding="utf-8")


def test_an_interrupted_check_ends_without_a_traceback(
    site: Path, fake_runner: FakeRunner, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fake_runner, "run", interrupt)
    assert main(["check", str(site)]) == 130
    assert capsys.readouterr().err.splitlines()[-1] == "pyrun: interrupted"


def test_a_reader_of_the_report_may_leave(
    site: Path, fake_runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    del fake_runner
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", buffering=1) as pipe:
        monkeypatch.setattr("sys.stdout", pipe)
        assert main(["check", str(site)]) == 2


def test_wrong_outputs_are_shown_and_fixed(
    site: Path, fake_runner: FakeRunner, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_runner.shows["1 + 1"] = "3"
    assert main(["check", "--page", "other", "--fix"]) == 0
    page = next(site.rglob("other.*"))
    assert ">>> 1 + 1\n3\n" in page.read_text()
    printed = capsys.readouterr().out
    assert "\n-2\n+3\n" in printed
    assert printed.endswith(f"Wrote {page}.\n")
    assert len(fake_runner.runs) == 2, "what varies is not written, so the page runs twice"
    assert main(["check", "--page", "other"]) == 0


def test_what_cannot_be_fixed_is_said(
    site: Path, fake_runner: FakeRunner, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(site), "--page", "index", "--fix"]) == 1
    assert "not fixed" in capsys.readouterr().out
    assert len(fake_runner.runs) == 2


FINISHED = f"""\
<html><head></head><body>
<pre><code class="language-pyrun">#| raises: ZeroDivisionError
{FAILS}
</code></pre>
<pre><code class="language-python">&gt;&gt;&gt; 1 + 1
2
</code></pre>
</body></html>
"""


@pytest.mark.parametrize("is_finished", [False, True])
def test_the_examples_of_any_built_site_are_checked(
    folder: Path, fake_runner: FakeRunner, *, is_finished: bool
) -> None:
    (folder / "pyrun.toml").write_text('pyodide = "cdn"\nrepack = false\nlive = "doctest"\n')
    (folder / "built").mkdir()
    page = folder / "built" / "index.html"
    page.write_text(FINISHED)
    if is_finished:
        assert main(["finish", "built"]) == 0
    content = page.read_bytes()
    assert main(["check", "built", "--config", "pyrun.toml"]) == 0
    assert fake_runner.runs == [["index.html"]]
    assert page.read_bytes() == content


def test_finishing_checks_where_the_author_wants_it(
    folder: Path, fake_runner: FakeRunner, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = 'pyodide = "cdn"\nrepack = false\nlive = "doctest"\ncheck = "node"\nlive-only = "proven"\n'
    (folder / "pyrun.toml").write_text(settings)
    (folder / "built").mkdir()
    page = folder / "built" / "index.html"
    failing = FINISHED.replace("#| raises: ZeroDivisionError\n", "").replace("1 + 1", FAILS)
    page.write_text(failing)
    assert main(["finish", "built", "--strict"]) == 1
    printed = capsys.readouterr()
    assert "built/index.html:2: It raises ZeroDivisionError" in printed.err
    assert "[pyrun.check]" in printed.err
    assert "built/index.html:4: the block stays as it is, because it is not proven." in printed.out
    assert page.read_text().count("<pyrun-cell ") == 1
    assert fake_runner.runs


def test_a_site_without_examples_is_proven(
    folder: Path, fake_runner: FakeRunner, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "built").mkdir()
    (folder / "built" / "index.html").write_text("<html></html>")
    (folder / "pyrun.toml").write_text('pyodide = "cdn"\n')
    assert main(["check", "built", "--config", "pyrun.toml"]) == 0
    assert "no live examples" in capsys.readouterr().out
    assert fake_runner.runs == []
