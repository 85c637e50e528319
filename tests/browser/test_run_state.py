"""What belongs to a run ends with it, so the next run starts in the Python that it expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.scenarios import Scenario, block
from tests.browser.sites import Plan, Site

if TYPE_CHECKING:
    from tests.browser.conftest import MakeSite, OpenPage
    from tests.browser.live_page import LivePage

FILES = {"data/list.csv": "7\n"}

SPOILERS = {
    "chdir": "import os\nos.chdir('data')\nprint(open('list.csv').read().strip())",
    "root folder": "import os\nos.chdir('/')",
    "capture": """
        import io, logging, sys
        sys.stdout = sys.stderr = io.StringIO()
        logging.basicConfig()
        print("caught")
    """,
    "closed streams": "import sys\nsys.stdin.close()\nsys.stdout.close()\nsys.stderr.close()",
    "patched stream": "import sys\nsys.stdout.write = sys.stderr.write = lambda text: 0",
    "deleted streams": "import sys\ndel sys.stdin, sys.stdout, sys.stderr",
    "encoding": "import sys\nsys.stdin.reconfigure(encoding='latin-1')",
    "finders": "import sys\nsys.meta_path.clear()\nsys.path_hooks.clear()",
    "captured warnings": "import logging\nlogging.captureWarnings(True)",
    "time limit": "import socket\nsocket.setdefaulttimeout(0.001)",
    "quit": "quit()",
    "functions": """
        import asyncio, builtins, json, os, sys, time, traceback
        del builtins.BaseException, os.path
        sys.exc_info = sys.modules["json"] = json.loads = json.dumps = time.monotonic = None
        asyncio.sleep = asyncio.all_tasks = os.getcwd = os.scandir = traceback.walk_tb = None
        builtins.display = builtins.isinstance = builtins.len = builtins.map = builtins.open = None
    """,
    "builtins": "__builtins__ = {}\n__name__ = 'mine'",
    "settings": """
        import decimal, gc, locale, logging, os, sys, threading, warnings
        sys.setrecursionlimit(60)
        sys.path.clear()
        sys.argv = ["program", "--option"]
        sys.set_int_max_str_digits(700)
        warnings.simplefilter("error")
        decimal.getcontext().prec = decimal.DefaultContext.prec = 3
        locale.setlocale(locale.LC_ALL, "C")
        gc.disable()
        os.umask(0o777)
        logging.disable()
        sys.unraisablehook = sys.displayhook = sys.excepthook = threading.excepthook = print
        sys.settrace(lambda *_: None)
        sys.setprofile(lambda *_: None)
        sys.monitoring.use_tool_id(4, "mine")
    """,
}
"""Code that leaves something behind."""

HOW_RUNS_END = {
    "at the end": "",
    "with an exception": "\n1 / 0",
    "with sys.exit": "\nraise SystemExit",
    "with os._exit": "\nimport os\nos._exit(0)",
}

CHECK = """
import decimal, gc, io, json, locale, logging, os, socket, sys, threading, warnings
print("to stdout")
logging.warning("to a log")
for line in sys.stdin:
    print(line.strip().upper())
    if line == "ä\\n":
        break
