"""The oldest hosts, and the newest ones that the main environment lacks, each in a separate environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.environments.environment import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeEnvironment


@pytest.mark.parametrize(
    ("name", "tests"),
    [
        ("oldest-sphinx", "tests/sphinx"),
        ("newest-sphinx", "tests/sphinx"),
        ("oldest-mkdocs", "tests/mkdocs"),
        ("zensical", "tests/zensical"),
    ],
)
def test_the_tests_of_the_host_pass(
    name: str, tests: str, make_environment: MakeEnvironment, project: Path
) -> None:
    python = make_environment(name)
    run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", tests, cwd=project)


def test_properdocs_builds_a_site_without_mkdocs(make_environment: MakeEnvironment, tmp_path: Path) -> None:
    python = make_environment("properdocs")
    (tmp_path / "properdocs.yml").write_text("site_name: Test\nplugins: [search, pyrun]\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Test\n\n```pyrun\nprint(1)\n```\n", encoding="utf-8")
    run(python, "-m", "properdocs", "build", "--strict", cwd=tmp_path)
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert 'data-source="print(1)"' in page
    assert list((tmp_path / "site" / "assets" / "pyrun").glob("worker-*.js"))
