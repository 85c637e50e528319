"""The tags and cells of built HTML, however a generator or a minifier has written them."""

from __future__ import annotations

import pytest

from pyrun_core.examples.example import make_example
from pyrun_core.examples.render import END_TAG, plain_block, start_tag, written_source
from pyrun_core.finish.cells import FormerBuildError, read_cells
from pyrun_core.problems import Location
from pyrun_core.tags import find_tags

SOURCE = "import numpy\nprint('<pyrun-cell>', \"a\" > 'b')"

NO_CELLS = {
    "a comment": "<!-- <pyrun-cell data-source=1> -->",
    "a comment without an end": "<!-- <pyrun-cell data-source=1>",
    "a script": "<script>var x = '<pyrun-cell data-source=1>'</script>",
    "a script without an end": "<script>var x = '<pyrun-cell data-source=1>'",
    "a style sheet": "<STYLE>/* <pyrun-cell data-source=1> */</STYLE >",
    "a title": "<title>The element <pyrun-cell data-source=1></title>",
    "a text area": "<textarea rows=1><pyrun-cell data-source=1></textarea>",
    "an attribute": "<p title=\"<pyrun-cell data-source=1>\" lang='<pyrun-cell >'>x</p>",
    "escaped text": "<p>&lt;pyrun-cell data-source=1></p>",
    "a longer name": "<pyrun-cells data-source=1></pyrun-cells>",
    "an end tag": "</pyrun-cell>",
    "nothing": "",
}


def cell(source: str = SOURCE, **block: object) -> str:
    example = make_example(
        source,
        site={},
        page={"packages": ("six",)},
        block=block,
        file="guide/plots.md",
        location=Location("guide/plots.md", 12),
    )
    return start_tag(example)


BLOCK = {"packages": ("numpy>=2", "./dist/a b.whl"), "files": ("data/*.csv",)}

FORMS = {
    "as pyrun writes it": cell(**BLOCK),
    "with single quotes": cell(**BLOCK).replace("'", "&#39;").replace('"', "'"),
    "in capitals": cell(**BLOCK).replace("pyrun-cell", "PYRUN-CELL", 1).replace("data-page=", "DATA-PAGE="),
    "with other attributes first": cell(**BLOCK).replace(
        "<pyrun-cell", "<pyrun-cell class=x hidden\n id = 'y'", 1
    ),
    "minified": (
        cell(**BLOCK)
        .replace('"idle"', "idle")
        .replace('data-page="guide/plots.md"', "data-page=guide/plots.md")
        .replace('data-line="12"', "data-line=12")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
    ),
}


@pytest.mark.parametrize("html", NO_CELLS.values(), ids=NO_CELLS)
def test_what_only_looks_like_a_cell_is_none(html: str) -> None:
    assert read_cells(f"<html><body>{html}", "a.html") == ()


@pytest.mark.parametrize("html", NO_CELLS.values(), ids=NO_CELLS)
def test_a_cell_after_it_is_read(html: str) -> None:
    is_open = "without an end" in next(name for name, text in NO_CELLS.items() if text == html)
    cells = read_cells(f"<p>it's = 1 < 2</p>{html}<pyrun-cell data-source='1'>", "a.html")
    assert len(cells) == (0 if is_open else 1)


@pytest.mark.parametrize("html", FORMS.values(), ids=FORMS)
def test_a_cell_is_read_in_every_form(html: str) -> None:
    page = f"<body>{html}{plain_block(SOURCE)}{END_TAG}<p>after</p></body>"
    (found,) = read_cells(page, "guide/plots/index.html")
    assert found.page == "guide/plots.md"
    requirements = found.requirements
    assert requirements.declared.entries == ("numpy>=2", "./dist/a b.whl")
    assert requirements.declared.location == Location("guide/plots.md", 12)
    assert requirements.page_entries == ("six",)
    assert requirements.files == ("data/*.csv",)
    assert requirements.folder == "guide"
    assert [each.module for each in requirements.imports] == ["numpy"]


@pytest.mark.parametrize(
    "source",
    ["print(1 & 2, '&&')", "print('&amp;lt; &#38; 100 %26 %')", "print(unescape('&copy=1 &eacute'))"],
)
def test_code_survives_a_minifier_that_takes_references_in_it_for_references(source: str) -> None:
    """As htmlmin does: it writes the decoded value of an attribute, and escapes nothing but quotes."""
    (written,) = find_tags(cell(source), "pyrun-cell")
    assert written_source(written.attributes) == source
    values = (f'{name}="{value.replace(chr(34), "&#34;")}"' for name, value in written.attributes.items())
    (minified,) = find_tags(f"<pyrun-cell {' '.join(values)}>", "pyrun-cell")
    assert written_source(minified.attributes) == source


def test_a_cell_that_requires_nothing_is_one_of_its_page() -> None:
    (found,) = read_cells("<pyrun-cell data-source='print(1)'>", "a/b.html")
    assert (found.page, found.requirements.id) == ("a/b.html", "")


@pytest.mark.parametrize("attribute", ["data-pyodide=x", "data-lock=x", "data-packages-of=x"])
def test_a_page_of_an_older_pyrun_is_not_used(attribute: str) -> None:
    with pytest.raises(FormerBuildError, match=r"older version of pyrun built this page.* Empty the folder"):
        read_cells(f"<pyrun-cell {attribute} data-source=1>", "a.html")


@pytest.mark.parametrize("value", ["six numpy", '{"a": 1}', "[1]", ""])
def test_an_attribute_that_pyrun_does_not_write_is_an_error(value: str) -> None:
    with pytest.raises(FormerBuildError, match="data-packages of an example is"):
        read_cells(f"<pyrun-cell data-packages='{value}' data-source=1>", "a.html")


def test_an_id_of_another_pyrun_is_an_error() -> None:
    with pytest.raises(FormerBuildError, match="another version of pyrun"):
        read_cells(cell().replace('requirements="', 'requirements="0'), "a.html")


def test_tags_are_found_where_they_are() -> None:
    html = "<Link a=1><script src=x>'<link>'</script><LINK b>"
    assert [(tag.name, html[tag.start : tag.end]) for tag in find_tags(html, "link", "script")] == [
        ("link", "<Link a=1>"),
        ("script", "<script src=x>"),
        ("script", "</script>"),
        ("link", "<LINK b>"),
    ]


def test_the_first_of_two_attributes_with_one_name_counts() -> None:
    (tag,) = find_tags("<link A=1 a=2 b='&lt;' c>", "link")
    assert tag.attributes == {"a": "1", "b": "<", "c": ""}
