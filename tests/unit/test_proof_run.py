"""What runners share: the plan of a page, records, and the outcomes that they read."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import subprocess
from typing import TYPE_CHECKING, Any, Self

import pytest

from pyrun_core.problems import PyrunError
from pyrun_core.proof.outcomes import CellOutcome, PageJob, Part
from pyrun_core.proof.run import node as node_module
from pyrun_core.proof.run.node import NodeRunner
from pyrun_core.proof.run.permissions import confined_command, node_for_examples
from pyrun_core.proof.run.plan import plan_page, read_cells
from pyrun_core.proof.run.reading import exception_in, read_outcome
from pyrun_core.proof.run.records import read_records, write_record
from pyrun_core.proof.run.remote_files import download_remote_files
from pyrun_core.proof.runtimes import RUNTIMES, make_runner
from pyrun_core.pyodide import bytecode
from tests.folder_server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

TRACEBACK = "Traceback (most recent call last):\n"
GROUP = """\
  + Exception Group Traceback (most recent call last):
  |   File "cell1.py", line 1, in <module>
  | ExceptionGroup: several (1 sub-exception)
  +-+---------------- 1 ----------------
    | KeyError: 1
    +------------------------------------
"""
EXPECTED = json.dumps([[1, f"{TRACEBACK}...\npkg.FailedError: x"]])
PAGES: dict[str, list[dict[str, str]]] = {
    "plain": [{"data-source": "1"}, {"data-source": "2"}],
    "setup": [
        {"data-source": "a"},
        {"data-source": "b", "data-setup": "", "hidden": "", "data-preamble": "p"},
        {"data-source": "c", "data-setup": "", "data-expected": "[]", "data-preamble": "p"},
        {"data-source": "d", "data-setup": "", "data-session": "other"},
        {"data-source": "e", "data-session": "other", "data-preamble": "q"},
    ],
    "needs": [
        {"data-source": "a", "data-needs": "c d"},
        {"data-source": "b", "data-name": "b"},
        {"data-source": "c", "data-name": "c", "data-needs": "b"},
        {"data-source": "d", "data-name": "d", "data-setup": ""},
        {"data-source": "e", "data-name": "e", "data-needs": "f"},
        {"data-source": "f", "data-name": "f", "data-needs": "e"},
    ],
    "options": [
        {"data-source": "x", "data-quoted": "'%26lt;'", "data-stdin": "1\n2", "data-timeout": "2"},
        {"data-source": "f()", "data-interactive": "", "data-hide-value": "", "data-expected": EXPECTED},
        {"data-source": "g", "data-session": "isolated", "data-output-limit": "7"},
    ],
}
SKIPPED = [1]
SETTLED: dict[str, Any] = {
    "root": "./",
    "pyodide": {"files": {}},
    "lock": None,
    "packages": {},
    "start": [],
    "examples": {},
}

PLAN_IN_JAVASCRIPT = """
import { cellsOf, planFor, wantedIn } from "./assets/proof/page_plan.js";
const [pages, skipped] = JSON.parse(process.argv[1]);
const described = (step) => {
  const { session, setup, source, options, raises, timeoutMs } = wantedIn(step, 5000);
  const { stdin, interactive, showValue, outputLimit } = options;
  return {
    index: step.cell.index, isolated: session === null, setup, source: source.code, stdin: stdin.join("\\n"),
    interactive, showValue, raises, limit: timeoutMs / 1000, outputLimit,
    after: [...step.before, ...step.needed].map(({ index }) => index),
  };
};
const planOf = (cells) => planFor(cellsOf(cells), new Set(skipped)).map(described);
const plans = Object.entries(pages).map(([name, cells]) => [name, planOf(cells)]);
process.stdout.write(JSON.stringify(Object.fromEntries(plans)));
"""


def test_both_plans_of_a_page_agree(project: Path) -> None:
    command = ["node", "--input-type=module", "--eval", PLAN_IN_JAVASCRIPT, json.dumps([PAGES, SKIPPED])]
    run = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True)
    in_javascript = json.loads(run.stdout)
    for name, cells in PAGES.items():
        plan = [step.record(5.0) for step in plan_page(read_cells(cells), SKIPPED)]
        assert [_comparable(record) for record in plan] == in_javascript[name], name


def _comparable(record: dict[str, Any]) -> dict[str, Any]:
    source, session = record.pop("source"), record.pop("session")
    return {
        **record,
        "isolated": session is None,
        "source": "" if source is None else source["code"],
        "raises": [[line, name] for line, name in record["raises"].items()] if source else [],
        "after": [index for index, _ in record["after"]],
    }


@pytest.mark.parametrize(
    ("traceback", "exception"),
    [
        (f"{TRACEBACK}  File 'cell1.py', line 1\nZeroDivisionError: division by zero\n", "ZeroDivisionError"),
        (f"{TRACEBACK}  File 'cell1.py', line 1\nKeyboardInterrupt\n", "KeyboardInterrupt"),
        (f"{TRACEBACK}  ...\na.b.CustomError: x\n  y\nNote: z\n(A browser ...)\n", "CustomError"),
        ("  File 'cell1.py', line 1\n    x = = 1\n        ^\nSyntaxError: invalid syntax\n", "SyntaxError"),
        (
            f"{TRACEBACK}  ...\nKeyError: 1\n\nThe above ...:\n\n{TRACEBACK}  ...\nValueError: 2\n",
            "ValueError",
        ),
        (GROUP, "ExceptionGroup"),
        ("nothing known", ""),
    ],
)
def test_the_class_of_an_exception_is_read(traceback: str, exception: str) -> None:
    assert exception_in(traceback) == exception


def test_an_outcome_is_read() -> None:
    part = {"line": 2, "stream": "traceback", "text": f"{TRACEBACK}  ...\nKeyError: 1\n"}
    record = {
        "ending": "error",
        "parts": [part],
        "line": 2,
        "missing": "numpy",
        "detail": "",
        "seconds": 0.5,
        "dropped": 3,
    }
    parts = (Part(2, "traceback", str(part["text"])),)
    assert read_outcome(record) == CellOutcome("error", parts, "KeyError", 2, "numpy", "", 0.5, 3)


def test_only_records_are_read() -> None:
    stream = io.StringIO()
    write_record(stream, {"a": "é\n\x1e"})
    stream.write("noise\nmore \x1e{broken\n\x1e[1]\nbefore a record ")
    write_record(stream, {"b": 2})
    stream.seek(0)
    assert list(read_records(stream)) == [{"a": "é\n\x1e"}, {"b": 2}]


class FakeProcess:
    """A process of Node that the example ``die`` ends. A page has a single example."""

    started: list[list[str]]

    def __init__(self, *_: object) -> None:
        self._records: Sequence[Mapping[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def send(self, settings: Mapping[str, Any], *pages: Mapping[str, Any]) -> None:
        self._lanes = settings["lanes"]
        self._records = pages
        self.started.append([page["page"] for page in pages])

    def records(self) -> Iterator[dict[str, Any]]:
        ended: dict[str, Any] = {
            "parts": [],
            "line": None,
            "missing": "",
            "detail": "",
            "seconds": 0,
            "dropped": 0,
        }
        for start in range(0, len(self._records), self._lanes):
            running = [*enumerate(self._records)][start : start + self._lanes]
            alive = [(number, page) for number, page in running if not page["deadly"]]
            for number, _ in alive:
                yield {"type": "at", "page": number, "cell": 0}
            if any(page["cells"][0]["data-source"] == "die" for _, page in alive):
                return
            for number, page in running:
                [detail] = [why for _, why in page["deadly"]] or [""]
                ending = "killed" if detail else "done"
                outcome = {**ended, "ending": ending, "detail": detail}
                yield {"type": "page", "page": number, "outcomes": [outcome]}

    def why_ended(self) -> str:
        return "it is gone"


def test_an_example_that_ends_the_process_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settlement.json").write_text(json.dumps(SETTLED), encoding="utf-8")
    FakeProcess.started = []
    monkeypatch.setattr(node_module, "RecordProcess", FakeProcess)
    jobs = [PageJob(code, ({"data-source": code},)) for code in ("a", "b", "die", "c", "d")]
    outcomes = {page.page: page.cells[0] for page in NodeRunner(lanes=2).run(tmp_path, jobs, lambda _: None)}
    assert {page: cell.ending for page, cell in outcomes.items() if cell} == {
        **dict.fromkeys("abcd", "done"),
        "die": "killed",
    }
    died = outcomes["die"]
    assert died is not None
    assert died.detail == "it is gone"
    assert FakeProcess.started == [["a", "b", "die", "c", "d"], ["die", "c", "d"], ["die", "c", "d"]]


def test_files_of_other_servers_are_downloaded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYRUN_CACHE", str(tmp_path / "cache"))
    served = tmp_path / "served"
    served.mkdir()
    for name in ("core", "a.whl", "b.whl", "c.whl", "unused.whl", "data"):
        (served / name).write_text(name, encoding="utf-8")
    with serving(served) as server:

        def pinned(name: str) -> list[str]:
            digest = base64.b64encode(hashlib.sha256(name.encode()).digest()).decode()
            return [server.url + name, f"sha256-{digest}"]

        def package(name: str, *depends: str) -> dict[str, object]:
            url, integrity = pinned(f"{name}.whl")
            return {"url": url, "integrity": integrity, "depends": depends}

        url, integrity = pinned("data")
        settled = {
            **SETTLED,
            "pyodide": {"files": {"core": pinned("core"), "own": ["own", "sha256-"]}},
            "packages": {
                "a": package("a"),
                "b": package("b", "c"),
                "c": package("c"),
                "d": package("unused"),
            },
            "start": ["a"],
            "examples": {"1": {"run": ["b"], "files": [["data", url, 4, integrity]]}},
        }
        (tmp_path / "settlement.json").write_text(json.dumps(settled), encoding="utf-8")
        jobs = [PageJob("page", ({"data-source": "1", "data-requirements": "1"},))]
        found = download_remote_files(tmp_path, jobs)
        assert {url.removeprefix(server.url): path.read_text("utf-8") for url, path in found.items()} == {
            name: name for name in ("core", "a.whl", "b.whl", "c.whl", "data")
        }
        server.answers.clear()
        assert download_remote_files(tmp_path, jobs) == found
        assert server.answers == []


def test_without_node_the_author_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytecode, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(PyrunError, match=r'Run: pip install "pyrun-docs\[node\]"'):
        node_for_examples()


def test_a_node_without_permissions_is_refused(tmp_path: Path) -> None:
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho --inspect\n", encoding="utf-8")
    old.chmod(0o755)
    with pytest.raises(PyrunError, match="it has no permission model"):
        confined_command(str(old), [], tmp_path)
    with pytest.raises(PyrunError, match=r"is not a Node\.js that works"):
        confined_command("/nowhere/node", [], tmp_path)
    old.write_text("#!/bin/sh\necho 'no libatomic' >&2; exit 127\n", encoding="utf-8")
    with pytest.raises(PyrunError, match=r"works: no libatomic$"):
        confined_command(str(old), [], tmp_path)


def test_a_folder_without_a_site_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PyrunError, match="is not pyrun's folder of a built site"):
        list(NodeRunner().run(tmp_path, [], lambda _: None))


def test_runners_have_the_names_of_the_option() -> None:
    names = [type(make_runner(runtime)).__name__ for runtime in RUNTIMES]
    assert names == ["NodeRunner", "BrowserRunner", "CPythonRunner"]
