"""What code displays cannot act as the site: no request, no document of the site's origin, no deceptive file name."""

# ruff: noqa: E501 - markup with other line breaks would be other markup

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, expect

from tests.browser.scenarios import Scenario, block
from tests.browser.server import SiteServer
from tests.browser.sites import Plan
from tests.browser.test_foreign_html import STRICT_POLICY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.browser.conftest import MakeSite
    from tests.browser.live_page import LivePage
    from tests.browser.sites import Site

TRAP = "trap-"
"""Begins the name of every file that displayed things try to load from the site."""

MARKUP = r"""
from html import escape
from IPython.display import HTML, Audio, Image, Markdown, Video, display

COUNT = 0
def trap(ending=""):
    global COUNT
    COUNT += 1
    return f"/trap-{COUNT}{ending}"

STYLED = ("background:url(%s)", "background:u\\72l(%s)", "list-style:image-set('%s' 1x)", "--x:url(%s);background:var(--x)",
          "cursor:url('%s'),auto", "mask:url(%s#m)", "filter:url(%s#f)", "content:url(%s)", "border-image:url(%s)")
DRAWN = ("mask", "filter", "cursor", "fill", "clip-path", "marker-start")
pieces = [
    *(f'<{tag} src="{{}}"></{tag}>' for tag in ("img", "audio autoplay", "video autoplay", "image", "iframe")),
    '<img src="trap-relative"><img src="//127.0.0.1:{PORT}/trap-host"><img src="\t/tr\nap-white"><img src="?trap-query">',
    '<img srcset="{} 1x, {} 2x"><picture><source srcset="{}"><img src="data:,"></picture>',
    '<video poster="{}"></video><video autoplay><source src="{}"><track default src="{}"></video>',
    '<audio src="data:audio/wav;base64," autoplay><track default src="{}"></audio>',
    '<input type="image" src="{}"><table background="{}"><tr background="{}"><td background="{}">x</table><bgsound src="{}">',
    '<svg width=9 height=9><image href="{}"/><image xlink:href="{}"/><use href="{}#u"/><use xlink:href="{}#u"/></svg>',
    '<svg width=9 height=9><filter id=f><feImage href="{}"/><feImage xlink:href="{}"/></filter><rect filter="url(#f)" width=9 height=9 /></svg>',
    '<svg width=9 height=9><linearGradient id=g href="{}#g"/><textPath href="{}#t">t</textPath><rect fill="url(#g)" width=9 height=9 /></svg>',
    '<math><mi href="{}">x</mi><mglyph src="{}"/><mrow xlink:href="{}"><mi>y</mi></mrow></math>',
    '<a href="#" ping="{}" attributionsrc="{}">ping</a><img src="data:," attributionsrc="{}" lowsrc="{}" dynsrc="{}" longdesc="{}">',
    *(f'<svg width=9 height=9><rect {name}="{value}" width=9 height=9 /></svg>' for name in DRAWN
      for value in ("url({})", "u\\72l({})", "\\75rl('{}#x')", "image-set('{}' 1x)", " url( '{}' )")),
    *(f'<p style="{value.replace("%s", "{}")}">styled</p>' for value in STYLED),
    "<style>@import '{}'; @import url({}); @font-face {{ font-family: trap; src: url({}) }} p {{ font-family: trap }}</style><p>font",
    "<style>@media all {{ p {{ background: url({}) }} }} @scope {{ background: url({}) }} p {{ & {{ background: url({}) }} }}</style><p>rule",
    "<style>@supports (color: red) {{ p::before {{ content: image-set('{}' 1x) }} }} @namespace url({}); @layer {{ p {{ mask: url({}) }} }}</style><p>rule",
    '<!-- --!><img src="{}"><link rel="stylesheet" href="{}">',
]
for piece in pieces:
    display(HTML(piece.replace("{PORT}", "PORT").format(*(trap() for _ in range(piece.count("{}"))))))
data = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='http://127.0.0.1:PORT/trap-nested' width='9' height='9'/></svg>"
display(HTML(f'<img alt="nested" src="data:image/svg+xml,{escape(data.replace("#", "%23"))}">'))
display(Markdown(f"![markdown]({trap()}) ![reference][r]\n\n[r]: {trap()}"))
display(Image(url=trap(".png")), Audio(url=trap(".wav")), Video(url=trap(".mp4")))
try:
    from js import URL, Blob, Object
    from pyodide.ffi import to_js
    blob = Blob.new(to_js(["<script>document.title = origin</script>"]), to_js({"type": "text/html"}, dict_converter=Object.fromEntries))
    address = URL.createObjectURL(blob)
    display(HTML(f'<img class="blob" src="{address}"><video class="blob" src="{address}"></video><a class="blob" href="{address}">blob</a>'))
except ImportError:
    pass
display(HTML('<a href="/trap-link" download="a\u202e.exe">to the site</a> <b>all are shown</b>'))
"""

