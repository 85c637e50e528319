"""Files of the documentation that examples open."""

import json
from pathlib import Path

import pytest

from pyrun_core.examples.files import ExampleFiles, describe_files
from pyrun_core.problems import Location, Problem

HERE = Location("guide/page.rst", 4)


class Docs(ExampleFiles):
    """A documentation folder with data files, which collects the reports."""

    def __init__(self, root: Path) -> None:
        self.problems: list[str] = []
        super().__init__(root, self.note)
        for name in ("guide/data/a.csv", "guide/data/deep/b.csv", "guide/page.rst", "shared/c.txt"):
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name)

    def note(self, problem: Problem, message: str, location: Location) -> None:
        self.problems.append(f"{location}: {message} [{problem.value}]")

    def paths(self, *patterns: str) -> list[str]:
        return [file.path for file in self.find(patterns, self.root / "guide", HERE)]


@pytest.fixture
def docs(tmp_path: Path) -> Docs:
    return Docs(tmp_path / "docs")


@pytest.mark.parametrize(
    ("patterns", "paths"),
    [
        (["data/a.csv"], ["data/a.csv"]),
        (["data/*"], ["data/a.csv"]),
        (["data/**"], ["data/a.csv", "data/deep/b.csv"]),
        (["**/*.csv"], ["data/a.csv", "data/deep/b.csv"]),
        (["/shared/c.txt"], ["/shared/c.txt"]),
        (["../shared/c.txt"], ["../shared/c.txt"]),
        (["data/a.csv", "data/*.csv"], ["data/a.csv"]),
    ],
)
def test_patterns_are_relative_to_the_page_or_to_the_documentation(
    docs: Docs, patterns: list[str], paths: list[str]
) -> None:
    assert docs.paths(*patterns) == paths
    assert docs.problems == []


def test_the_address_of_a_file_contains_its_checksum_and_its_size_is_known(docs: Docs) -> None:
    (file,) = docs.find(["data/a.csv"], docs.root / "guide", HERE)
    ((path, url, size, integrity),) = json.loads(docs.attribute([file]))
    assert (path, size) == ("data/a.csv", len("guide/data/a.csv"))
    assert url.startswith("files/")
    assert url.endswith("/a.csv")
    assert integrity.startswith("sha256-")
    assert docs.all() == [file]
    assert describe_files([file]) == "data/a.csv (16 bytes)"
    assert docs.attribute([]) == ""


def test_a_pattern_that_matches_nothing_is_reported_once_with_a_fix(docs: Docs) -> None:
    for _ in range(2):
        docs.paths("data/none.csv", "data")
    assert docs.problems == [
        (
            f"guide/page.rst:4: files: 'data/none.csv' matches no file in {docs.root}/guide. Correct the "
            "path, or "
            f"begin it with / if it is relative to {docs.root} [files]"
        ),
        "guide/page.rst:4: files: 'data' is a folder. To use all files in it, write 'data/**' [files]",
    ]


def test_a_file_outside_of_the_documentation_is_not_published(docs: Docs) -> None:
    (docs.root.parent / "secret.txt").write_text("secret")
    assert docs.paths("../../secret.txt") == []
    assert docs.problems == [
        (
            f"guide/page.rst:4: files: ../../secret.txt is outside of {docs.root}. Move it into that folder "
            "[files]"
        ),
    ]
