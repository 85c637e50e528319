"""Sessions with prompts become code with documented outputs; sessions with mistakes stay as they are."""

from __future__ import annotations

import pytest

from pyrun_core.examples.provenance import FileLines
from pyrun_core.live.code import BlockError, join_code, read_code
from pyrun_core.live.transcript import read_transcript

SESSION = """\
>>> a = 1
>>> a
1

>>> for i in range(2):
...     print(i)
...
0
1
"""

IPYTHON = """\
In [1]: x = 1

In [2]: for i in range(2):
   ...:     print(i)
   ...:
0
1

In [3]: x
Out[3]: 1

In [4]: %timeit x
"""


def lines_of(text: str) -> list[int]:
    return list(read_transcript(text).lines)


def test_code_has_neither_prompts_nor_gaps_where_outputs_were() -> None:
    code = read_transcript(SESSION)
    assert code.source == "a = 1\na\n\nfor i in range(2):\n    print(i)"
    assert code.expected == ((2, "1"), (5, "0\n1"))


def test_each_line_of_code_knows_its_line_in_the_block() -> None:
    assert lines_of(SESSION) == [1, 2, 4, 5, 6]
    assert lines_of(IPYTHON) == [1, 2, 3, 4, 8, 9, 11, 12]


def test_a_session_of_ipython_is_read_with_what_it_prints_and_its_values() -> None:
    code = read_transcript(IPYTHON)
    assert code.source == "x = 1\n\nfor i in range(2):\n    print(i)\n\nx\n\n%timeit x"
    assert code.expected == ((4, "0\n1"), (6, "1"))


def test_the_code_of_a_notebook_cell_may_be_below_its_prompt() -> None:
    code = read_transcript("In [1]:\nx = 1\n\nx + 1\nOut[1]:\n2\n")
    assert (code.source, code.expected) == ("x = 1\n\nx + 1", ((3, "2"),))


def test_the_indentation_of_a_whole_session_is_no_part_of_it() -> None:
    code = read_transcript("    >>> if True:\n    ...     print(' x')\n     x\n")
    assert (code.source, code.expected) == ("if True:\n    print(' x')", ((2, " x"),))


def test_an_empty_line_of_output_is_written_as_doctest_wants_it() -> None:
    assert read_transcript(">>> f()\n<BLANKLINE>\na\n<BLANKLINE>\nb\n").expected == ((1, "\na\n\nb"),)


def test_output_goes_on_after_an_empty_line() -> None:
    code = read_transcript(">>> print(text)\nusage:\n\n  -h\n>>> 1\n1\n")
    assert (code.source, code.expected) == ("print(text)\n1", ((1, "usage:\n\n  -h"), (2, "1")))


@pytest.mark.parametrize("flags", ["+SKIP", "+ELLIPSIS, -NORMALIZE_WHITESPACE", "+FLOAT_CMP", "+REMOTE_DATA"])
def test_flags_of_doctest_are_no_part_of_the_code_and_change_nothing_else(flags: str) -> None:
    code = read_transcript(f">>> f(1)  # doctest: {flags}\n3\n")
    assert (code.source, code.expected) == ("f(1)", ((1, "3"),))


def test_a_line_with_nothing_but_flags_is_no_line_of_code() -> None:
    code = read_transcript(">>> # doctest: +SKIP\n>>> f(\n...     # doctest: +ELLIPSIS\n...     1)\n3\n")
    assert (code.source, code.expected) == ("f(\n    1)", ((2, "3"),))


def test_a_string_that_looks_like_a_flag_is_code() -> None:
    assert read_transcript(">>> '# doctest: +SKIP'\n").source == "'# doctest: +SKIP'"


def test_comments_with_and_without_a_prompt_are_code() -> None:
    code = read_transcript("# First\n>>> a = 1\n>>> # Then\n>>> a\n1\n\n# Last\n>>> a\n1\n")
    assert code.source == "# First\na = 1\n# Then\na\n\n# Last\na"
    assert code.expected == ((4, "1"), (7, "1"))


def test_the_output_of_a_statement_is_below_its_last_line_and_not_below_a_comment() -> None:
    code = read_transcript(">>> for i in range(2):\n...     print(i)\n...     # that is all\n0\n1\n")
    assert code.expected == ((2, "0\n1"),)


def test_code_stays_whose_continuation_has_the_first_prompt() -> None:
    """As in many docstrings. It is Python as soon as the prompts are gone."""
    assert read_transcript(">>> def f():\n>>>     return 1\n").source == "def f():\n    return 1"


def test_a_traceback_is_an_output_like_any_other() -> None:
    traceback = "Traceback (most recent call last):\n  ...\nZeroDivisionError: division by zero"
    assert read_transcript(f">>> 1 / 0\n{traceback}\n").expected == ((1, traceback),)


