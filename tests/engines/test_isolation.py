"""With `isolation: opaque`, examples work in every engine, and reach nothing of the site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.scenarios import Scenario, block
from tests.browser.server import SiteServer
from tests.browser.sites import Plan, build
from tests.engines.conftest import ISOLATION
from tests.engines.page import Page
from tests.engines.places import ENGINES
from tests.packages.wheels import make_wheel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.engines.engine import Engine, Tab

PROBE = Path(__file__).with_name("probe_site.js").read_text(encoding="utf-8")

HOSTILE = Path(__file__).parents[1] / "security" / "hostile.js"
PATCHES = f"{HOSTILE.read_text(encoding='utf-8').replace('export ', '')}; patchBuiltIns();"
"""Changes the worker's built-ins."""

SECRETS = """async () => {
  document.cookie = "secret=1";
  document.cookie = "anywhere=1; SameSite=None; Secure";
  localStorage.setItem("secret", "1");
  await caches.open("secret");
  await new Promise((resolve) => {
    const opening = indexedDB.open("secret");
    opening.onupgradeneeded = () => opening.result.createObjectStore("secret");
    opening.onsuccess = resolve;
  });
  window.heard = [];
  new BroadcastChannel("site").onmessage = ({ data }) => window.heard.push(data);
  navigator.locks.request("secret", () => new Promise(() => {}));
}"""
"""What a site may keep in the reader's browser."""


HARMLESS = {
    # These requests are made, without cookies, and nobody can read the answers.
    "fetch without reading": {"opaque"},
    "fetch of the prototype": {"opaque"},
    "fetch of a request": {"opaque"},
    "deleted fetch": {"opaque", "refused: TypeError"},
    "BroadcastChannel": {"undefined"},  # of the origin null, where nothing else listens
    "Cache Storage": {"", "refused: SecurityError", "refused: NS_ERROR_FAILURE"},  # WebKit has an empty one
    "service worker": {"0", "refused: TypeError", "refused: InvalidStateError"},
}
"""What is not refused everywhere, and still reaches nothing of the site."""


def page_of_examples(wheel: Path, later: Path) -> Scenario:
    """One page with everything that isolation could break."""
    return Scenario(
        "isolated",
        {
            "reach": block(f"""
                from pyodide.code import run_js
                probe = run_js({PROBE!r})
                print(await probe(open('data/address.txt').read()))
            """),
            "package": block("""
                import small
                print(small.__version__, open('data/note.txt').read())
                open('written.txt', 'w').write('written')
            """),
            "later": block("import later\nprint(later.__version__)", packages=str(later)),
            "input": block("print(f\"hello {input('Name?')}\")"),
            "loop": block("while True:\n    pass"),
            "turtle": block("import turtle\nturtle.forward(50)"),
            "spy": block(f"""
                from pyodide.code import run_js
                run_js({PATCHES!r})
                run_js('''
                    const {{ postMessage }} = MessagePort.prototype;
                    MessagePort.prototype.postMessage = function (...sent) {{
                        if (sent[0]?.url) self.stolen = this;
                        return postMessage.apply(this, sent);
                    }};
                ''')
            """),
            "steal": block("""
                import json
                from pyodide.code import run_js
                steal = run_js('''async (site) => {
                    const answers = [];
                    const urls = [`${site}?stolen`, new URL("/", site).href, "file:///etc/passwd"];
                    for (const url of urls) {
                        answers.push(await new Promise((resolve) => {
                            self.stolen.onmessage = ({ data }) => resolve(data);
                            self.stolen.postMessage({ request: 1000, url });
                        }));
                    }
                    return JSON.stringify(answers);
                }''')
                print(await steal(open('data/address.txt').read()))
            """),
            "thrown": block("""
                from pyodide.code import run_js
                for script in ("() => { throw new TypeError('thrown'); }", "divide => divide()"):
                    try:
                        run_js(script)(*[lambda: 1 / 0] * script.startswith("divide"))
                    except Exception as error:
                        print(type(error).__name__)
            """),
            "relative": block("""
                from pyodide.http import open_url, pyfetch
                for attempt in (open_url, pyfetch):
                    try:
                        found = attempt('data.csv')
                        print('read', await found if attempt is pyfetch else found)
                    except Exception as error:
                        print(error)
            """),
        },
        {"packages": str(wheel), "files": "data/*.txt"},
    )


