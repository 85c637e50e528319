"""A site that another generator has built runs its examples after ``pyrun finish``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from pyrun_core.cli import main
from tests.browser.scenarios import Scenario, block
from tests.browser.sites import SUB_PATH, Plan, Site

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import OpenPage
    from tests.browser.server import SiteServer

CODE = {
    "setup": "name = 'Ada'",
    "greets": 'print(f"Hello, {name} & <{1 + 1}>")',
    "reads": "print(open('a.txt').read())",
}
SCENARIO = Scenario("page", {key: block(code) for key, code in CODE.items()})

# As Hugo writes it, the second page minified.
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Page</title>
<style>:root { color-scheme: light dark; }</style></head><body><h1>Page</h1>
<pre tabindex="0"><code class="language-pyrun" data-lang="pyrun">#| setup: true
name = &#39;Ada&#39;
</code></pre><div class="highlight"><pre tabindex="0" class="chroma"><code class="language-python" \
data-lang="python"><span class="line"><span class="cl"><span class="nb">print</span>\
(<span class="sa">f</span><span class="s2">&#34;Hello, </span><span class="si">{name}</span>\
<span class="s2"> &amp; &lt;</span><span class="si">{1 + 1}</span><span class="s2">&gt;&#34;</span>)
</span></span></code></pre></div>
<pre tabindex="0"><code class="language-pyrun" data-lang="pyrun">#| files: a.txt
print(open(&#39;a.txt&#39;).read())
</code></pre></body></html>
"""
MINIFIED = (
    PAGE.replace('<html lang="en"><head>', "<html lang=en>")
    .replace("</head><body>", "")
    .replace("</body></html>\n", "")
    .replace('"language-pyrun"', "language-pyrun")
    .replace(' class="highlight"', " class=highlight")
)


@pytest.fixture(params=["as it was built", "minified"])
def site(
    request: pytest.FixtureRequest,
    served: SiteServer,
    browser_files: Path,  # noqa: ARG001 - the command copies them
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Site:
    """The finished site of some generator, whose addresses are those of MkDocs without directories."""
    name = f"any-{tmp_path.name}"
    folder = served.folder / name / SUB_PATH
    folder.mkdir(parents=True)
    page = MINIFIED if request.param == "minified" else PAGE
    (folder / "page.html").write_text(page, encoding="utf-8")
    (tmp_path / "a.txt").write_text("from a file", encoding="utf-8")
    (tmp_path / "pyrun.toml").write_text('repack = false\nlive = ["python"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["finish", str(folder), "--strict"]) == 0
    plan = Plan("mkdocs", [SCENARIO], config={"use_directory_urls": False})
    return Site(plan, folder, f"{served.url}{name}/{SUB_PATH}/")


def test_examples_of_a_finished_site_run(open_page: OpenPage, site: Site) -> None:
    live = open_page(SCENARIO, site)
    assert live.cell("greets").run_to("done") == "Hello, Ada & <2>\n"
    assert live.cell("reads").run_to("done") == "from a file\n"


def test_options_are_not_part_of_the_code(open_page: OpenPage, site: Site) -> None:
    live = open_page(SCENARIO, site)
    for key, code in CODE.items():
        expect(live.cell(key).locator.locator("pre")).to_have_text(code)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_examples_follow_a_page_that_has_no_style_but_a_colour_scheme(
    open_page: OpenPage, site: Site, scheme: str
) -> None:
    cell = open_page(SCENARIO, site, color_scheme=scheme).cell("reads")
    cell.locator.hover()  # colours are looked at when a reader is
    expect(cell.locator).to_have_css("color-scheme", scheme)
    expect(cell.locator.locator("pre")).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(cell.locator.locator("pre")).not_to_have_css("padding-left", "0px")


def test_a_style_of_the_theme_wins_over_that_of_plain_blocks(open_page: OpenPage, site: Site) -> None:
    live = open_page(SCENARIO, site)
    live.page.add_style_tag(content="pre { background: rgb(1, 2, 3); padding: 0; }")
    block = live.cell("reads").locator.locator("pre")
    expect(block).to_have_css("background-color", "rgb(1, 2, 3)")
    expect(block).to_have_css("padding-left", "0px")
