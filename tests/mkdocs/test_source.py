"""The source of an example is in the page exactly as the author wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Convert, Log, Site

SOURCES = {
    "tabs": "if True:\n\tprint('a\tb')\n",
    "a script's end": "print('</script></pyrun-cell><!-- x -->')",
    "template braces": "print('{{ page.title }} {% raw %} {# x #}')",
    "emoji": "print('😀 é 漢字 \u202e')",
    "entities": "print('&amp; &lt; &#10; \"quotes\" \\'')",
    "blank lines": "a = 1\n\n\n\nb = 2",
    "blank lines at both ends": "\n\na = 1\n\n",
    "trailing spaces": "a = 1   \n    \n  \nb = 2\t",
    "attribute lists": "x = {: .x }  # {: .y}\n{ #id }",
    "footnotes and abbreviations": "a[^1]\n[^1]: note\n*[HTML]: x\n[ref]: http://example.org",
    "headings and rules": "# Heading\n---\n=== 'a'\n!!! note\n??? x\n/// y",
    "lists and quotes": "- a\n1. b\n> c\n>>> d\n* e",
    "html comments": "<!-- a -->\n<div markdown>\n</div>",
    "placeholders of Markdown": "print('wzxhzdk:0 klzzwxh:0')",
    "shorter fences": "'''\n  ```python\n  x\n  ```\n~~~\n'''",
    "backslashes": "print('\\\\1 \\g<0> \\n \\*')",
    "snippets marks in code": "x = '--8<-'",
    "5,000 lines": "\n".join(f"x{number} = {number}" for number in range(5000)),
}
CONTAINERS = {
    "the page": "{}",
    "a list": "- item\n\n{:4}\n\n- item",
    "a tight list": "1. item\n{:4}\n2. item",
    "a list in a list": "- item\n\n    - item\n\n{:8}\n",
    "an admonition": "!!! note\n\n{:4}\n",
    "a tab": '=== "A"\n\n{:4}\n\n=== "B"\n\n    text\n',
    "details": "??? note\n\n{:4}\n",
    "a definition": "term\n:   text\n\n{:4}\n",
    "a footnote": "text[^1]\n\n[^1]: note\n\n{:4}\n",
    "HTML with Markdown": "<div markdown>\n\n{}\n\n</div>",
    "raw HTML": "<div>\n{}\n</div>",
    "a quote": "> text\n>\n{:>}\n",
    "a paragraph": "before\n{}\nafter",
}
MATERIAL = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "pymdownx.betterem",
    "pymdownx.critic",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.keys",
    "pymdownx.magiclink",
    "pymdownx.smartsymbols",
    "pymdownx.snippets",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "tables",
    "toc",
]


def fence(source: str, header: str = "pyrun raises=SyntaxError") -> str:
    """Some of the sources are no Python."""
    marks = "````"
    return f"{marks}{header}\n{source}\n{marks}"


def within(container: str, text: str) -> str:
    for field, prefix in {"{:4}": "    ", "{:8}": "        ", "{:>}": "> ", "{}": ""}.items():
        lines = [f"{prefix}{line}" if line or prefix == "> " else line for line in text.split("\n")]
        container = container.replace(field, "\n".join(lines))
    return container


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_in_plain_markdown(convert: Convert, source: str) -> None:
    (cell,) = convert(fence(source)).find_all("pyrun-cell")
    assert cell["data-source"] == source


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_among_all_extensions_of_a_material_site(convert: Convert, source: str) -> None:
    (cell,) = convert(fence(source), *MATERIAL).find_all("pyrun-cell")
    assert cell["data-source"] == source


@pytest.mark.parametrize("container", CONTAINERS.values(), ids=CONTAINERS)
@pytest.mark.parametrize(
    "source", ["tabs", "blank lines", "trailing spaces", "lists and quotes", "html comments"]
)
def test_nested(convert: Convert, container: str, source: str) -> None:
    (cell,) = convert(within(container, fence(SOURCES[source])), *MATERIAL).find_all("pyrun-cell")
    assert cell["data-source"] == SOURCES[source]
    assert cell.find_parents("p") == []


def test_nested_with_tabs_for_indentation(convert: Convert) -> None:
    text = "- item\n\n\t```pyrun raises=TabError\n\tif True:\n\t\tprint(1)\n\t  \tx\n\t```\n"
    (cell,) = convert(text, "pymdownx.superfences").find_all("pyrun-cell")
    assert cell["data-source"] == "if True:\n\tprint(1)\n  \tx"


def test_where_superfences_preserves_tabs(convert: Convert) -> None:
    page = convert(fence("\tx"), "pymdownx.superfences", pymdownx__superfences={"preserve_tabs": True})
    assert page.find("pyrun-cell")["data-source"] == "\tx"


def test_windows_line_ends_become_line_feeds(convert: Convert) -> None:
    (cell,) = convert("a\r\n\r\n```pyrun\r\nx = 1\r\n\r\ny\r\n```\r\n").find_all("pyrun-cell")
    assert cell["data-source"] == "x = 1\n\ny"


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_in_a_mkdocs_site(site: Site, source: str) -> None:
    site.page(f"# Title\n\n{fence(source)}\n")
    assert site.build(strict=True).sources() == [source]


def test_in_a_mkdocs_site_from_a_file_with_windows_line_ends(site: Site) -> None:
    site.page("# Title\r\n\r\n```pyrun\r\nif True:\r\n\tprint(1)\r\n```\r\n")
    assert site.build(strict=True).sources() == ["if True:\n\tprint(1)"]


def test_from_a_file_of_the_documentation_or_of_a_plugin(site: Site) -> None:
    site.write("docs/guide/examples/fib.py", "def fib():\n    return 1\n\nprint(fib())\n")
    hook = "from mkdocs.structure.files import File\n\n\ndef on_files(files, config):\n"
    hook += "    files.append(File.generated(config, 'made.py', content='made = 1'))\n"
    site.write("hook.py", hook)
    site.configure(hooks=["hook.py"])
    site.page(
        "```pyrun examples/fib.py\n```\n\n* item\n\n"
        '    ```pyrun file="/guide/examples/fib.py" pyobject="fib" append="fib()"\n    ```\n\n'
        "```pyrun file=../made.py\n```\n",
        "guide/page.md",
    )
    whole, part = "def fib():\n    return 1\n\nprint(fib())", "def fib():\n    return 1\nfib()"
    assert site.build(strict=True).sources("guide/page/index.html") == [whole, part, "made = 1"]


def test_from_a_file_in_a_page_whose_folder_a_plugin_has_made_up(site: Site) -> None:
    site.write("docs/examples/one.py", "print(1)\n")
    page = "```pyrun ../examples/one.py\n```\n\n```pyrun two.py\n```\n"
    hook = "from mkdocs.structure.files import File\n\n\ndef on_files(files, config):\n"
    hook += f"    files.append(File.generated(config, 'made/page.md', content={page!r}))\n"
    hook += "    files.append(File.generated(config, 'made/two.py', content='print(2)'))\n"
    site.write("hook.py", hook)
    site.configure(hooks=["hook.py"])
    site.page("# Start")
    assert site.build(strict=True).sources("made/page/index.html") == ["print(1)", "print(2)"]


def test_from_a_file_that_a_plugin_has_changed(site: Site) -> None:
    """As gen-files does, if it writes a file that the documentation has."""
    site.write("docs/version.py", "version = 'unknown'\n")
    hook = "from mkdocs.structure.files import File\n\n\ndef on_files(files, config):\n"
    hook += "    files.remove(files.get_file_from_path('version.py'))\n"
    hook += "    files.append(File.generated(config, 'version.py', content='version = 2'))\n"
    site.write("hook.py", hook)
    site.configure(hooks=["hook.py"])
    site.page("```pyrun version.py\n```\n")
    assert site.build(strict=True).sources() == ["version = 2"]


def test_from_a_file_that_does_not_exist(site: Site, log: Log) -> None:
    site.page("```pyrun examples/fob.py\n```\n")
    assert site.build().sources() == []
    (message,) = log.take()
    assert message.startswith("pyrun: index.md:1: file: there is no file 'examples/fob.py' in ")


def test_from_a_file_included_by_snippets(site: Site) -> None:
    example = site.write("example.py", "if True:\n\tprint('snippet')")
    site.configure(markdown_extensions=[{"pymdownx.snippets": {"base_path": [str(example.parent)]}}])
    site.page('```pyrun\n--8<-- "example.py"\n```\n')
    assert site.build(strict=True).sources() == ["if True:\n\tprint('snippet')"]
