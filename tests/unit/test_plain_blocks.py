"""Blocks of code that become live, as generators write them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from pyrun_core.examples.code_file import CodeFiles
from pyrun_core.finish.cells import read_cells
from pyrun_core.finish.plain_blocks import PlainBlocks
from pyrun_core.problems import Location, Problem

if TYPE_CHECKING:
    from pathlib import Path

CODE = "if 1 < 2:\n    print('é')"

BLOCKS = {
    "plain": "<pre><code class='language-pyrun'>if 1 &lt; 2:\n    print('é')\n</code></pre>",
    "minified and in capitals": "<PRE><CODE CLASS=language-pyrun>if 1 &lt; 2:\n    print('é')\n</CODE></PRE>",
    "Hugo": (
        '<div class="highlight"><pre class="chroma"><code class="language-pyrun" data-lang="pyrun">'
        '<span class="line"><span class="ln">1</span><span class="cl"><span class="k">if</span> 1 &lt; 2:\n'
        '</span></span><span class="line"><span class="ln">2</span><span class="cl">    print(&#39;é&#39;)\n'
        "</span></span></code></pre></div>"
    ),
    "Pygments": (
        '<div class="language-pyrun highlight"><pre id="c"><span></span><code><span class="linenos">1</span>'
        '<span class="k">if</span> 1 &lt; 2:\r\n<span class="linenos">2</span>'
        "    print('é')\r\n</code></pre></div>"
    ),
    "Jekyll": (
        '<div class="language-pyrun highlighter-rouge"><div class="highlight"><pre class="highlight"><code>'
        "<span class=\"k\">if</span> 1 &lt; 2:\n    print('é')\n</code></pre></div></div>"
    ),
    "Docusaurus": (
        '<div class="language-pyrun codeBlockContainer_C theme-code-block"><div class="codeBlockContent_Q">'
        '<pre tabindex="0" class="prism-code language-pyrun"><code class="codeBlockLines_e">'
        '<span class="token-line"><span class="token plain">if 1 &lt; 2:</span><br></span>'
        "<span class=\"token-line\">    print('é')<br></span></code></pre><div><button>Copy</button>"
        "</div></div></div>"
    ),
    "Quarto": (
        '<div class="sourceCode" id="cb1"><pre class="sourceCode pyrun"><code class="sourceCode pyrun">'
        '<span id="cb1-1"><a href="#cb1-1" aria-hidden="true"></a>if 1 &lt; 2:</span>\n'
        '<span id="cb1-2"><a href="#cb1-2"></a>    print(\'é\')</span></code></pre></div>'
    ),
    "mystmd": (
        '<div class="myst-code relative"><pre class="myst-code-body hljs" style="padding:0"><code '
        'class="language-pyrun"'
        " style=\"white-space:pre\"><span>if 1 &lt; 2:\n</span><span>    print('é')</span></code></pre></div>"
    ),
    "Astro": (
        '<pre class="astro-code" data-language="pyrun"><code><span class="line">if 1 &lt; 2:</span>\n'
        "<span class=\"line\">    print('é')</span></code></pre>"
    ),
}

HUGO_CODE = (
    '<pre tabindex="0" class="chroma"><code class="language-python"><span>if 1 &lt; 2:\n</span>'
    "<span>    print('é')\n</span></code></pre>"
)
HUGO_NUMBERS = (
    '<pre class="chroma"><code><span class="lnt">1\n</span><span class="lnt">2\n</span></code></pre>'
)
JEKYLL_NUMBERS = '<td class="gutter gl"><pre class="lineno">1\n2\n</pre></td>'
JEKYLL_CODE = "<pre><span class=\"k\">if</span> 1 &lt; 2:\n    print('é')\n</pre>"

TABLES = {
    "Hugo": (
        '<div class="highlight pyrun"><div class="chroma">\n{}\n</div>\n</div>',
        f'<table class="lntable"><tr><td>\n{HUGO_NUMBERS}</td>\n<td>\n{HUGO_CODE}</td></tr></table>',
        HUGO_CODE,
    ),
    "Hugo without classes": (
        '<div class="highlight pyrun"><div style=color:#f8f8f2>{}</div></div>',
        f"<table style=border:0><tr><td>{HUGO_NUMBERS}</td><td>{HUGO_CODE}</td></tr></table>",
        HUGO_CODE,
    ),
    "Jekyll": (
        '<figure class="highlight">{}</figure>',
        f'<pre><code class="language-pyrun"><table>{JEKYLL_NUMBERS}{JEKYLL_CODE}</table></code></pre>',
        JEKYLL_CODE,
    ),
    "Pygments": (
        '<div class="highlight pyrun">{}</div>',
        f'<table><tr>{JEKYLL_NUMBERS}<td class="code"><div>{JEKYLL_CODE}</div></td></tr></table>',
        JEKYLL_CODE,
    ),
}

OTHERS = {
    "another language": '<pre><code class="language-python">1</code></pre>',
    "the word in its text": "<pre><code>language-pyrun</code></pre>",
    "a comment": '<!-- <pre><code class="language-pyrun">1</code></pre> -->',
    "a script": '<script>x = `<pre><code class="language-pyrun">1</code></pre>`</script>',
    "a cell": '<pyrun-cell><pre><code class="language-pyrun">1</code></pre></pyrun-cell>',
    "no end": '<pre><code class="language-pyrun">1',
}


class Reports(list[tuple[Problem, str, Location]]):
    def __call__(self, problem: Problem, message: str, location: Location) -> None:
        self.append((problem, message, location))


class Elements(HTMLParser):
    """The attributes of cells, the text of a page, and whether its tags match."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.cells: list[dict[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "pyrun-cell":
            self.cells.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


