"""Code of examples that is in files of the documentation."""

import ast
import dataclasses
import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple, TypeVar

from pyrun_core.examples.file_names import find_one, why_linked, why_refused
from pyrun_core.options.declare import Scope, read_options
from pyrun_core.options.excerpt import Excerpt, line_indices
from pyrun_core.problems import Location, Problem, Report, shorten

__all__ = ["Code", "CodeFiles", "take_code", "without_excerpt"]

T = TypeVar("T")

_FIELDS = frozenset(field.name for field in dataclasses.fields(Excerpt))
_ANY_CODE = frozenset({"dedent"})
"""What has a meaning for code in the page, too."""

_PYTHON = ".py"
_NOTEBOOK = ".ipynb"


class Code(NamedTuple):
    """The code of an example.

    ``file`` is its file below the documentation's folder; it is empty for code in the page. ``line`` is that
    of its first line, unless its lines do not follow each other in the file. ``numbers`` are those of all
    lines of the source in the file; what an option has added has 0.
    """

    source: str
    file: str = ""
    line: int | None = None
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class CodeFiles:
    """The files with code below ``root``, the folder of the documentation.

    ``note`` is told each file that was looked for, so that a host can build the page again when it changes.
    ``generated`` returns the text of a file that no author wrote into the folder, by its path below it. It
    takes the place of a file in the folder.
    """

    root: Path
    note: Callable[[Path], object] = lambda _: None
    generated: Callable[[str], str | None] = lambda _: None

    def read(self, excerpt: Excerpt, folder: str) -> Code:
        """The part of a file. ``folder`` is that of the page, relative to `root`.

        Raises:
            ValueError: there is no such file or part. The message says how to fix it.
        """
        text, name = self._text(excerpt, folder)
        lines = list(enumerate(text.removesuffix("\n").split("\n"), 1))
        for cut in (_pyobject, _start, _end, _lines):
            lines = cut(excerpt, lines)
        numbers = [number for number, _ in lines]
        source = "\n".join(
            [
                *filter(None, [excerpt.prepend]),
                *_without_indentation([line for _, line in lines], excerpt.dedent),
                *filter(None, [excerpt.append]),
            ]
        )
        added = [(0,) * (text.count("\n") + 1 if text else 0) for text in (excerpt.prepend, excerpt.append)]
        follow = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
        first = numbers[0] - bool(excerpt.prepend) if follow else None
        return Code(source, name, first, (*added[0], *numbers, *added[1]))

    def _text(self, excerpt: Excerpt, folder: str) -> tuple[str, str]:
        """The text of the file, and its path below `root`."""
        written = excerpt.file
        folder = "" if written.startswith("/") else folder
        if reason := why_refused(written, folder, self.root):
            raise ValueError(f"file: {shorten(written)} {reason}")
        if written.endswith(_NOTEBOOK):
            raise ValueError(
                f"file: {shorten(written)} is a notebook. Write its code into a file that ends in {_PYTHON}: "
                "jupyter nbconvert --to script"
            )
        base = self.root / folder
        name = posixpath.normpath(posixpath.join(folder, written.lstrip("/")))
        if (text := self.generated(name)) is not None:
            return text, name
        path = find_one(name, self.root)  # the folder of a generated page need not exist
        self.note(path or self.root / name)
        if path is None:
            raise ValueError(f"file: {self._why_none(written, base)}")
        if reason := why_linked(path, self.root):
            raise ValueError(f"file: {shorten(written)} {reason}")
        name = path.resolve().relative_to(self.root.resolve()).as_posix()
        return _decoded(path, written, excerpt.encoding), name

    def _why_none(self, written: str, base: Path) -> str:
        here = f"there is no file {shorten(written)} in {base}"
        if find_one(written.lstrip("/"), self.root):
            return f"{here}. Write '/{written}', which is relative to {self.root}"
        return f"{here}. Correct the path, or begin it with / if it is relative to {self.root}"


