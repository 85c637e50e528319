"""The lines of examples in their authors' files, and the flags of doctest in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrun_core.examples.code_file import CodeFiles
from pyrun_core.examples.provenance import Flag, Provenance, StatementFlags
from pyrun_core.live.code import join_code, read_code
from pyrun_core.live.documented import DocumentedObject
from pyrun_core.live.transcript import read_transcript
from pyrun_core.options.excerpt import Excerpt

if TYPE_CHECKING:
    from pathlib import Path

SESSION = """\
>>> a = [1,  # doctest: +SKIP
...      2]
>>> a  # doctest: +ELLIPSIS, -NORMALIZE_WHITESPACE

>>> print(a)
<BLANKLINE>
x
"""


def lines_of(provenance: Provenance) -> list[str]:
    return [str(location) for location in provenance.locations()]


def test_a_placed_session_knows_its_lines_and_outputs() -> None:
    placed = read_transcript(SESSION).placed("a.py", 10).provenance
    assert lines_of(placed) == ["a.py:10", "a.py:11", "a.py:12", "a.py:13", "a.py:14"]
    assert [str(output.location) for output in placed.outputs] == ["a.py:15"]


def test_lines_of_a_session_in_an_unknown_place_are_not_invented() -> None:
    placed = read_transcript(SESSION).placed("a.py", None).provenance
    assert lines_of(placed) == ["a.py"] * 5
    assert placed.outputs[0].location.line is None


def test_flags_are_those_of_all_lines_of_a_statement() -> None:
    flags = read_transcript(SESSION).flags
    assert flags == (
        StatementFlags(2, (Flag("SKIP", is_on=True),), 1),
        StatementFlags(3, (Flag("ELLIPSIS", is_on=True), Flag("NORMALIZE_WHITESPACE", is_on=False)), 3),
    )


def test_joined_blocks_keep_lines_outputs_and_flags() -> None:
    first = read_code("\nx = 1\n").placed("a.md", 3)
    second = read_transcript(">>> x  # doctest: +SKIP\n1\n").placed("b.md", 20)
    joined = join_code([first, second])
    assert joined.source == "x = 1\n\nx"
    assert lines_of(joined.provenance) == ["a.md:4", "a.md:4", "b.md:20"]
    assert [str(output.location) for output in joined.provenance.outputs] == ["b.md:21"]
    assert joined.provenance.flags == (StatementFlags(3, (Flag("SKIP", is_on=True),), 3),)


def test_an_excerpt_of_a_file_knows_its_lines_there(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("one\ntwo\nthree\nfour\n", encoding="utf-8")
    excerpt = Excerpt(file="a.py", lines="2,4", prepend="import this\nx")
    code = CodeFiles(tmp_path).read(excerpt, ".")
    assert (code.source.split("\n"), code.numbers) == (["import this", "x", "two", "four"], (0, 0, 2, 4))


def test_a_session_of_a_docstring_is_found_without_what_the_generator_has_removed() -> None:
    docstring = ('    """>>> f(1)  # doctest: +SKIP', "    2", "    >>> f(2)", "    <BLANKLINE>", '    x"""')
    documented = DocumentedObject("m.f", file="m.py", line=7, lines=docstring)
    written = documented.written(">>> f(1)\n2\n>>> f(2)\n\nx")
    assert written is not None
    location, text = written
    assert (str(location), text) == ("m.py:7", ">>> f(1)  # doctest: +SKIP\n2\n>>> f(2)\n<BLANKLINE>\nx")