PICTURES = '''
svg = """<svg xmlns="http://www.w3.org/2000/svg" width="37" height="20" style="color: #123456"><text y="9">100 %# ü</text>
<script>
document.documentElement.setAttribute("data-origin", origin);
try { localStorage.setItem("hacked", "1") } catch (error) { document.documentElement.setAttribute("data-storage", error.name) }
</script>MORE</svg>"""
page = '<html xmlns="http://www.w3.org/1999/xhtml"><script>opener.hacked = origin</script></html>'
show = lambda **forms: display({"text/plain": "", **{name.replace("_", "/", 1): form for name, form in forms.items()}}, raw=True)
show(**{"image_svg+xml": svg.replace("MORE", "")})
show(**{"image_svg+xml": svg.replace("MORE", "<!--" + "x" * 10_000_000 + "-->")})
for kind in "audio_x+xml", "video_html", "audio_mpeg,text/html", "video_svg+xml; charset=utf-8":
    show(**{kind: page.encode()})
for kind in "IMAGE_SVG+XML", "image_svg+xml;charset=utf-8", "image_svg+xml\\0", " image_svg+xml", "image_xml", "application_xhtml+xml", "application_pdf":
    show(**{kind: page.encode()})
pixel = bytes.fromhex("47494638396101000100800000ff00000000002c00000000010001000002024401003b")
for size in "inf", 1e300, 10**400, "9" * 400, -5, "nan", "1;color:red":
    display({"image/gif": pixel}, raw=True, metadata={"image/gif": {"width": size, "height": size, "alt": "pixel"}})
'''

FILES = r"""
from pathlib import Path
for name in "photo\u202egpj.exe", "a\nb.html", "nul.txt":
    Path(name).write_text("<script>alert(origin)</script>")
"""

FRAMES = '''
from IPython.display import HTML, display

display(HTML("""<p>flooded</p><script>
const flood = (report) => { for (let n = 0; n < 20000; n += 1) parent.postMessage(report(n), "*"); };
parent.postMessage({ type: "link", url: "javascript:alert(1)" }, "*");
flood((n) => ({ type: "height", px: n % 2 ? 1e300 : -1e300 }));
flood((n) => ({ type: "height", px: n % 2 ? NaN : { valueOf: "x" } }));
flood((n) => ({ type: "link", url: "https://example.org/" + n }));
parent.postMessage({ type: "link", url: "https://example.org/" + "x".repeat(1e6) }, "*");
</script>"""))
display(HTML("""<pre id="report"></pre><script>
const results = [];
const attempt = (name, action) => {
  let result;
  try { result = action(); } catch (error) { result = error.name; }
  results.push(name + ": " + result);
  report.textContent = results.join("\\\\n");
};
const link = (attributes) => { const made = Object.assign(document.createElement("a"), attributes); document.body.append(made); made.click(); };
const frame = (attributes) => { const made = Object.assign(document.createElement("iframe"), attributes); document.body.append(made); };
attempt("popup", () => open("https://example.org/"));
attempt("alert", () => { alert("trapped"); return confirm("trapped"); });
link({ href: "data:text/plain,trapped", download: "trapped.txt" });
link({ href: "/trap-top", target: "_top" });
link({ href: "/trap-parent", target: "_parent" });
frame({ src: "/trap-frame" });
frame({ srcdoc: "<script>parent.results.push('nested')</scr" + "ipt>" });
attempt("fullscreen", () => { document.body.requestFullscreen().catch(() => {}); return document.fullscreenElement; });
document.body.requestPointerLock?.()?.catch?.(() => {});
attempt("parent", () => { parent.location = "/trap-location"; });
attempt("shared", () => new SharedWorker("/trap-worker"));
attempt("service", () => navigator.serviceWorker);
attempt("end", () => "reached");
</script>"""))
'''

FORMULA = """
from IPython.display import Math

Math(r"\\\\href{/trap-formula}{x} \\\\includegraphics{/trap-graphics}")
"""

RENDERER = """() => { self.katex = { renderToString: (tex) => `<math href="javascript:hacked=1" id="editor">
<mrow href="/trap-formula"><mi>x</mi></mrow><mglyph src="/trap-graphics"/>
<annotation-xml encoding="text/html"><img src="/trap-annotation"></annotation-xml></math>` } }"""


@pytest.fixture(scope="module")
def own_server(served: SiteServer) -> Iterator[SiteServer]:
    """The site under the documented policy. The server records all requests."""
    headers = {"Content-Security-Policy": STRICT_POLICY}
    with SiteServer(served.folder, headers, exempt="*/frame-*.html") as server:
        yield server


