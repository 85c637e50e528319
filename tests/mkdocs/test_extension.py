"""The extension's output for fences, whichever other extensions a site has."""

from __future__ import annotations

import subprocess
import sys
from itertools import permutations
from typing import TYPE_CHECKING

import markdown
import pytest

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from conftest import Convert

EXAMPLE = "```pyrun\nprint(1)\n```\n"
ORDINARY = '```python\nprint(0)\n```\n\n```python hl_lines="1"\nprint(0)\n```\n\n~~~ { .js .x }\nlet x\n~~~\n'
HIGHLIGHTERS = {
    "nothing": [],
    "fenced_code": ["fenced_code"],
    "codehilite": ["fenced_code", "codehilite"],
    "superfences": ["pymdownx.superfences"],
    "superfences and attr_list": ["attr_list", "pymdownx.superfences"],
    "superfences and highlight": ["pymdownx.highlight", "pymdownx.superfences"],
}


def block_html(page: BeautifulSoup) -> str:
    """The HTML inside the page's only cell."""
    (cell,) = page.find_all("pyrun-cell")
    return cell.decode_contents().strip()


@pytest.mark.parametrize(
    "opening", ["```pyrun", "```{.python .pyrun}", "~~~~ pyrun", "``` { .python .pyrun }"]
)
def test_both_kinds_of_fences_are_examples(convert: Convert, opening: str) -> None:
    (cell,) = convert(f"{opening}\nprint(1)\n{opening[: opening.rindex(opening[0]) + 1]}\n").find_all(
        "pyrun-cell"
    )
    assert cell["data-source"] == "print(1)"
    assert cell["data-state"] == "idle"


@pytest.mark.parametrize("others", HIGHLIGHTERS.values(), ids=HIGHLIGHTERS)
def test_the_block_inside_is_the_block_of_the_site(others: list[str]) -> None:
    block = markdown.markdown("```python\nprint(1)\n```\n", extensions=others or ["fenced_code"])
    page = markdown.markdown(EXAMPLE, extensions=[*others, "markdown_pyrun.extension"])
    assert page.endswith(f"{block.strip()}</pyrun-cell>")


@pytest.mark.parametrize("others", HIGHLIGHTERS.values(), ids=HIGHLIGHTERS)
def test_ordinary_fences_are_left_unchanged(others: list[str]) -> None:
    before = markdown.markdown(ORDINARY, extensions=others)
    after = markdown.markdown(ORDINARY, extensions=[*others, "markdown_pyrun.extension"])
    assert after == before
    mixed = markdown.markdown(f"{ORDINARY}\n{EXAMPLE}", extensions=[*others, "markdown_pyrun.extension"])
    assert mixed.startswith(before)


def test_the_order_of_the_extensions_does_not_matter() -> None:
    text = f"{ORDINARY}\n- item\n\n    ```pyrun\n    print(1)\n    ```\n\n{EXAMPLE}\n"
    names = ["markdown_pyrun.extension", "pymdownx.superfences", "pymdownx.highlight", "attr_list"]
    assert len({markdown.markdown(text, extensions=order) for order in permutations(names)}) == 1


def test_the_extension_is_found_by_its_short_name() -> None:
    assert "<pyrun-cell" in markdown.markdown(EXAMPLE, extensions=["pyrun"])


def test_one_instance_converts_many_pages_identically() -> None:
    md = markdown.Markdown(extensions=["markdown_pyrun.extension", "pymdownx.superfences"])
    pages = [md.convert('```pyrun name="a"\n1\n```\n') for _ in range(2)] + [md.reset().convert(EXAMPLE)]
    assert pages[0] == pages[1]
    assert 'data-source="print(1)"' in pages[2]
    assert "pyrun" not in md.reset().convert("text")


def test_options_reach_the_element(convert: Convert) -> None:
    (cell,) = convert(
        '```pyrun session="a" stdin="Ada\\n42" emphasize-lines="1" setup autorun readonly\nprint(1)\n```'
    ).find_all("pyrun-cell")
    assert cell["data-session"] == "a"
    assert cell["data-stdin"] == "Ada\n42"
    assert cell["data-emphasize-lines"] == "1"
    assert {"data-setup", "data-autorun", "data-readonly"} <= set(cell.attrs)


@pytest.mark.parametrize("spelling", ["emphasize-lines", "emphasize_lines"])
@pytest.mark.parametrize(
    "others", [["pymdownx.superfences"], ["pymdownx.superfences", "attr_list"], ["fenced_code", "codehilite"]]
)
def test_line_numbers_and_marked_lines_are_those_of_the_highlighter(
    convert: Convert, spelling: str, others: list[str]
) -> None:
    (cell,) = convert(f'```pyrun linenos {spelling}="2"\na = 1\nb = 2\n```', *others).find_all("pyrun-cell")
    assert cell.select_one(".linenos, .linenodiv")
    assert cell.select_one(".hll").get_text().strip() == "b = 2"


