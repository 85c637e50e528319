"""Existing blocks of Markdown go live, and the rest of the page stays as it is."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import markdown
import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bs4 import Tag
    from conftest import Site

EXTENSIONS = [
    *("admonition", "attr_list", "def_list", "footnotes", "md_in_html", "toc", "pymdownx.details"),
    *("pymdownx.highlight", "pymdownx.superfences", "pymdownx.tabbed"),
]
CONFIGS: Mapping[str, Mapping[str, object]] = {
    "pymdownx.highlight": {"anchor_linenums": True, "line_spans": "__span", "pygments_lang_class": True},
    "pymdownx.tabbed": {"alternate_style": True},
}
HIGHLIGHTERS = {
    "superfences": EXTENSIONS,
    "superfences that preserve tabs": [*EXTENSIONS, "preserve"],
    "fenced_code": ["fenced_code"],
    "codehilite": ["fenced_code", "codehilite"],
}

PYTHON = "```python\nprint(1 < 2)\n```"
SESSION = "```pycon\n>>> for i in range(2):\n...     print(i)\n0\n1\n>>> 'a' + \\\n... 'b'\n'ab'\n```"

PLACES = {
    "the page": "# Title\n\n{}\n\ntext\n",
    "a list": "- item\n\n{:4}\n\n- item\n",
    "a tight list": "1. item\n{:4}\n2. item\n",
    "a list in a list": "- item\n\n    - item\n\n{:8}\n",
    "an admonition": "!!! note\n\n{:4}\n",
    "tabs": '=== "A"\n\n{:4}\n\n=== "B"\n\n    text\n',
    "details": "??? note\n\n{:4}\n",
    "a definition": "term\n:   text\n\n{:4}\n",
    "HTML with Markdown": "<div markdown>\n\n{}\n\n</div>\n",
    "raw HTML": "<div>\n{}\n</div>\n",
    "a quote": "> text\n>\n{:>}\n",
}


def convert(text: str, extensions: list[str] = EXTENSIONS, **options: object) -> str:
    configs = {name: dict(config) for name, config in CONFIGS.items() if name in extensions}
    if "preserve" in extensions:
        configs["pymdownx.superfences"] = {"preserve_tabs": True}
        extensions = extensions[:-1]
    if options:
        configs["pyrun"] = options
        extensions = [*extensions, "pyrun"]
    return markdown.markdown(text, extensions=extensions, extension_configs=configs)


def cells(html: str) -> list[Tag]:
    return BeautifulSoup(html, "html.parser").find_all("pyrun-cell")


def sources(html: str) -> list[str]:
    return [str(cell["data-source"]) for cell in cells(html)]


def without_cells(html: str) -> str:
    """The HTML without the tags of cells. White space between blocks does not count."""
    html = re.sub(r"\s*</?pyrun-cell[^>]*>\s*", "\n", html)
    return re.sub(r"(?<=>)\s+|\s+(?=<)", "", html)


def within(place: str, text: str) -> str:
    for field, prefix in {"{:4}": "    ", "{:8}": "        ", "{:>}": "> ", "{}": ""}.items():
        lines = [f"{prefix}{line}" if line or prefix == "> " else line for line in text.split("\n")]
        place = place.replace(field, "\n".join(lines))
    return place


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize(
    ("block", "source"),
    [(PYTHON, "print(1 < 2)"), (SESSION, "for i in range(2):\n    print(i)\n'a' + \\\n'b'")],
)
def test_a_block_goes_live_wherever_it_is_and_the_page_stays(place: str, block: str, source: str) -> None:
    text = within(place, block)
    html = convert(text, live="python doctest")
    assert sources(html) == [source]
    assert without_cells(html) == without_cells(convert(text))


@pytest.mark.parametrize("extensions", HIGHLIGHTERS.values(), ids=HIGHLIGHTERS)
def test_the_block_is_that_of_the_highlighter(extensions: list[str]) -> None:
    text = f"{PYTHON}\n\n```js\nlet x\n```\n\n{PYTHON}\n\ntext\n\n{SESSION}\n\n~~~\nother\n~~~\n"
    html = convert(text, extensions, live=["python", "doctest"])
    assert len(cells(html)) == 3
    assert without_cells(html) == without_cells(convert(text, extensions))
    assert cells(html)[2].get_text().strip().startswith(">>> for i in range(2):")


def test_nothing_goes_live_by_default() -> None:
    for options in ({"repack": False}, {"live": "none"}, {"live": []}):
        assert cells(convert(f"{PYTHON}\n\n{SESSION}\n", **options)) == []


def test_documented_output_is_in_the_cell_and_each_statement_shows_its_value() -> None:
    (cell,) = cells(convert(SESSION, live="doctest"))
    assert json.loads(str(cell["data-expected"])) == [[2, "0\n1"], [4, "'ab'"]]
    assert "data-interactive" in cell.attrs


@pytest.mark.parametrize(
    ("opening", "words"),
    [
        ("python", "python"),
        ("py", "python"),
        ("{ .python3 .x }", "python"),
        ("{.py title='a'}", "python"),
        ("python", "doctest"),
        ("", "doctest"),
        ("pycon", "doctest"),
        ("doctest", "doctest"),
        ("{.python-console}", "doctest"),
        ("rust", "rust"),
        ("rust", "python rust"),
    ],
)
def test_words_of_the_option_mean_kinds_and_languages(opening: str, words: str) -> None:
    code = ">>> 1\n1" if words == "doctest" else "x = 1"
    text = f"```{opening}\n{code}\n```\n"
    assert sources(convert(text, live=words)) == [code.removeprefix(">>> ").removesuffix("\n1")]
    assert cells(convert(text, live="another")) == []


def test_an_indented_session_goes_live() -> None:
    text = "text\n\n    >>> 1 < 2\n    True\n\n    >>> 3\n    3\n\ntext\n\n    x = 1\n"
    html = convert(text, live=["doctest", "python"])
    assert sources(html) == ["1 < 2\n\n3"]
    assert without_cells(html) == without_cells(convert(text))


def test_a_fence_in_an_indented_block_or_a_comment_is_text() -> None:
    text = f"text\n\n    {PYTHON}\n\n<!--\n{PYTHON}\n-->\n\n````md\n{PYTHON}\n````\n"
    html = convert(text.replace("\n", "\n    ", 3), live="python")
    assert "<pyrun-cell" not in re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)


def test_adjacent_blocks_are_one_cell_unless_join_is_off() -> None:
    text = f"{PYTHON}\n\n{PYTHON}\n\n{SESSION}\n\n{PYTHON}\n\ntext\n\n{PYTHON}\n"
    joined = convert(text, live=["python", "doctest"])
    assert [source.count("print(1 < 2)") for source in sources(joined)] == [2, 0, 1, 1]
    assert [len(cell.find_all("pre")) for cell in cells(joined)] == [2, 1, 1, 1]
    assert len(cells(convert(text, live=["python", "doctest"], join=False))) == 5


def test_a_block_that_is_wrong_on_purpose_is_an_example_by_itself() -> None:
    wrong = '```pycon\n>>> a b\n  File "<stdin>", line 1\nSyntaxError: invalid syntax\n```'
    right = "```pycon\n>>> 1\n1\n```"
    assert sources(convert(f"{right}\n\n{wrong}\n\n{right}\n", live=["doctest"])) == ["1", "a b", "1"]


def test_what_a_fence_gives_to_its_highlighter_stays_with_the_block() -> None:
    text = '```python title="a.py" linenums="1" hl_lines="2"\na = 1\nb = 2\n```\n\n```python\nc\n```\n'
    html = convert(text, live="python")
    first, second = cells(html)
    assert first["data-caption"] == "a.py"
    assert first["data-emphasize-lines"] == "2"
    assert second["data-source"] == "c"
    assert without_cells(html) == without_cells(convert(text))


def test_notes_about_code_stay_beside_it() -> None:
    text = "``` { .python .annotate }\nx = 1  # (1)!\n```\n\n1. A note.\n\ntext\n"
    (cell,) = cells(convert(text, live="python"))
    assert cell.find("ol").get_text().strip() == "A note."


def test_a_comment_before_a_block_decides_and_sets_options() -> None:
    text = (
        f"<!-- pyrun: off -->\n{PYTHON}\n\n"
        f'<!-- pyrun: packages="numpy" session=a name=block -->\n\n{PYTHON}\n\n'
        f"<!-- another -->\n{PYTHON}\n"
    )
    html = convert(text, live="python")
    first, second = cells(html)
    assert (first["data-packages"], first["data-session"]) == ('["numpy"]', "a")
    assert first.find_parent(id="block") is not None
    assert "data-packages" not in second.attrs
    assert html.count("<!--") == 3
    assert sources(convert(f"<!-- pyrun: on -->\n{PYTHON}\n", live="none")) == ["print(1 < 2)"]


def test_classes_exclude_blocks_and_what_is_inside() -> None:
    text = (
        f"!!! note\n\n    {PYTHON}\n\n".replace("\n", "\n    ", 3) + "``` { .python .old }\nx\n```\n\ntext\n"
    )
    text = within("!!! note\n\n{:4}\n\n", PYTHON) + "``` { .python .old }\nx\n```\n\ntext\n"
    assert sources(convert(text, live="python", live_except=".old")) == ["print(1 < 2)"]
    assert sources(convert(text, live="python", live_except=".admonition")) == ["x"]
    assert sources(convert(text, live="python", live_only=".admonition")) == ["print(1 < 2)"]


def test_an_explicit_example_stays_what_it_is() -> None:
    text = f"```pyrun\nx = 1\n```\n\n{PYTHON}\n\n```pyrun\ny = 2\n```\n"
    assert sources(convert(text, live="python")) == ["x = 1", "print(1 < 2)", "y = 2"]


def test_pages_and_patterns_of_a_site_decide(site: Site) -> None:
    site.configure(plugins=[{"pyrun": {"live": ["python"], "live-except": ["old/*", "b.md"]}}])
    site.page(PYTHON)
    site.page(PYTHON, "b.md")
    site.page(PYTHON, "old/c.md")
    site.page(f"---\npyrun: {{live: none}}\n---\n{PYTHON}", "d.md")
    site.page(f"---\npyrun: {{live: doctest, preamble: 'a = 1'}}\n---\n{SESSION}\n", "e.md")
    site.build(strict=True)
    names = ["index", "b/index", "old/c/index", "d/index", "e/index"]
    assert [len(site.cells(f"{name}.html")) for name in names] == [1, 0, 0, 0, 1]
    (cell,) = site.cells("e/index.html")
    assert cell["data-preamble"] == "a = 1"
    assert "data-show-preamble" in cell.attrs
    assert cell["data-line"] == "5"


BAD = {
    "a continuation line was lost": (">>> for i in range(2):\n        print(i)\n0", 2),
    "output comes first": ("1\n>>> 1", 1),
}


@pytest.mark.parametrize(("session", "line"), BAD.values(), ids=BAD)
def test_a_block_that_cannot_go_live_stays_and_all_others_go_live(
    site: Site, session: str, line: int
) -> None:
    site.configure(plugins=[{"pyrun": {"live": "doctest"}}], markdown_extensions=["pymdownx.superfences"])
    site.page(f"# Title\n\n```pycon\n{session}\n```\n\n- item\n\n{within('{:4}', SESSION)}\n")
    site.build()
    (message,) = site.log.take()
    assert re.match(
        rf"pyrun: index.md:{3 + line}: the block stays as it is, because .* \[pyrun.live\]$", message
    )
    assert len(site.cells()) == 1
    assert len(site.soup().find_all("pre")) == 2


def test_prompts_in_another_language_are_reported(site: Site) -> None:
    site.configure(plugins=[{"pyrun": {"live": "doctest"}}])
    site.page("text\n\n```rust\n>>> 1\n```\n")
    site.build()
    (message,) = site.log.take()
    assert message.startswith("pyrun: index.md:4: the block stays as it is, because it has prompts of Python")


def test_the_search_index_stays_as_it_is(site: Site) -> None:
    indexes = []
    for live in ("none", "python doctest"):
        site.configure(
            plugins=["search", {"pyrun": {"live": live}}], markdown_extensions=["pymdownx.superfences"]
        )
        site.page(f"# Title\n\n{PYTHON}\n\ntext\n\n{SESSION}\n")
        site.build(strict=True)
        indexes.append(site.html("search/search_index.json"))
    assert indexes[0] == indexes[1]
    assert len(site.cells()) == 2


def test_snippets_bring_blocks_that_go_live(site: Site) -> None:
    site.write("snippets/block.md", f"{PYTHON}\n")
    site.configure(
        plugins=[{"pyrun": {"live": "python"}}],
        markdown_extensions=[{"pymdownx.snippets": {"base_path": [str(site.folder / "snippets")]}}],
    )
    site.page('# Title\n\n--8<-- "block.md"\n\n```python\nx = 1\n```\n')
    assert site.build(strict=True).sources() == ["print(1 < 2)\n\nx = 1"]


def test_the_line_of_an_indented_session_is_its_own(site: Site) -> None:
    site.configure(plugins=[{"pyrun": {"live": "doctest"}}])
    site.page("```pycon\n>>> 1\n1\n```\n\ntext\n\n    >>> 1\n    1\n")
    site.build(strict=True)
    assert [cell["data-line"] for cell in site.cells()] == ["2", "8"]