def sources(html: str) -> list[str | None]:
    return [cell["data-source"] for cell in Elements(html).cells]


@pytest.fixture
def reports() -> Reports:
    return Reports()


def live(html: str, reports: Reports, *words: str, **values: object) -> str:
    return PlainBlocks({"live": words, **values}, reports).make_live(html, "guide/page.html")


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_a_block_becomes_live_and_keeps_its_markup(reports: Reports, block: str) -> None:
    page = f"<html><body><p>before</p>\n{block}\n<p>after</p></body></html>"
    html = live(page, reports)
    (cell,) = Elements(html).cells
    assert cell["data-source"] == CODE
    assert cell["data-page"] == "guide/page.html"
    assert Elements(html).text == Elements(page).text
    assert html.startswith("<html><body><p>before</p>\n")
    assert html.endswith("<p>after</p></body></html>")
    assert reports == []


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_a_live_block_is_not_made_live_again(reports: Reports, block: str) -> None:
    html = live(block, reports)
    assert live(html, reports) == html


@pytest.mark.parametrize("html", OTHERS.values(), ids=OTHERS)
def test_anything_else_stays_as_it_is(reports: Reports, html: str) -> None:
    assert live(html, reports) == html


def test_the_element_is_around_the_wrappers_that_hold_nothing_else(reports: Reports) -> None:
    html = live(BLOCKS["Jekyll"], reports)
    assert '"><div class="language-pyrun highlighter-rouge"><div class="highlight"><pre' in html
    assert html.endswith("</pre></div></div></pyrun-cell>")
    html = live(BLOCKS["Docusaurus"], reports)
    assert html.endswith("</pre></pyrun-cell><div><button>Copy</button></div></div></div>")


@pytest.mark.parametrize(("wrapper", "table", "code"), TABLES.values(), ids=TABLES)
def test_a_table_of_line_numbers_becomes_the_code_alone(
    reports: Reports, wrapper: str, table: str, code: str
) -> None:
    html = live(f"<table><tr><td>{wrapper.format(table)}</td></tr></table>", reports)
    (cell,) = Elements(html).cells
    assert cell["data-source"] == CODE
    assert html.endswith(f">{wrapper.format(code)}</pyrun-cell></td></tr></table>")
    assert live(html, reports) == html