print(os.path.basename(os.getcwd()), open("data/list.csv").read().strip())
print(json.loads("[1]"), len("four"), __name__, sys.argv, bool(sys.path))
print(sys.getrecursionlimit() > 500, sys.get_int_max_str_digits(), warnings.filters[0][0] != "error")
print(decimal.getcontext().prec, decimal.DefaultContext.prec, gc.isenabled(), logging.root.manager.disable)
print(sys.gettrace(), sys.getprofile(), sys.monitoring.get_tool(4))
print(sys.displayhook is sys.excepthook, os.umask(0o022) != 0o777)
print(warnings.showwarning.__module__ == "logging", socket.getdefaulttimeout())
print(len(sys.meta_path) > 2, len(sys.path_hooks))
print(threading.excepthook is print, sys.unraisablehook is print, locale.setlocale(locale.LC_ALL) == "C")
display("shown")
"value"
"""

EXPECTED = """\
to stdout
WARNING:root:to a log
a
A
ä
Ä
pyodide 7
[1] 4 __main__ [''] True
True 4300 True
28 28 True 0
None None None
False True
False None
True 2
False False False
'shown'
'value'
"""

STATE = Scenario(
    "state",
    {
        **{
            f"{name} {ending}": block(block(code).code + how)
            for name, code in SPOILERS.items()
            for ending, how in HOW_RUNS_END.items()
        },
        "check": block(CHECK, stdin="a\\nä"),
        "isolated": block(CHECK, stdin="a\\nä", session="isolated"),
        "spins": block("import sys\nsys.stdout = None\nsys.stderr.write('on')\nwhile True: pass"),
    },
    {"files": "data/list.csv"},
)

LIBRARY = Scenario(
    "library",
    {
        "imports": block("""
            import pathlib, sys, sysconfig, warnings
            folder = pathlib.Path(sysconfig.get_path("purelib"))
            folder.joinpath("noisy.py").write_text(
                "import sys, warnings\\n"
                "warnings.filterwarnings('ignore', message='of noisy')\\n"
                "with warnings.catch_warnings():\\n"
                "    warnings.simplefilter('error')\\n"
                f"sys.path.append({str(folder)!r} + '/parts')\\n"
            )
            import noisy
            warnings.filterwarnings("ignore", message="of the code")
        """),
        "finds": block("""
            import sys, warnings
            warnings.warn("of noisy")
            warnings.warn("of the code")
            print(sys.path[-1].endswith("site-packages/parts"), warnings.filters[0][0])
        """),
    },
)

SET_UP = Scenario(
    "set-up",
    {
        "set-up": block(
            "import os, sys\nos.chdir('data')\nsys.path.append('lib')\nsys.setrecursionlimit(400)",
            setup=None,
        ),
        "uses": block("import os, sys\nprint(os.listdir(), sys.path[-1], sys.getrecursionlimit())"),
        "other": block("import os, sys\nprint(sys.getrecursionlimit() == 400)", session="other"),
    },
    {"files": "data/list.csv"},
)

HOOKS = Scenario(
    "hooks",
    {
        "errors": block("""
            import sys, traceback
            def report(kind, error, trace):
                print("mine:", kind.__name__, [frame.name for frame in traceback.extract_tb(trace)])
            sys.excepthook = report
            1 / 0
        """),
        "fails": block("import sys\nsys.excepthook = lambda *_: [][0]\n1 / 0"),
        "values": block("import sys\nsys.displayhook = lambda value: print('<', value, '>')\n42"),
        "plain error": block("1 / 0"),
        "plain value": block("42"),
    },
)


@pytest.fixture(scope="module")
def site(make_site: MakeSite) -> Site:
    """One site: this tests the runtime, which doesn't depend on the host."""
    return make_site("run-state", Plan("sphinx", [STATE, SET_UP, HOOKS, LIBRARY], data=FILES))


@pytest.fixture(scope="module")
def shared_page(share_page: object, site: Site) -> LivePage:
    """The page on which one run after the other spoils Python."""
    return share_page(STATE, site)  # type: ignore[operator,no-any-return]


@pytest.mark.parametrize("ending", HOW_RUNS_END)
@pytest.mark.parametrize("name", SPOILERS)
def test_the_next_run_finds_python_as_it_was(live: LivePage, name: str, ending: str) -> None:
    fails = ending == "with an exception" and name != "quit"
    live.cell(f"{name} {ending}").run_to("error" if fails else "done")
    assert live.cell("check").run_to("done") == EXPECTED
    assert live.cell("isolated").run_to("done") == EXPECTED


def test_a_run_that_was_stopped_leaves_nothing_behind(live: LivePage) -> None:
    cell = live.cell("spins")
    cell.run()
    expect(cell.output).to_contain_text("on")
    cell.stop()
    cell.wait_for("stopped")
    assert live.cell("check").run_to("done") == EXPECTED


def test_what_set_up_code_sets_holds_in_its_session(open_page: OpenPage, site: Site) -> None:
    live = open_page(SET_UP, site)
    for _ in range(2):
        assert live.cell("uses").run_to("done").strip() == "['list.csv'] lib 400"
        assert live.cell("other").run_to("done").strip() == "False"


def test_what_a_library_has_set_for_itself_stays(open_page: OpenPage, site: Site) -> None:
    live = open_page(LIBRARY, site)
    live.cell("imports").run_to("done")
    for _ in range(2):
        text = live.cell("finds").run_to("done")
        assert "of the code" in text
        assert "of noisy" not in text
        assert text.splitlines()[-1] == "True ignore"


def test_hooks_of_the_code_are_called_until_its_run_ends(open_page: OpenPage, site: Site) -> None:
    live = open_page(HOOKS, site)
    assert live.cell("errors").run_to("error").strip() == "mine: ZeroDivisionError ['<module>']"
    text = live.cell("fails").run_to("error")
    assert (
        text.index("Error in sys.excepthook:") < text.index("IndexError") < text.index("Original exception")
    )
    assert "ZeroDivisionError" in text[text.index("Original exception") :]
    assert live.cell("values").run_to("done").strip() == "< 42 >"
    assert "ZeroDivisionError: division by zero" in live.cell("plain error").run_to("error")
    assert live.cell("plain value").run_to("done").strip() == "42"