@pytest.fixture(scope="module")
def live_page(
    share_page: Callable[[Scenario, Site], LivePage],
    make_site: MakeSite,
    served: SiteServer,
    own_server: SiteServer,
) -> LivePage:
    """A page with all the attacks."""
    port = own_server.url.rstrip("/").rpartition(":")[2]
    codes = {"markup": MARKUP.replace("PORT}", "@}").replace("PORT", port).replace("@}", "PORT}")}
    codes |= {"pictures": PICTURES, "files": FILES, "frames": FRAMES, "formula": FORMULA}
    scenario = Scenario("displayed", {name: block(code) for name, code in codes.items()})
    config: dict[str, object] = {"html_sidebars": {"**": []}}  # they contain a script
    site = make_site("displayed", Plan("sphinx", (scenario,), theme="alabaster", config=config))
    return share_page(scenario, replace(site, url=site.url.replace(served.url, own_server.url)))


@pytest.fixture
def live(live_page: LivePage, own_server: SiteServer) -> Iterator[LivePage]:
    """For one test: nothing that it displays has requested anything."""
    yield live_page
    requests = [path for path in own_server.asked_for + live_page.watch.requests if TRAP in path]
    assert requests == []
    # Frames report what their policy and their sandbox forbid.
    live_page.watch.allow(
        "sandbox",
        "Permissions policy",
        "Blocked a frame",
        "Content Security Policy(?!.*'self')",
        "request failed: .*(csp|BLOCKED|ABORTED)",
    )
    live_page.watch.check()


def test_displayed_markup_requests_nothing_from_the_site(live: LivePage) -> None:
    cell = live.cell("markup")
    cell.run_to("done")
    expect(cell.output.get_by_text("all are shown")).to_be_visible()
    expect(cell.output.locator(".frame")).to_have_count(0)
    expect(cell.output.get_by_text("Not loaded: http").first).to_be_visible()
    expect(cell.output.get_by_alt_text("nested")).to_have_js_property("naturalWidth", 9)
    expect(cell.output.locator("[src^='blob:'], [href^='blob:'], [download], [ping]")).to_have_count(0)
    link = cell.output.get_by_role("link", name="to the site")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_a_picture_in_a_tab_of_its_own_does_not_have_the_origin_of_the_site(live: LivePage) -> None:
    cell = live.cell("pictures")
    cell.run_to("done")
    drawings = cell.output.locator("img[alt='Picture']")
    expect(drawings).to_have_count(2)
    for drawing in drawings.all():
        expect(drawing).to_have_js_property("naturalWidth", 37)
    for other in cell.output.locator("img[alt='pixel']").all():
        expect(other).to_have_js_property("naturalWidth", 1)
    tab = live.page.context.new_page()
    tab.goto(drawings.first.evaluate("image => image.src"))
    root = tab.locator("svg")
    expect(root).to_have_attribute("data-origin", "null")  # its script has run
    expect(root).to_have_attribute("data-storage", "SecurityError")
    expect(root.locator("text")).to_have_text("100 %# ü")
    players = cell.output.locator("audio, video")
    expect(players).to_have_count(4)
    for player in players.all():
        with pytest.raises(Error, match=r"Download is starting|ERR_ABORTED"):
            tab.goto(player.evaluate("player => player.src"))
    tab.close()
    assert live.page.evaluate("[window.hacked, localStorage.hacked]") == [None, None]


def test_a_file_cannot_disguise_itself(live: LivePage) -> None:
    cell = live.cell("files")
    cell.run_to("done")
    for shown, saved in {
        "photo_gpj.exe": "photo_gpj.exe",
        "a_b.html": "a_b.html",
        "nul.txt": "_nul.txt",
    }.items():
        with live.page.expect_download() as download:
            cell.output.get_by_role("button", name=f"Download {shown} (").click()
        assert download.value.suggested_filename == saved


def test_a_flood_of_messages_from_a_frame_does_not_reach_the_page(live: LivePage) -> None:
    cell = live.cell("frames")
    live.page.evaluate(
        """cell => {
            self.changes = 0;
            new MutationObserver((all) => { changes += all.length }).observe(
                cell.shadowRoot, { subtree: true, childList: true, attributeFilter: ["style"] });
        }""",
        cell.locator.element_handle(),
    )
    cell.run_to("done")
    flooded, tried = cell.output.locator(".frame").all()
    flooded.scroll_into_view_if_needed()
    expect(flooded.get_by_role("link")).to_have_text("https://example.org/19999")
    assert live.page.evaluate("changes") < 2000
    tried.scroll_into_view_if_needed()
    report = tried.locator("iframe").content_frame.frame_locator("iframe").locator("#report")
    expect(report).to_contain_text("end: reached")
    results = dict(line.split(": ") for line in report.inner_text().splitlines())
    assert results["popup"] == "null"
    assert results["alert"] == "false"
    assert live.page.context.pages == [live.page]


def test_a_formula_neither_loads_nor_leads_anywhere(live: LivePage) -> None:
    live.page.evaluate(RENDERER)
    cell = live.cell("formula")
    cell.run_to("done")
    expect(cell.output.locator("math")).to_have_text("x")
    expect(cell.output.locator(".math :is([href], [id], [src], [style], img)")).to_have_count(0)
    live.page.evaluate("delete self.katex")