def test_a_table_with_blocks_of_code_stays_a_table(reports: Reports) -> None:
    row = "<td>1</td><td>{}</td><td>{}</td>"
    html = f"<table><tr>{row.format(BLOCKS['Jekyll'], BLOCKS['Astro'])}</tr></table>"
    assert len(Elements(live(html, reports)).cells) == 2
    assert live(html, reports).startswith("<table><tr><td>1</td><td><pyrun-cell")


def test_blocks_in_other_languages_by_the_option_live(reports: Reports) -> None:
    html = (
        '<pre><code class="language-python">1</code></pre>\n'
        '<pre class="sourceCode python"><code>2</code></pre><p>text</p>'
        '<pre><code class="language-rust">3</code></pre>'
    )
    assert sources(live(html, reports, "python", join=False)) == ["1", "2"]
    joined = live(html, reports, "python")
    assert sources(joined) == ["1\n\n2"]
    blocks, _, rest = html.partition("<p>")
    assert joined.endswith(f">{blocks}</pyrun-cell><p>{rest}")
    assert sources(live(html, reports, "rust")) == ["3"]
    assert live(html, reports, "doctest") == live(html, reports) == html
    assert reports == []


SESSION = "&gt;&gt;&gt; a = 1\n&gt;&gt;&gt; a\n1\n"


@pytest.mark.parametrize(
    "opening",
    ["<pre>", '<pre class="doctest">', '<pre><code class="language-pycon">', '<pre class="literal-block">'],
)
def test_a_session_goes_live_and_keeps_its_prompts_and_output(reports: Reports, opening: str) -> None:
    page = f"<p>before</p>{opening}{SESSION}{'</code>' * ('<code' in opening)}</pre><p>after</p>"
    html = live(page, reports, "doctest")
    (cell,) = Elements(html).cells
    assert cell["data-source"] == "a = 1\na"
    assert cell["data-expected"] == '[[2,"1"]]'
    assert "data-interactive" in cell
    assert Elements(html).text == Elements(page).text
    assert live(html, reports, "doctest") == html
    assert reports == []


def test_a_session_that_is_wrong_stays_as_it_is(reports: Reports) -> None:
    wrong = "<pre>\n&gt;&gt;&gt; for i in range(2):\n        i\n</pre>"
    html = f"<p>\n</p>{wrong}<pre>{SESSION}</pre>"
    assert live(html, reports, "doctest").startswith(f"<p>\n</p>{wrong}<pyrun-cell")
    ((problem, message, location),) = reports
    assert problem is Problem.LIVE
    assert message.startswith("the block stays as it is, because")
    assert location.file == "guide/page.html"


def test_a_comment_before_a_block_decides_and_sets_options(reports: Reports) -> None:
    block = f"<pre>{SESSION}</pre>"
    html = f"<!-- pyrun: off -->{block}<p>a</p>"
    html += f'<!-- pyrun: session="b" -->\n{block}{block}<!-- another -->{block}'
    result = live(html, reports, "doctest")
    assert [cell.get("data-session") for cell in Elements(result).cells] == ["b", None]
    assert result.startswith(f"<!-- pyrun: off -->{block}<p>")
    assert len(Elements(live(f"<!-- pyrun: on -->{block}", reports)).cells) == 1
    assert reports == []


def test_classes_around_a_block_can_exclude_it(reports: Reports) -> None:
    block = f"<pre>{SESSION}</pre>"
    html = f'<div class="old"><ul><li class=x>{block}</ul></div><div class="new">{block}</div>'
    assert len(Elements(live(html, reports, "doctest", live_except=(".old",))).cells) == 1
    assert len(Elements(live(html, reports, "doctest", live_only=(".x", ".new"))).cells) == 2
    assert live(html, reports, "doctest", live_only=(".y",)) == html


