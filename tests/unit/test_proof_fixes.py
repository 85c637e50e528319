"""New outputs in the author's files, and where none is written."""

from __future__ import annotations

import stat
import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pyrun_core.problems import PyrunError
from pyrun_core.proof.checked import DocumentedOutput
from pyrun_core.proof.compare.judge import judge_example
from pyrun_core.proof.compare.rules import Rules
from pyrun_core.proof.fix.plan import FixPlan, plan_fixes
from pyrun_core.proof.outcomes import CellOutcome, Part
from pyrun_core.proof.report.terminal import Style
from tests.proof_examples import flag, program, run, session

if TYPE_CHECKING:
    from pathlib import Path

    from pyrun_core.proof.checked import CheckedExample


def session_in(path: Path, text: str, start: str = ">>>") -> CheckedExample:
    """The example of the block in a file that begins with the first prompt."""
    path.write_text(text, encoding="utf-8")
    lines = text.split("\n")
    first = next(number for number, line in enumerate(lines) if line.lstrip().startswith(start))
    block: list[str] = []
    for line in lines[first:]:
        if line.strip() in {"```", '"""', "'''", "END"}:
            break
        block.append(line)
    return session(textwrap.dedent("\n".join(block)).rstrip(), first=first + 1, file=str(path))


def plan_of(example: CheckedExample, root: Path, outcome: CellOutcome | None = None) -> FixPlan:
    """The plan after two equal runs."""
    first, second = (judge_example(example, outcome or run(example)) for _ in range(2))
    return plan_fixes([first], [second], root=root)


def fixed(path: Path, example: CheckedExample, outcome: CellOutcome | None = None) -> str:
    """The text of the file after the plan was applied. The example is then proven."""
    plan = plan_of(example, path.parent, outcome)
    assert plan.refusals == ()
    assert plan.apply() == [path]
    return path.read_text(encoding="utf-8")


FIXED = {
    "a fence": ("```pycon\n>>> 1 + 1\n3\n>>> 4\n4\n```\n", "```pycon\n>>> 1 + 1\n2\n>>> 4\n4\n```\n"),
    "indented lines": ("::\n\n    >>> 1 + 1\n    3\n\nEND", "::\n\n    >>> 1 + 1\n    2\n\nEND"),
    "more lines": (">>> print('a\\n\\nb')\nc\n", ">>> print('a\\n\\nb')\na\n<BLANKLINE>\nb\n"),
    "fewer lines": (">>> print('a')\na\n<BLANKLINE>\nb\n>>> 1\n1\n", ">>> print('a')\na\n>>> 1\n1\n"),
    "several outputs": (">>> 1\n2\n>>> 3\n4\n", ">>> 1\n1\n>>> 3\n3\n"),
    "a statement of several lines": (
        ">>> for i in range(2):\n...     print(i)\n...\n1\n1\n",
        ">>> for i in range(2):\n...     print(i)\n...\n0\n1\n",
    ),
    "a new output": (">>> x = 1\n>>> x\n>>> x\n1\n", ">>> x = 1\n>>> x\n1\n>>> x\n1\n"),
    "lines that agree": (
        ">>> print('<a at 0x1f>\\nb c\\n1')\n<a at 0x...>\nb   c\n2\n",
        ">>> print('<a at 0x1f>\\nb c\\n1')\n<a at 0x...>\nb   c\n1\n",
    ),
    "an address": (">>> print('<a at 0x1f>')\n1\n", ">>> print('<a at 0x1f>')\n<a at 0x...>\n"),
    "a traceback": (
        ">>> int('a')\nTraceback (most recent call last):\n  File 'x'\n    ...\nValueError: no\n",
        (
            ">>> int('a')\nTraceback (most recent call last):\n  File 'x'\n    ...\n"
            "ValueError: invalid literal for int() with base 10: 'a'\n"
        ),
    ),
    "characters of other languages": (">>> print('ä€😀')\na\n", ">>> print('ä€😀')\nä€😀\n"),
    "an ellipsis above": (
        ">>> print('a1\\nb\\nc\\nd')\na...\nb\nx\n",
        ">>> print('a1\\nb\\nc\\nd')\na...\nb\nc\nd\n",
    ),
}