def test_a_statement_that_is_wrong_on_purpose_is_live_if_it_has_a_block_for_itself() -> None:
    output = 'File "<stdin>", line 1\n    a b\n    ^\nSyntaxError: invalid syntax'
    assert read_transcript(f">>> a b\n{output}\n").source == "a b"
    with pytest.raises(BlockError, match="in a separate block") as error:
        read_transcript(f">>> 1\n1\n>>> a b\n{output}\n")
    assert error.value.line == 3


NOTHING_ABOVE = (
    "this line has no prompt, and there is no statement above whose output it is. "
    "Write '>>> ' before code, or move the line out of the block"
)
APART = (
    "this line has no prompt, and an empty line separates it from the statement above. "
    "Write '>>> ' before code, or <BLANKLINE> instead of the empty line before output"
)
INCOMPLETE = (
    "the statement above is incomplete, and this line has no prompt. "
    "Write '... ' before each line that continues a statement"
)

MISTAKES = {
    "output with less indentation": (
        "    >>> x\n  1\n",
        2,
        "this line is indented less than the prompt above. Indent it by the same width",
    ),
    "a continuation with other indentation": (
        "    >>> def f():\n  ...     pass\n",
        2,
        "the prompt '...' is not below the prompt '>>>'. Indent both by the same width",
    ),
    "indented code": (
        ">>>  x = 1\n",
        1,
        "more than one space follows the prompt. Remove all but one",
    ),
    "no space after a prompt": (
        ">>> x = 1\n>>>x\n1\n",
        2,
        "the prompt '>>>' has no space after it. Write '>>> '",
    ),
    "prompts of both kinds": (
        ">>> x = 1\n\nIn [2]: x\nOut[2]: 1\n",
        3,
        "it has the prompts of Python and of IPython. Use prompts of one kind in a block",
    ),
    "output before the first prompt": (
        "1\n>>> x\n",
        1,
        NOTHING_ABOVE,
    ),
    "text after a statement": (
        ">>> import os\n\nThen:\n",
        3,
        APART,
    ),
    "nothing but prompts": ("\n>>>\n1\n>>>\n", 2, "it has no code. Write code after a prompt"),
    "no prompt": ("\nx = 1\n", 2, "it has no prompt. Write '>>> ' before each statement"),
    "a lost continuation of a loop": (
        ">>> x = 1\n>>> for i in y:\n    print(i)\n",
        3,
        INCOMPLETE,
    ),
    "a lost continuation of a call": (
        ">>> f(a,\n      b)\n3\n",
        2,
        INCOMPLETE,
    ),
    "a lost continuation without a line": (
        ">>> x = 1\n>>> f(a,\n",
        2,
        "this line is not Python. '(' was never closed. Correct it",
    ),
    "Python 2": (
        ">>> x = 1\n>>> print 'a'\na\n",
        2,
        "this line is not Python. The line is Python 2. Write print(...) instead",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_reported_with_its_line_and_a_cure(name: str) -> None:
    text, line, what = MISTAKES[name]
    with pytest.raises(BlockError) as error:
        read_transcript(text)
    assert str(error.value) == f"the block stays as it is, because {what}"
    assert error.value.line == line


def test_code_without_prompts_is_kept_character_by_character() -> None:
    code = read_code("\n\n  x = 1\n\n  y = 2  \n\n")
    assert code.source == "  x = 1\n\n  y = 2  "
    assert list(code.lines) == [3, 4, 5]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (" \n", 1, "it has no code. Add code, or remove the block"),
        (
            "\nx = 1\nprint 'a'\n",
            3,
            "this line is not Python. The line is Python 2. Write print(...) instead",
        ),
    ],
)
def test_a_block_without_prompts_that_is_not_python_stays_as_it_is(text: str, line: int, what: str) -> None:
    with pytest.raises(BlockError) as error:
        read_code(text)
    assert str(error.value) == f"the block stays as it is, because {what}"
    assert error.value.line == line


def test_the_documented_output_of_a_whole_block_is_below_its_last_line() -> None:
    code = read_code("x = 1\nprint(x)\n").with_output("\n1\n<BLANKLINE>\n\n")
    assert code.expected == ((2, "1\n"),)
    assert code.with_output(" \n") == code


def test_joined_blocks_are_one_example_with_the_outputs_in_their_places() -> None:
    first = read_transcript(">>> a = 1\n>>> a\n1\n").placed("page.md", 10)
    second = read_transcript("\n>>> a + 1\n2\n").placed("page.md", 20)
    code = join_code([first, second])
    assert code.source == "a = 1\na\n\na + 1"
    assert code.expected == ((2, "1"), (4, "2"))
    assert code.provenance.lines == (FileLines("page.md", (10, 11, 11, 21)),)


def test_tabs_after_prompts_are_read_as_doctest_reads_them() -> None:
    text = ">>> if True:\n...\tprint(1)\n1\n"
    with pytest.raises(BlockError, match="has no space after it"):
        read_transcript(text.replace("...\t", "...x"))
    assert read_transcript(text).expected == ((2, "1"),)
