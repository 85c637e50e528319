"""Code of examples that is in files."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from sphinx.directives.code import LiteralIncludeReader

from pyrun_core.examples.code_file import Code, CodeFiles, take_code
from pyrun_core.problems import Location, Problem

PROGRAM = """\
import functools

# begin
@functools.cache
def fib(n):
    # short
    return n if n < 2 else fib(n - 1) + fib(n - 2)
# end

if True:
    class Deep:
        def method(self):
            return 1

print(fib(10))
"""
HERE = Location("guide/page.md", 4)


class Docs:
    """A documentation folder with a program, which collects the reports."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[str] = []
        self.looked_for: list[str] = []
        self.write("guide/examples/fib.py", PROGRAM.encode())

    def write(self, name: str, content: bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def note(self, path: Path) -> None:
        self.looked_for.append(path.relative_to(self.root).as_posix())

    def report(self, problem: Problem, message: str, location: Location) -> None:
        assert location == HERE
        self.problems.append(f"{message.replace(str(self.root), 'DOCS')} [{problem.value}]")

    def take(self, source: str = "", **options: object) -> Code | None:
        files = CodeFiles(self.root, self.note, {"guide/made.py": "made = 1\n"}.get)
        written = {name.replace("_", "-"): value for name, value in options.items()}
        return take_code(source, written, files, "guide", self.report, HERE)


@pytest.fixture
def docs(tmp_path: Path) -> Docs:
    return Docs(tmp_path / "docs")


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"lines": "1,3-5, 14-"},
        {"lines": "-2,4"},
        {"start-after": "# begin", "end-before": "# end"},
        {"start-at": "# begin", "end-at": "# end"},
        {"start-at": "# begin", "end-before": "begin\n# or later"[:1]},
        {"pyobject": "fib"},
        {"pyobject": "Deep.method", "dedent": 8},
        {"pyobject": "Deep", "dedent": None},
        {"start-after": "# begin", "lines": "2-3", "prepend": "import functools", "append": "print(fib(3))"},
    ],
    ids=str,
)
def test_a_part_of_a_file_is_the_same_as_in_sphinx(docs: Docs, options: dict[str, object]) -> None:
    file = docs.root / "guide/examples/fib.py"
    reader = LiteralIncludeReader(file, options, SimpleNamespace(source_encoding="utf-8-sig"))  # type: ignore[arg-type]
    expected, _ = reader.read()
    code = docs.take(
        file="examples/fib.py",
        **{name.replace("-", "_"): str(value or "") for name, value in options.items()},
    )
    assert docs.problems == []
    assert code
    assert code.source == expected.rstrip("\n")


def test_the_lines_of_a_part_are_those_of_the_file(docs: Docs) -> None:
    part = docs.take(file="/guide/examples/fib.py", pyobject="fib", append="fib(3)")
    assert part
    assert (part.file, part.line) == ("guide/examples/fib.py", 4)
    scattered = docs.take(file="examples/fib.py", lines="1,5")
    assert scattered
    assert (scattered.file, scattered.line) == ("guide/examples/fib.py", None)
    assert docs.looked_for == ["guide/examples/fib.py"] * 2


@pytest.mark.parametrize(
    ("name", "content", "options", "source"),
    [
        ("my code [1].py", b"1\r\n2\r\n", {}, "1\n2"),
        ("gro\u0308\u00dfe.py", "\ufeff'\u00f6'".encode(), {}, "'\u00f6'"),
        ("latin.py", "'\u00f6'".encode("latin-1"), {"encoding": "latin-1"}, "'\u00f6'"),
        ("feed.py", b"a\n\f\nb\n", {"lines": "3"}, "b"),
        ("made.py", None, {}, "made = 1"),
    ],
)
def test_files_of_all_kinds_are_read(
    docs: Docs, name: str, content: bytes | None, options: dict[str, object], source: str
) -> None:
    if content is not None:
        docs.write(f"guide/{name}", content)
    code = docs.take(file=name.replace("o\u0308", "\u00f6"), **options)
    assert code
    assert code.source == source
    assert docs.problems == []


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (
            {"file": "fob.py"},
            (
                "there is no file 'fob.py' in DOCS/guide. Correct the path, or begin it with / if it is "
                "relative to DOCS"
            ),
        ),
        (
            {"file": "top.py"},
            "there is no file 'top.py' in DOCS/guide. Write '/top.py', which is relative to DOCS",
        ),
        (
            {"file": "../../secret.py"},
            "'../../secret.py' is outside of DOCS. Move it into that folder",
        ),
        ({"file": "../link.py"}, "'../link.py' is outside of DOCS. Move it into that folder"),
        (
            {"file": "../.env/x.py"},
            "'../.env/x.py' is hidden, because a name in it begins with a dot. Rename it",
        ),
        ({"file": "examples"}, "'examples' is a folder. Name a file in it"),
        (
            {"file": "a.ipynb"},
            (
                "'a.ipynb' is a notebook. Write its code into a file that ends in .py: jupyter nbconvert "
                "--to script"
            ),
        ),
        (
            {"file": "latin.py"},
            "'latin.py' is not text in the encoding utf-8. Name its encoding with the option 'encoding'",
        ),
        ({"file": "latin.py", "encoding": "klingon"}, "encoding: Python knows no encoding 'klingon'"),
        (
            {"file": "examples/fib.py", "pyobject": "fob"},
            "pyobject: 'fob' is not in 'examples/fib.py'. It has fib, Deep, Deep.method",
        ),
        (
            {"file": "examples/fib.py", "start_at": "# ende"},
            "no line of 'examples/fib.py', as far as it was chosen, contains '# ende'",
        ),
        (
            {"file": "examples/fib.py", "start_at": "a", "start_after": "b"},
            "start-at and start-after cannot be used together. Remove one of them",
        ),
        (
            {"file": "examples/fib.py", "lines": "12-20"},
            "lines: '12-20' is not a part of its 15 lines. Correct the lines",
        ),
    ],
)
def test_a_file_or_part_that_cannot_be_used_is_reported_with_a_fix_and_never_code(
    docs: Docs, options: dict[str, object], problem: str
) -> None:
    docs.write("top.py", b"1")
    docs.write("guide/latin.py", b"'\xf6'")
    docs.root.with_name("secret.py").write_text("1")
    (docs.root / "link.py").symlink_to(docs.root.with_name("secret.py"))
    assert docs.take(**options) is None
    assert [each.removeprefix("file: ") for each in docs.problems] == [f"{problem} [files]"]


def test_code_in_the_page_has_no_part_and_no_second_source(docs: Docs) -> None:
    assert docs.take("  x", dedent="") == Code("x")
    assert docs.take("x", lines="1", pyobject="f") == Code("x")
    both = docs.take("x", file="examples/fib.py", lines="1")
    assert both
    assert both.source == "import functools"
    assert docs.problems == [
        "lines, pyobject: this chooses a part of a file. Name the file with the option 'file' [option]",
        "file: the block has code, too, which is not used. Remove the code or the option [option]",
    ]
    assert take_code("", {"file": "x.py"}, None, "", docs.report, HERE) is None