@pytest.mark.parametrize("name", FIXED)
def test_a_new_output_is_written(tmp_path: Path, name: str) -> None:
    before, after = FIXED[name]
    path = tmp_path / "page.md"
    assert fixed(path, session_in(path, before)) == after
    again = session_in(path, after)
    assert judge_example(again, run(again)).findings == ()


DOCSTRINGS = {
    "a docstring": ('"""', ">>> 1 + 1", "3", "2"),
    "a raw docstring": ('r"""', r">>> print(r'\a')", "x", r"\a"),
    "a docstring with other quotation marks": ("'''", '>>> print(\'"""\')', "x", '"""'),
}


@pytest.mark.parametrize("name", DOCSTRINGS)
def test_a_new_output_is_written_into_a_docstring(tmp_path: Path, name: str) -> None:
    quotes, statement, before, after = DOCSTRINGS[name]
    path = tmp_path / "code.py"
    end = quotes[-3:]
    text = f"def f():\n    {quotes}Do.\n\n    {statement}\n    {before}\n    {end}\n    return '{before}'\n"
    assert fixed(path, session_in(path, text)) == text.replace(f"    {before}\n", f"    {after}\n")


def test_a_quotation_keeps_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("> >>> print('a\\n\\nb')\n> c\n")
    example = session(">>> print('a\\n\\nb')\nc", file=str(path))
    assert fixed(path, example) == "> >>> print('a\\n\\nb')\n> a\n> <BLANKLINE>\n> b\n"