@pytest.mark.parametrize("fences", ["pymdownx.superfences", "fenced_code"])
@pytest.mark.parametrize(
    "attributes",
    [
        'title="sort.py" linenums="1" hl_lines="2 3"',
        'linenums="5" hl_lines="1 2"',
        'linenums="0"',
        'title="sort.py" .annotate .no-copy data-kind="demo"',
    ],
)
def test_the_options_of_an_ordinary_fence_mean_the_same(
    convert: Convert, attributes: str, fences: str
) -> None:
    others = [fences, "attr_list", *(["codehilite"] if fences == "fenced_code" else [])]
    code = "items = [3, 1]\nitems.sort()\nprint(items)\n```"
    if fences == "fenced_code":  # it knows no title and no first number
        attributes = attributes.replace('title="sort.py" ', "").replace('"5"', '"1" linenostart="5"')
    ordinary = convert(f"```{{.python {attributes}}}\n{code}", *others)
    live = convert(f"```{{.python .pyrun {attributes}}}\n{code}", *others)
    assert block_html(live) == str(ordinary).strip()
    assert "print(items)" in live.find("pyrun-cell")["data-source"]


@pytest.mark.parametrize(
    ("attributes", "attribute", "value"),
    [
        ("filename=sort.py", "caption", "sort.py"),
        ("id=sort", "name", "sort"),
        ("hlLines=1", "emphasize-lines", "1"),
        ("showLineNumbers highlight-lines=1", "emphasize-lines", "1"),
    ],
)
def test_options_have_the_names_of_other_tools(
    convert: Convert, attributes: str, attribute: str, value: str
) -> None:
    page = convert(f"```pyrun {attributes}\nprint(1)\n```", "pymdownx.superfences")
    assert page.find("pyrun-cell")[f"data-{attribute}"] == value


def test_a_site_without_a_highlighter_still_gets_its_plain_block(convert: Convert) -> None:
    page = convert('```pyrun linenos emphasize-lines="1"\na < 1\n```', "fenced_code", "attr_list")
    assert block_html(page) == '<pre><code class="language-python">a &lt; 1\n</code></pre>'


def test_a_caption_is_shown_as_the_highlighter_shows_titles(convert: Convert) -> None:
    page = convert('```pyrun caption="An example"\n1\n```', "pymdownx.superfences", "attr_list")
    assert page.select_one("pyrun-cell .filename").get_text() == "An example"
    assert page.select(".pyrun-caption") == []


@pytest.mark.parametrize(
    ("others", "caption"),
    [(["fenced_code"], "An example"), ([], "An example"), (["pymdownx.superfences"], "if a < b & c > {d}")],
)
def test_otherwise_a_caption_is_above_the_example(convert: Convert, others: list[str], caption: str) -> None:
    page = convert(f'```pyrun caption="{caption}"\n1\n```', *others)
    shown = page.select_one(".pyrun-caption")
    assert shown.get_text() == caption
    assert shown.find_next_sibling().name == "pyrun-cell"
    assert page.select(".filename") == []


def test_a_name_is_the_id_of_an_element_around_the_example(convert: Convert) -> None:
    page = convert(
        '```pyrun name="demo"\n1\n```\n\n```{.python .pyrun #other}\n2\n```', "pymdownx.superfences"
    )
    assert page.find(id="demo").find("pyrun-cell")["data-source"] == "1"
    assert page.find(id="other").find("pyrun-cell")["data-source"] == "2"


def test_a_hidden_example_has_no_block(convert: Convert) -> None:
    page = convert("```pyrun hidden\nimport this\n```", "pymdownx.superfences")
    (cell,) = page.find_all("pyrun-cell")
    assert {"hidden", "data-setup"} <= set(cell.attrs)
    assert cell.contents == []


def test_classes_reach_the_highlighted_block(convert: Convert) -> None:
    page = convert("```{.python .pyrun .no-copy}\n1\n```", "pymdownx.superfences")
    assert page.select_one("pyrun-cell > .highlight.no-copy")


ANNOTATED = "x = 1  # (1)!\n```\n\n1.  A note.\n"


@pytest.mark.parametrize("name", ["", "#named "])
def test_notes_are_behind_the_block_where_the_theme_looks_for_them(convert: Convert, name: str) -> None:
    page = convert(f"```{{.python .pyrun .annotate {name}}}\n{ANNOTATED}\nAfter.\n", "pymdownx.superfences")
    (cell,) = page.find_all("pyrun-cell")
    block, notes = cell.find_all(recursive=False)
    assert "highlight" in block["class"]
    assert notes.name == "ol"
    assert notes.get_text(strip=True) == "A note."
    assert cell.find_next("p").get_text() == "After."
    assert page.find_all("ol") == [notes]


