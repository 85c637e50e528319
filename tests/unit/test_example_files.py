"""Files of the documentation that examples open."""

from pathlib import Path

import pytest

from pyrun_core.examples.files import ExampleFiles, describe_files
from pyrun_core.problems import Location, Problem

HERE = Location("guide/page.rst", 4)


class Docs(ExampleFiles):
    """A documentation folder with data files, which collects the reports."""

    def __init__(self, root: Path) -> None:
        self.problems: list[str] = []
        super().__init__(root, self.note, root.with_name("site"))
        for name in ("guide/data/a.csv", "guide/data/deep/b.csv", "guide/page.rst", "shared/c.txt"):
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name)

    def note(self, problem: Problem, message: str, location: Location) -> None:
        self.problems.append(f"{location}: {message} [{problem.value}]")

    def paths(self, *patterns: str) -> list[str]:
        return [file.path for file in self.find(patterns, "guide", HERE)]


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


def test_what_is_relative_to_no_page_is_looked_for_once(docs: Docs) -> None:
    for folder in ("guide", "shared"):
        assert docs.find(["/none.csv"], folder, HERE) == ()
    assert len(docs.problems) == 1


@pytest.mark.parametrize("pattern", ["data/made.csv", "data/m*", "/guide/data/made.csv"])
def test_files_that_only_the_built_site_has_are_found_there(docs: Docs, pattern: str) -> None:
    for name in ("made.csv", "a.csv"):
        path = docs.root.with_name("site") / "guide/data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("from a plugin")
    (made,) = docs.find([pattern], "guide", HERE)
    assert made.source.read_text() == "from a plugin"
    (written,) = docs.find(["data/a.csv"], "guide", HERE)
    assert written.source.read_text() == "guide/data/a.csv"
    assert docs.problems == []


def test_the_address_of_a_file_contains_its_checksum_and_its_size_is_known(docs: Docs) -> None:
    (file,) = docs.find(["data/a.csv"], "guide", HERE)
    assert (file.path, file.size_bytes) == ("data/a.csv", len("guide/data/a.csv"))
    assert file.target.startswith("files/")
    assert file.target.endswith("/a.csv")
    assert file.integrity.startswith("sha256-")
    assert docs.all() == [file]
    assert describe_files([file]) == "data/a.csv (16 bytes)"


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


NFC, NFD = "gr\u00f6\u00dfe.csv", "gro\u0308\u00dfe.csv"


@pytest.mark.parametrize(
    ("on_disk", "patterns", "paths"),
    [
        (["data[1].csv", "data1.csv"], ["data[1].csv"], ["data[1].csv"]),
        (["data1.csv"], ["data[1].csv"], ["data1.csv"]),
        (["x [a]/1.csv", "x a/2.csv"], ["x [a]/*.csv"], ["x [a]/1.csv"]),
        (["a*.csv", "ab.csv"], ["a*.csv"], ["a*.csv"]),
        (["Class list.csv"], ["Class list.csv"], ["Class list.csv"]),
        (["Class list.csv"], ["Class?list.csv"], ["Class list.csv"]),
        (["50%#1?.csv"], ["50%#1?.csv"], ["50%#1?.csv"]),
        (['it\'s "x".csv'], ['it\'s "x".csv'], ['it\'s "x".csv']),
        ([NFD], [NFC], [NFC]),
        ([NFC], [NFD], [NFD]),
        ([NFD], ["gr*.csv"], [NFC]),
        ([f"{NFD}/{NFC}"], [f"{NFC}/{NFC[:3]}*"], [f"{NFC}/{NFC}"]),
        ([NFC, NFD], ["gr*.csv"], [NFD, NFC]),
    ],
)
def test_an_exact_name_beats_a_pattern_and_both_spellings_of_umlauts_are_one_name(
    docs: Docs, on_disk: list[str], patterns: list[str], paths: list[str]
) -> None:
    for name in on_disk:
        path = docs.root / "guide" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    assert docs.paths(*patterns) == paths
    assert docs.problems == []


def test_a_name_that_was_cut_at_its_spaces_is_reported_as_one_name(docs: Docs) -> None:
    (docs.root / "guide/My class, list.csv").write_text("")
    assert docs.paths("data/a.csv", "My", "class", "list.csv") == ["data/a.csv"]
    docs.paths("My", "class,", "list.csv", "none")
    assert docs.problems[0] == (
        "guide/page.rst:4: files: the name 'My class, list.csv' was read as 3 names, because spaces and "
        "commas separate files. Put it in quotes, inside of other quotes if the option has them, or write a "
        "list in the options of the page [files]"
    )


def test_a_file_outside_of_the_documentation_is_not_published(docs: Docs) -> None:
    (docs.root.parent / "secret.txt").write_text("secret")
    assert docs.paths("../../secret.txt") == []
    assert docs.problems == [
        (
            f"guide/page.rst:4: files: ../../secret.txt is outside of {docs.root}. Move it into that folder "
            "[files]"
        ),
    ]