def test_lines_at_the_top_are_options_and_not_shown(reports: Reports) -> None:
    block = (
        '<div class="highlight"><pre class="chroma"><code class="language-pyrun"><span class="line"><span>'
        "#| packages: [numpy, &quot;pandas&gt;=2&quot;]\n</span></span>"
        "<span class=\"line\">#| session: 'a'\n</span>"
        "<span>print(1)\n</span>#| not: an option\n</code></pre></div>"
    )
    html = live(block, reports)
    (cell,) = Elements(html).cells
    assert cell["data-source"] == "print(1)\n#| not: an option"
    assert cell["data-packages"] == '["numpy","pandas>=2"]'
    assert cell["data-session"] == "a"
    assert "session:" not in Elements(html).text
    assert html.count("<span") == html.count("</span>") == 1
    assert reports == []


def test_code_comes_from_a_file_that_an_option_line_names(reports: Reports, tmp_path: Path) -> None:
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide/less.py").write_text("a = 1\nprint(a < 2)\n")
    options = "#| file: less.py\n#| lines: 2"
    block = f'<pre data-file="theme.py"><code class="language-pyrun"><b>{options}</b>\n</code></pre>'
    files = CodeFiles(tmp_path)
    html = PlainBlocks({}, reports, files).make_live(block, "guide/page.html")
    (cell,) = Elements(html).cells
    assert cell["data-source"] == "print(a < 2)"
    assert ">print(a &lt; 2)\n</code>" in html
    assert reports == []
    live(block, reports)
    assert [message for _, message, _ in reports] == [
        "file: pyrun does not know the folder of this documentation. Write the code into the page"
    ]


HUGO_LINE = '<span class="line"><span class="ln">{}</span><span class="cl"><i>{}</i>\n</span></span>'
PANDOC_LINE = '<span id="cb1"><a href="#cb1"></a><span class="co">{}</span></span>\n'


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        (HUGO_LINE.format(1, "#| session: a") + HUGO_LINE.format(2, "1"), HUGO_LINE.format(1, "1")),
        (PANDOC_LINE.format("#| session: a") + PANDOC_LINE.format("1"), PANDOC_LINE.format("1")),
        # an element around several lines
        ("<b>#| session: a\n1\n2</b>", "<b>1\n2</b>"),
        ("<b>#| session: a\n<i>1</i></b>", "<b><i>1</i></b>"),
        ("<b>#| session: a<br></b><i>1<br></i>", "<i>1\n</i>"),
    ],
)
def test_the_elements_of_option_lines_are_gone_too(reports: Reports, block: str, shown: str) -> None:
    html = live(f'<pre><code class="language-pyrun">{block}</code></pre>', reports)
    assert f'"language-pyrun">{shown}</code>' in html
    assert reports == []


@pytest.mark.parametrize("attribute", ["", ' data-language="plaintext"'])
def test_a_block_with_options_but_without_language_is_reported(reports: Reports, attribute: str) -> None:
    block = f'<div class="highlight"><pre{attribute}><span></span><code>#| {{}}: a\n1\n</code></pre></div>'
    html = f"<p>Pelican</p>\n{block.format('session')}{block.format('unknown')}"
    assert live(html, reports) == html
    ((problem, message, location),) = reports
    assert (problem, location) == (Problem.FENCE, Location("guide/page.html", 2))
    assert "hasn't written its language into the HTML" in message


def test_attributes_are_options_if_their_names_are(reports: Reports) -> None:
    block = (
        '<pre class="pyrun" data-session="a" data-startFrom="4" data-caption="A &amp; B"><code>1</code></pre>'
    )
    html = live(block, reports)
    (cell,) = Elements(html).cells
    assert cell["data-session"] == "a"
    assert html.startswith('<div class="pyrun-caption">A &amp; B</div><pyrun-cell ')
    assert reports == []