@pytest.mark.parametrize(
    ("opening", "text"),
    [
        ("```pyrun", ANNOTATED),
        ("```{.python .pyrun .annotate}", "x = 1\n```\n\n1.  A list.\n"),
        ("```{.python .pyrun .annotate}", "x = 1  # (1)!\n```\n\nBetween.\n\n1.  A list.\n"),
    ],
)
def test_other_lists_stay_where_they_are(convert: Convert, opening: str, text: str) -> None:
    page = convert(f"{opening}\n{text}", "pymdownx.superfences")
    assert len(page.find_all("ol")) == 1
    assert page.select("pyrun-cell ol") == []


@pytest.mark.parametrize("others", HIGHLIGHTERS.values(), ids=HIGHLIGHTERS)
def test_a_fence_in_a_longer_fence_is_shown_but_not_run(convert: Convert, others: list[str]) -> None:
    page = convert('````md\n```pyrun\nprint(1)\n```\n````\n\n~~~\n```pyrun packages="\n```\n~~~', *others)
    assert page.find_all("pyrun-cell") == []
    if others:
        assert "```pyrun\nprint(1)\n```" in page.get_text()


@pytest.mark.parametrize("others", HIGHLIGHTERS.values(), ids=HIGHLIGHTERS)
@pytest.mark.parametrize("body", ["if 1:\n    \tprint(1)", ""])
def test_a_fence_in_an_indented_code_block_is_shown_but_not_run(
    convert: Convert, others: list[str], body: str
) -> None:
    lines = ["```pyrun", *body.split("\n"), "```"]
    page = convert("text\n\n" + "".join(f"    {line}\n" for line in lines), *others)
    assert page.find_all("pyrun-cell") == []
    assert page.find("pre").get_text().strip() == "\n".join(lines).expandtabs(4)


def test_a_broken_fence_in_an_indented_code_block_is_not_a_mistake(convert: Convert) -> None:
    page = convert('text\n\n    ```pyrun packages="numpy\n    x\n    ```\n\ntext\n\n    ```pyrun\n    x\n')
    assert [block.get_text() for block in page.find_all("pre")] == [
        '```pyrun packages="numpy\nx\n```\n',
        "```pyrun\nx\n",
    ]


def test_an_example_in_a_comment_is_left_out(convert: Convert) -> None:
    page = convert(f"<!--\n{EXAMPLE}-->\n\n<!-- x -->\n{EXAMPLE}")
    assert len(page.find_all("pyrun-cell")) == 1


def test_examples_split_a_paragraph(convert: Convert) -> None:
    page = convert(f"one\n{EXAMPLE}two\n{EXAMPLE}three *four*", "pymdownx.superfences")
    assert [child.name for child in page.find_all(recursive=False)] == [
        "p",
        "pyrun-cell",
        "p",
        "pyrun-cell",
        "p",
    ]
    assert [paragraph.get_text() for paragraph in page.find_all("p")] == ["one", "two", "three four"]


def test_examples_are_rendered_in_the_order_of_the_page(convert: Convert) -> None:
    text = "".join(f"- item\n\n    ```pyrun\n    {n}\n    ```\n\n```pyrun\nx{n}\n```\n\n" for n in range(12))
    sources = [cell["data-source"] for cell in convert(text, "pymdownx.superfences").find_all("pyrun-cell")]
    assert sources == [f"{prefix}{n}" for n in range(12) for prefix in ("", "x")]


def test_packages_are_in_the_page_as_they_were_written(convert: Convert) -> None:
    options = {"pyodide": "cdn", "packages": ["numpy"]}
    page = convert('```pyrun packages="six"\n1\n```', markdown_pyrun__extension=options)
    (cell,) = page.find_all("pyrun-cell")
    assert cell["data-packages"] == '["six"]'
    assert not {"data-page-packages", "data-pyodide", "data-lock"} & set(cell.attrs)


def test_nothing_of_a_generator_is_imported_that_does_not_run() -> None:
    """It may not be installed, nor what it needs."""
    program = (
        "import sys; from markdown import markdown; "
        "markdown('```pyrun\\n1\\n```', extensions=['markdown_pyrun.extension']); "
        "print(*{'click', 'zensical', 'zensical_pyrun'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_a_playground_is_a_cell_whose_code_may_be_empty(convert: Convert) -> None:
    page = convert("""```pyrun-playground name="mine"\nx = 1\n```\n\n```{.python .pyrun-playground}\n```""")
    first, second = page.select("pyrun-cell")
    assert first["data-source"] == "x = 1"
    for cell in (first, second):
        assert "data-playground" in cell.attrs
        assert cell["data-session"] == "isolated"
        assert cell.pre is not None
    assert "data-source" not in second.attrs
    assert second.get_text().strip() == ""


def test_a_console_shows_prompts_and_its_element_has_the_code(convert: Convert) -> None:
    page = convert('```pyrun-console name="mine"\nx = 1\n```\n\n```{.python .pyrun-console}\n```')
    first, second = page.select("pyrun-cell")
    assert first["data-source"] == "x = 1"
    assert {"data-console", "data-name"} <= set(first.attrs)
    assert first.get_text().strip() == ">>> x = 1"
    assert "data-console" in second.attrs
    assert second.get_text().strip() == ">>>"