def test_comments_below_print_are_written(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    source = "def f():\n    print('a\\n\\nb')\n    #> c\n    #> d\n    #> e\n\nf()\nprint(1)\n#> 2"
    path.write_text(f"```python\n{source}\n```\n")
    text = fixed(path, program(source, first=2, file=str(path)))
    assert text == (
        "```python\ndef f():\n    print('a\\n\\nb')\n    #> a\n    #>\n    #> b\n\nf()\nprint(1)\n#> 1\n```\n"
    )


def test_the_content_of_a_test_output_is_written(tmp_path: Path) -> None:
    path = tmp_path / "page.rst"
    path.write_text(
        ".. testcode::\n\n   print(1)\n   print()\n   print(2)\n\n.. testoutput::\n\n   2\n\nEND\n"
    )
    example = program("print(1)\nprint()\nprint(2)", "2", first=3, file=str(path))
    (output,) = example.outputs
    place = DocumentedOutput(output.line, "2", replace(output.location, line=9), is_apart=True)
    text = fixed(path, replace(example, outputs=(place,)))
    assert text.endswith(".. testoutput::\n\n   1\n\n   2\n\nEND\n")


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf>>> 1\r\n2\r\n\r\n\xc3\xa4\r\n",
        b">>> 1\n2\n\f\x0b\xe2\x80\xa8 end without a line end",
        b">>> 1\r\n2\r\nmixed\n",
    ],
)
def test_line_ends_and_encoding_stay(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "page.rst"
    path.write_bytes(content)
    plan = plan_of(session(">>> 1\n2", file=str(path)), tmp_path)
    plan.apply()
    assert path.read_bytes() == content.replace(b"2\r\n", b"1\r\n").replace(b"2\n", b"1\n")


def test_the_encoding_of_a_module_stays(tmp_path: Path) -> None:
    path = tmp_path / "code.py"
    text = '# coding: latin-1\n"""Ä\n\n>>> 1\n2\n"""\n'
    path.write_bytes(text.encode("latin-1"))
    plan_of(session(">>> 1\n2", first=4, file=str(path)), tmp_path).apply()
    assert path.read_bytes() == text.replace("\n2\n", "\n1\n").encode("latin-1")
    path.write_bytes(text.encode("latin-1"))
    plan = plan_of(session(">>> print('\\u20ac')\n2", first=4, file=str(path)), tmp_path)
    assert plan.changes == ()


def test_permissions_stay(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(">>> 1\n2\n")
    path.chmod(0o640)
    fixed(path, session(">>> 1\n2", file=str(path)))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["page.md"]


def test_a_file_that_nobody_may_write_stays(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    example = session_in(path, ">>> 1\n2\n")
    path.chmod(0o444)
    plan = plan_of(example, tmp_path)
    assert plan.changes == ()
    assert "read-only" in str(plan.refusals[0])


REFUSED = {
    "an ellipsis would be lost": (">>> print('ab1')\nx...1\n", "ellipsis"),
    "an ellipsis stands for lines": (">>> print('a\\nb\\nc\\nd')\na\n...\nx\n", "stands for lines"),
    "nothing is shown": (">>> x = 1\n1\n", "shows nothing"),
    "an exception comes": (">>> 1 / 0\n1\n", "only documented outputs"),
    "strings of a set": (">>> {'a', 'b'}\n1\n", "the order of strings in a set"),
    "order of a dictionary": (">>> {'b': 1, 'a': 2}\n{'a': 2, 'b': 1}\n", "Tolerate 'order'"),
    "a tab": (">>> print('a\\tb')\n1\n", "tabs or control characters"),
    "an escape sequence": (">>> print('\\x1b[1m')\n1\n", "tabs or control characters"),
    "a prompt": (">>> print('>>> 1')\n1\n", "looks like a prompt"),
    "dots": (">>> print('... 1')\n1\n", "looks like a prompt"),
    "a fence": (">>> print('```')\n1\n", "ends the fence"),
    "a marker": (">>> print('<BLANKLINE>')\n1\n", "stands for an empty line"),
    "prompts of IPython": ("In [1]: 1\nOut[1]: 2\n", "below the prompts of Python"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_output_is_not_written_where_only_its_author_knows(tmp_path: Path, name: str) -> None:
    text, why = REFUSED[name]
    path = tmp_path / "page.md"
    plan = plan_of(session_in(path, text, text[:3]), tmp_path)
    assert plan.changes == ()
    assert why in str(plan.refusals[0])
    assert str(plan.refusals[0]).startswith(f"{path}:1: not fixed: ")


MODULES = {
    "a backslash": ('"""Do.\n\n>>> chr(92)\n1\n"""\n', "is not raw"),
    "quotation marks": ('"""Do.\n\n>>> print(chr(34) * 3)\n1\n"""\n', "quotation marks that end"),
    "the end of the docstring": ('"""Do.\n\n>>> 1"""\n', "not inside of a string"),
    "the beginning of the docstring": ('""">>> 1\n2\n"""\n', "beginning of its line"),
    "no docstring": ("x = [\n# >>> 1\n# 2\n]\n", "not inside of a string"),
    "a format string": ('f"""\n>>> 1\n2\n"""\n', "string"),
    "a wrong module": ('"""\n>>> 1\n2\n"""\ndef\n', "cannot be read"),
}


@pytest.mark.parametrize("name", MODULES)
def test_a_docstring_is_not_broken(tmp_path: Path, name: str) -> None:
    text, why = MODULES[name]
    path = tmp_path / "code.py"
    path.write_text(text)
    lines = [line.strip("#\" '").rstrip() for line in text.split("\n")]
    first = next(number for number, line in enumerate(lines) if line.startswith(">>>"))
    block = "\n".join([lines[first], *(lines[first + 1 : first + 2] if lines[first + 1].isdigit() else [])])
    plan = plan_of(session(block, first=first + 1, file=str(path)), tmp_path)
    assert plan.changes == ()
    assert why in str(plan.refusals[0])


def test_a_file_that_differs_from_what_was_checked_stays(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    example = session_in(path, ">>> 1\n2\n")
    plan = plan_of(example, tmp_path)
    path.write_text(">>> 1\n3\n")
    with pytest.raises(PyrunError, match="has changed during the check"):
        plan.apply()
    assert "differ from what the check has read" in str(plan_of(example, tmp_path).refusals[0])
    path.write_text("")
    assert plan_of(example, tmp_path).changes == ()
    path.unlink()
    assert "there is no file" in str(plan_of(example, tmp_path).refusals[0])


def test_only_files_of_the_project_are_written(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    project = tmp_path / "project"
    project.mkdir()
    example = session_in(outside, ">>> 1\n2\n")
    assert "not in the folder of the project" in str(plan_of(example, project).refusals[0])
    (project / "link.md").symlink_to(outside)
    linked = session(">>> 1\n2", file=str(project / "link.md"))
    assert "not in the folder of the project" in str(plan_of(linked, project).refusals[0])
    above = session(">>> 1\n2", file=str(project / ".." / "outside.md"))
    assert plan_of(above, project).changes == ()
    installed = project / ".venv" / "lib" / "site-packages" / "pkg.py"
    installed.parent.mkdir(parents=True)
    installed.write_text('"""\n>>> 1\n2\n"""\n')
    there = session(">>> 1\n2", first=2, file=str(installed))
    assert "not a file that you edit" in str(plan_of(there, project).refusals[0])
    notebook = session_in(project / "notebook.ipynb", ">>> 1\n2\n")
    assert "not plain text" in str(plan_of(notebook, project).refusals[0])


def test_what_differs_between_two_runs_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    example = session_in(path, ">>> clock()\n1\n")
    first, second = (
        judge_example(example, CellOutcome("done", (Part(1, "value", text),))) for text in ("5\n", "6\n")
    )
    plan = plan_fixes([first], [second], root=tmp_path)
    assert "a second run showed another output" in str(plan.refusals[0])
    assert plan_fixes([first], [], root=tmp_path).changes == ()


def test_what_is_right_elsewhere_stays(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    example = session_in(path, ">>> a.nbytes\n8\n")
    plan = plan_of(example, tmp_path, CellOutcome("done", (Part(1, "value", "4\n"),)))
    assert "right where Python is installed" in str(plan.refusals[0])


def test_an_output_that_two_examples_document_is_written_once(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    example = session_in(path, ">>> x\n2\n")
    others = [replace(example, page="a.md"), replace(example, page="b.md")]
    same = [judge_example(each, CellOutcome("done", (Part(1, "value", "1\n"),))) for each in others]
    plan = plan_fixes(same, same, root=tmp_path)
    assert [change.count for change in plan.changes] == [1]
    other = judge_example(others[1], CellOutcome("done", (Part(1, "value", "3\n"),)))
    plan = plan_fixes([same[0], other], [same[0], other], root=tmp_path)
    assert plan.changes == ()
    assert [refusal.why for refusal in plan.refusals] == [
        "other examples that document this output show a different one"
    ] * 2


def test_white_space_that_counts_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    example = session_in(path, ">>> print('a ')\nb\n")
    exact = replace(example, flags=(flag(1, "-NORMALIZE_WHITESPACE"),))
    assert "white space" in str(plan_of(exact, tmp_path).refusals[0])
    address = session_in(path, ">>> print('<a at 0x1f>')\nb\n")
    exact = replace(address, flags=(flag(1, "-ELLIPSIS"),))
    assert "ELLIPSIS is off" in str(plan_of(exact, tmp_path).refusals[0])


def test_the_diff_is_shown_before_anything_is_written(tmp_path: Path) -> None:
    path = tmp_path / "docs" / "page.md"
    path.parent.mkdir()
    plan = plan_of(session_in(path, ">>> 1\n2\n"), tmp_path)
    assert (
        plan.diff(tmp_path) == "--- a/docs/page.md\n+++ b/docs/page.md\n@@ -1,3 +1,3 @@\n >>> 1\n-2\n+1\n \n"
    )
    assert "\x1b[32m+1\x1b[0m" in plan.diff(tmp_path, Style(is_coloured=True))
    assert path.read_text() == ">>> 1\n2\n"


def test_tolerances_decide_which_lines_stay(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    example = session_in(path, ">>> print('1.0001\\n2')\n1.0\n3\n")
    rules = Rules.of(["numbers"])
    proofs = [judge_example(example, run(example), rules)]
    plan = plan_fixes(proofs, proofs, root=tmp_path, rules=rules)
    plan.apply()
    assert path.read_text() == ">>> print('1.0001\\n2')\n1.0\n2\n"