def test_a_name_is_a_target_for_links(reports: Reports) -> None:
    html = live('<pre data-name="Load data"><code class="language-pyrun">1</code></pre>', reports)
    assert html.startswith('<div id="load-data"><pyrun-cell ')
    assert html.endswith("</pre></pyrun-cell></div>")


def test_a_hidden_example_is_not_in_the_page(reports: Reports) -> None:
    html = live('<pre><code class="language-pyrun">#| hidden: true\nx = 1</code></pre>', reports)
    assert "<pre" not in html
    assert Elements(html).cells[0]["data-source"] == "x = 1"


def test_mistakes_are_reported_with_file_and_line(reports: Reports) -> None:
    live('\n\n<pre><code class="language-pyrun">#| autorn: true\n1</code></pre>', reports)
    live('<pre><code class="language-pyrun">\n</code></pre>', reports)
    live('<pre><code class="language-pyrun">#| needs: x\n1</code></pre>', reports)
    assert [(problem, str(location)) for problem, _, location in reports] == [
        (Problem.OPTION, "guide/page.html:3"),
        (Problem.EMPTY, "guide/page.html:1"),
        (Problem.NEEDS, "guide/page.html:1"),
    ]
    assert "did you mean 'autorun'?" in reports[0][1]


def test_code_that_is_not_python_is_reported(reports: Reports) -> None:
    block = "<pre><code class=language-pyrun>{}&gt;&gt;&gt; 1 + 1\n2</code></pre>"
    live(block.format("#| raises: SyntaxError\n"), reports)
    assert reports == []
    assert len(read_cells(live(block.format(""), reports), "a.html")) == 1
    ((problem, message, location),) = reports
    assert (problem, str(location)) == (Problem.SYNTAX, "guide/page.html:1")
    assert message.startswith("line 1 of the example is not Python. It begins with the prompt '>>>'.")


def test_what_it_writes_can_be_read(reports: Reports) -> None:
    options = """#| packages: numpy\n#| files: ["a, b.csv", 'c.csv']"""
    block = f'<pre><code class="language-pyrun">{options}\nimport numpy</code></pre>'
    (cell,) = read_cells(live(block, reports), "guide/page.html")
    assert cell.page == "guide/page.html"
    assert cell.requirements.declared.entries == ("numpy",)
    assert cell.requirements.files == ("a, b.csv", "c.csv")
    assert cell.requirements.folder == "guide"
    assert [each.module for each in cell.requirements.imports] == ["numpy"]


def test_a_block_in_the_language_of_consoles_becomes_a_console() -> None:
    reports = Reports()
    html = "<pre><code class='language-pyrun-console'>&gt;&gt;&gt; x = 1\n&gt;&gt;&gt; x\n1\n</code></pre>"
    page = PlainBlocks({}, reports).make_live(html, "index.html")
    assert reports == []
    assert 'data-source="x = 1&#10;x"' in page
    assert " data-console" in page
    assert "&gt;&gt;&gt; x = 1\n&gt;&gt;&gt; x\n</code>" in page


@pytest.mark.parametrize(
    ("tag", "language"),
    [('<html lang="de-AT">', "de"), ("<html LANG=he dir=rtl>", "he"), ("<html>", None), ("", None)],
)
def test_an_example_speaks_the_language_of_its_page(tag: str, language: str | None) -> None:
    html = f'<!doctype html>{tag}<body><pre><code class="language-pyrun">print(1)</code></pre></body>'
    live = PlainBlocks({}, pytest.fail).make_live(html, "page.html")
    assert ("data-language" in live) == (language is not None)
    assert f'data-language="{language or ""}' in live or language is None
    chosen = PlainBlocks({"language": "fr"}, pytest.fail).make_live(html, "page.html")
    assert 'data-language="fr"' in chosen