def take_code(  # noqa: PLR0913, PLR0917 - what each host knows of a block
    source: str,
    options: Mapping[str, object],
    files: CodeFiles | None,
    folder: str,
    report: Report,
    location: Location,
) -> Code | None:
    """The code of a block, which is its text or a part of a file. ``None`` if the file has none, as reported.

    ``options`` are those of the block, as its author wrote them. `without_excerpt` returns the others than
    those that are read here. ``files`` is ``None`` if the host does not say where its documentation is.
    """
    given = {name: value for name, value in options.items() if _is_excerpt(name)}
    values = read_options(given, Scope.BLOCK, location, report)
    excerpt = Excerpt(**values)
    if not excerpt.file:
        if useless := ", ".join(name for name in given if name.replace("-", "_") not in _ANY_CODE):
            message = f"{useless}: this chooses a part of a file. Name the file with the option 'file'"
            report(Problem.OPTION, message, location)
        if excerpt.dedent is None:
            return Code(source)
        return Code("\n".join(_without_indentation(source.split("\n"), excerpt.dedent)))
    if source.strip():
        message = "file: the block has code, too, which is not used. Remove the code or the option"
        report(Problem.OPTION, message, location)
    if files is None:
        message = "file: pyrun does not know the folder of this documentation. Write the code into the page"
        report(Problem.FILES, message, location)
        return None
    try:
        return files.read(excerpt, folder)
    except ValueError as error:
        report(Problem.FILES, str(error), location)
        return None


def without_excerpt(options: Mapping[str, T]) -> dict[str, T]:
    """The options of a block for the example itself."""
    return {name: value for name, value in options.items() if not _is_excerpt(name)}


def _is_excerpt(name: str) -> bool:
    return name.replace("-", "_") in _FIELDS


_Lines = list[tuple[int, str]]
"""Lines of a file with their numbers."""


def _pyobject(excerpt: Excerpt, lines: _Lines) -> _Lines:
    if not excerpt.pyobject:
        return lines
    try:
        tree = ast.parse("\n".join(line for _, line in lines))
    except (SyntaxError, ValueError) as error:
        raise ValueError(
            f"pyobject: {shorten(excerpt.file)} is not valid Python ({error}). Correct it"
        ) from None
    spans = dict(_objects(tree))
    if excerpt.pyobject not in spans:
        names = f"It has {', '.join(spans)}" if spans else "It has no functions and classes"
        raise ValueError(f"pyobject: {shorten(excerpt.pyobject)} is not in {shorten(excerpt.file)}. {names}")
    first, last = spans[excerpt.pyobject]
    return lines[first - 1 : last]


def _objects(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, tuple[int, int]]]:
    """The functions and classes, each with its first and last line."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            first = min(each.lineno for each in [node, *node.decorator_list])
            yield prefix + node.name, (first, node.end_lineno or first)
            yield from _objects(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield from _objects(node, prefix)


def _start(excerpt: Excerpt, lines: _Lines) -> _Lines:
    if excerpt.start_at and excerpt.start_after:
        raise ValueError("start-at and start-after cannot be used together. Remove one of them")
    if text := excerpt.start_at or excerpt.start_after:
        return lines[_index(text, lines, excerpt.file) + bool(excerpt.start_after) :]
    return lines


def _end(excerpt: Excerpt, lines: _Lines) -> _Lines:
    if excerpt.end_at and excerpt.end_before:
        raise ValueError("end-at and end-before cannot be used together. Remove one of them")
    if excerpt.end_at:
        return lines[: _index(excerpt.end_at, lines, excerpt.file) + 1]
    if excerpt.end_before:  # the first line may be the one at which the excerpt starts
        return lines[: _index(excerpt.end_before, lines[1:], excerpt.file) + 1]
    return lines


def _index(text: str, lines: _Lines, file: str) -> int:
    for index, (_, line) in enumerate(lines):
        if text in line:
            return index
    raise ValueError(f"file: no line of {shorten(file)}, as far as it was chosen, contains {shorten(text)}")


def _lines(excerpt: Excerpt, lines: _Lines) -> _Lines:
    return [lines[index] for index in line_indices(excerpt.lines, len(lines))] if excerpt.lines else lines


def _without_indentation(lines: list[str], columns: int | None) -> list[str]:
    if columns is None:
        return lines
    return [line[columns:] for line in lines] if columns else dedent("\n".join(lines)).split("\n")


def _decoded(path: Path, written: str, encoding: str) -> str:
    if not path.is_file():
        raise ValueError(f"file: {shorten(written)} is a folder. Name a file in it")
    try:
        return path.read_text(encoding=encoding).removeprefix("\ufeff")
    except LookupError:
        raise ValueError(f"encoding: Python knows no encoding {shorten(encoding)}") from None
    except UnicodeError:
        raise ValueError(
            f"file: {shorten(written)} is not text in the encoding {encoding}. Name its "
            "encoding with the option 'encoding'"
        ) from None
    except OSError as error:
        raise ValueError(f"file: {shorten(written)} cannot be read ({error.strerror})") from None
