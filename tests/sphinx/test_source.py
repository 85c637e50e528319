"""The source in the page is exactly what its author typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docutils
import pytest

from sphinx_pyrun.source import restore

if TYPE_CHECKING:
    from .conftest import MakeSite

SOURCES = {
    "tabs": "if True:\n\tprint('a\tb')\n\tif 1:\n\t\tpass",
    "tabs below spaces": "def f():\n    x = 1\t# one\n\n\n    return '\t'",
    "templates": "print('{{ name }} {% raw %} {# no #} {{{{')",
    "markup": "print('</script><!-- & &amp; &lt; <b>\"\\' -->', \"</pyrun-cell>\")",
    "substitutions": "print('|name| *a* `b` ``c`` :ref:`d` \\\\ \\n \\t')",
    "emoji": "print('\N{SNAKE}\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}')",
    "other scripts": "print('e\u0301 \u05d0 \u4e2d \u00a0|')",
    "blank lines": "x = 1\n\n\n\n\ny = 2",
    "space at line ends": "text = '''one  \ntwo\t\n  \nthree'''",
    "a comment first": "# a comment\n#: another\nx = 1",
    "a field first": ":not_python:\nx = 1",
    "a form feed": "x = 1\n\f\ny = '\v'",
    "line separators": "x = '\u2028 \u0085 \x1c'\ny = 2",
    "5,000 lines": "\n".join(f"x{number} = {number}\t# {'.' * (number % 80)}" for number in range(5000)),
    "doctest": ">>> f()  # doctest: +ELLIPSIS\n...\n<BLANKLINE>",
    "colons": "::\n\n.. pyrun::\n\n   print(1)",
    "dashes": "x = '''\n---\n'''",
}
# For docutils a line separator ends the line, and with it the indented block; before 0.21 a form feed does
# too.
_LOST = {"line separators"} if docutils.__version_info__ >= (0, 21) else {"line separators", "a form feed"}
IN_REST = [name for name in SOURCES if name not in _LOST]
# MyST takes lines that begin with a colon for options, wherever they are before the code.
IN_MARKDOWN = [name for name in SOURCES if name != "a field first"]


def indent(text: str, prefix: str) -> str:
    return "\n".join(prefix + line if line else "" for line in text.split("\n"))


def rest(source: str, prefix: str = "") -> str:
    """The source in a directive, after an option so that a field in it isn't taken for an option.

    Some of the sources are no Python.
    """
    block = ".. pyrun::\n   :raises: SyntaxError\n\n" + indent(source, "   ")
    return f"Title\n=====\n\n{indent(block, prefix)}\n\nAn end.\n"


def markdown(source: str) -> str:
    return f"# Title\n\n`````{{pyrun}}\n:raises: SyntaxError\n\n{source}\n`````\n\nAn end.\n"


@pytest.mark.parametrize("name", IN_REST)
def test_rest_keeps(make_site: MakeSite, name: str) -> None:
    site = make_site({"index.rst": rest(SOURCES[name])})
    site.build()
    assert site.cell()["data-source"] == SOURCES[name]


@pytest.mark.parametrize("name", IN_MARKDOWN)
def test_myst_keeps(make_site: MakeSite, name: str) -> None:
    site = make_site({"index.md": markdown(SOURCES[name])})
    site.build()
    assert site.cell()["data-source"] == SOURCES[name]


@pytest.mark.parametrize("name", ["tabs", "space at line ends"])
@pytest.mark.parametrize("directive", [".. note::\n\n", "- item\n\n", "#. item\n\n", "quote:\n\n"])
def test_rest_keeps_it_inside_other_blocks(make_site: MakeSite, name: str, directive: str) -> None:
    nested = rest(SOURCES[name], "   ").removeprefix("Title\n=====\n\n")
    site = make_site({"index.rst": directive + nested})
    site.build()
    assert site.cell()["data-source"] == SOURCES[name]


@pytest.mark.parametrize("name", ["tabs", "space at line ends", "emoji", "blank lines"])
@pytest.mark.parametrize("make", [rest, markdown])
def test_a_file_with_windows_line_ends_gives_the_same_source(
    make_site: MakeSite,
    name: str,
    make: object,
) -> None:
    assert callable(make)
    suffix = "rst" if make is rest else "md"
    text = make(SOURCES[name]).replace("\n", "\r\n")
    site = make_site({f"index.{suffix}": text.encode()})
    site.build()
    assert site.cell()["data-source"] == SOURCES[name]


def test_a_file_that_begins_with_a_byte_order_mark_keeps_its_tabs(make_site: MakeSite) -> None:
    site = make_site({"index.rst": b"\xef\xbb\xbf" + rest(SOURCES["tabs"]).encode()})
    site.build()
    assert site.cell()["data-source"] == SOURCES["tabs"]


def test_code_indented_only_by_tabs_keeps_its_own_tabs(make_site: MakeSite) -> None:
    site = make_site({"index.rst": ".. pyrun::\n\n\tif True:\n\t\tprint(1)\n"})
    site.build()
    assert site.cell()["data-source"] == "if True:\n\tprint(1)"


def test_a_tab_that_is_partly_indentation_becomes_spaces(make_site: MakeSite) -> None:
    site = make_site({"index.rst": ".. pyrun::\n\n   if True:\n\tprint(1)\n"})
    site.build()
    assert site.cell()["data-source"] == "if True:\n     print(1)"


@pytest.mark.parametrize("options", ["", "   :start-line: 3\n", "   :start-after: BEGIN\n"])
def test_included_files_keep_their_tabs(make_site: MakeSite, options: str) -> None:
    included = ".. one\n.. two\n.. BEGIN\n\n" + rest(SOURCES["tabs"]).removeprefix("Title\n=====\n\n")
    site = make_site(
        {"index.rst": f"Title\n=====\n\n.. include:: part.txt\n{options}", "part.txt": included},
    )
    site.build()
    assert site.cell()["data-source"] == SOURCES["tabs"]


def test_a_prolog_does_not_shift_lines(make_site: MakeSite) -> None:
    site = make_site({"index.rst": rest(SOURCES["tabs"])}, rst_prolog="\n.. |x| replace:: y\n\n")
    site.build()
    assert site.cell()["data-source"] == SOURCES["tabs"]


def test_text_that_another_extension_generated_is_used_unchanged(make_site: MakeSite) -> None:
    conf = """
def make(app, docname, text):
    text[0] = ".. pyrun::\\n\\n   if True:\\n   \\tprint(1)\\n"

def setup(app):
    app.connect("source-read", make)
"""
    site = make_site({"conf.py": conf, "index.rst": "Title\n=====\n"})
    site.build()
    assert site.cell()["data-source"] == "if True:\n     print(1)"


def test_code_may_begin_directly_below_the_directive(make_site: MakeSite) -> None:
    site = make_site({"index.rst": ".. pyrun::\n   print(1)\n\n   print(2)\n"})
    site.build()
    assert site.cell()["data-source"] == "print(1)\n\nprint(2)"


def test_if_two_different_passages_fit_only_the_expected_one_is_used() -> None:
    text = "  x =\t1\n\n  x = \t1\n"

    def restored(first: int) -> str | None:
        return restore(["x =   1"], text, first, tab_width=8, feeds_split=False)

    assert restored(first=0) == "x =\t1"
    assert restored(first=2) == "x = \t1"
    assert restored(first=99) is None