class Sites:
    """A site that isolates its examples, on a plain host and on one that isolates its pages."""

    def __init__(self, plain: SiteServer, shared: SiteServer, path: str, scenario: Scenario) -> None:
        self.servers = {"plain": plain, "isolated": shared}
        self._path = path
        self._scenario = scenario

    def open(self, tab: Tab, host: str) -> Page:
        """The page, loaded."""
        page = Page(tab, {key: position for position, key in enumerate(self._scenario.blocks)})
        page.open(self.servers[host].url + self._path)
        return page


@pytest.fixture(scope="module")
def sites(
    browser_files: Path,  # noqa: ARG001 - Sphinx copies them
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Sites]:
    """The sites."""
    folder = tmp_path_factory.mktemp("wheels")
    wheels = [make_wheel(folder, "small", "1.5"), make_wheel(folder, "later", "2.0")]
    scenario = page_of_examples(*wheels)
    www = tmp_path_factory.mktemp("www")
    (www / "probe.js").write_text("export const secret = 1;")
    with SiteServer(www) as plain, SiteServer(www, ISOLATION) as shared:
        plan = Plan(
            "sphinx",
            [scenario],
            {"isolation": "opaque", "snapshots": True, "page_packages": list(map(str, wheels))},
            data={"data/note.txt": "noted", "data/address.txt": f"{plain.url}probe.js"},
        )
        site = build(plan, tmp_path_factory.mktemp("sources") / "isolated", www, plain.url)
        yield Sites(plain, shared, site.address(scenario.name).removeprefix(plain.url), scenario)


@pytest.mark.parametrize("engine", ENGINES)
def test_isolated_examples_work_and_reach_nothing_of_the_site(
    engine: str, start_engine: Callable[[str], Engine], sites: Sites
) -> None:
    tab = start_engine(engine).new_tab()
    page = sites.open(tab, "plain")
    assert page.cell("package").run_to("done").startswith("1.5 noted\n7")
    page.cell("turtle").run_to("done")
    page.cell("loop").run()
    page.cell("loop").wait_for("running")
    page.cell("loop").stop()
    assert page.cell("package").run_to("done").startswith("1.5 noted\n7")
    assert not tab.complaints()

    has_jspi = "jspi" in ENGINES[engine]
    assert page.cell("relative").run_to("done").count("is a relative URL") == 2
    thrown = page.cell("thrown").run_to("done").split()  # between them: the traceback of the callback
    assert (thrown[0], thrown[-1]) == ("JsException", "ZeroDivisionError"), thrown
    assert page.cell("package").strategy == ("jspi" if has_jspi else "none")
    page.cell("input").run()
    if has_jspi:
        page.cell("input").answer("Name?", "Ada")
        assert page.cell("input").wait_for("done").endswith("hello Ada")
    else:
        assert "this code is isolated from the site" in page.cell("input").wait_for("error")

    server = sites.servers["plain"]
    tab.call(SECRETS)
    server.cookies.clear()
    reached = json.loads(page.cell("reach").run_to("done"))
    assert reached.pop("origin") == "null"
    for name, allowed in HARMLESS.items():
        assert reached.pop(name) in allowed, name
    assert not [f"{name}: {found}" for name, found in reached.items() if not found.startswith("refused: ")]
    assert tab.call("() => window.heard") == []

    page.cell("spy").run_to("done")
    assert page.cell("later").run_to("done") == "2.0"
    answers = json.loads(page.cell("steal").run_to("done"))
    assert [answer["type"] for answer in answers] == ["unlisted"] * 3
    assert set(server.cookies) <= {
        f"/probe.js?{way}"
        for way in (
            *("fetch", "no-cors", "xhr", "import", "worker"),
            *("prototype", "request", "deleted", "font"),
        )
    } | {path for path in server.cookies if path.endswith((".whl", ".json"))}
    assert not [path for path, cookies in server.cookies.items() if cookies and "probe" in path]
    tab.close()


@pytest.mark.parametrize("engine", ENGINES)
def test_an_isolated_python_starts_from_a_snapshot_and_waits_in_shared_memory(
    engine: str, start_engine: Callable[[str], Engine], sites: Sites
) -> None:
    tab = start_engine(engine).new_tab()
    page = sites.open(tab, "isolated")
    page.call("keepSnapshots")
    page.cell("package").run_to("done")
    assert page.call("whenSnapshotMade") == "made"
    tab.leave_open()
    page = sites.open(tab, "isolated")
    page.cell("input").run()
    page.cell("input").answer("Name?", "Ada")
    assert page.cell("input").wait_for("done").endswith("hello Ada")
    assert page.cell("input").strategy == ("jspi" if "jspi" in ENGINES[engine] else "shared")
    assert page.call("snapshotsOfStarts") == ["used"]
    tab.close()
