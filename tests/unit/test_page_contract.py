"""The attributes of `<pyrun-cell>` that core writes and that the page reads are one contract."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

from pyrun_core.examples.example import make_example
from pyrun_core.examples.render import BUILD_ATTRIBUTES, start_tag
from pyrun_core.options.declare import Form, Scope, declared_options, read_options
from pyrun_core.problems import Location
from pyrun_core.settlement.settlement import FORMAT
from tools.generate_options import TARGET, camel_case, options_module

if TYPE_CHECKING:
    from pathlib import Path

PAGE_ATTRIBUTES = {
    *("state", "run", "stale", "input", "drop", "live", "ready", "collapsed", "modified", "full-screen"),
    "tabs",
}
"""The attributes that the page itself writes.

`drop` is set while files are dragged over a cell, and `ready` once its toolbar is there.
"""

OTHER_ELEMENTS = {"linenos", "highlighted", "md-annotation-id", "pyrun-style"}
"""Attributes of elements that aren't cells."""

READ = """
const [module, dataset] = process.argv.slice(1);
const { optionsOf, forWorker } = await import(module);
const options = optionsOf({ dataset: JSON.parse(dataset) });
console.log(JSON.stringify([options, forWorker(options), optionsOf({ dataset: {} })]));
"""

_READ = re.compile(r"dataset\.(\w+)|\[data-([a-z-]+)[\]=]|\"data-([a-z-]+)\"")
_DESTRUCTURED = re.compile(r"\{([^{}=]*)\} = [\w.#]*dataset\b|\{ dataset: \{([^{}]*)\} \}")


def test_the_generated_module_of_the_page_is_up_to_date() -> None:
    assert TARGET.read_text(encoding="utf-8") == options_module(), "run `make options`"


def test_every_attribute_that_the_page_reads_is_written_by_core_or_by_the_page(project: Path) -> None:
    options = {option.attribute.name or option.name for option in declared_options() if option.attribute}
    written = options | set(BUILD_ATTRIBUTES) | PAGE_ATTRIBUTES | OTHER_ELEMENTS
    read: set[str] = set()
    for file in (project / "assets" / "page").rglob("*"):
        if file.suffix not in {".js", ".css"}:
            continue
        text = file.read_text(encoding="utf-8")
        read |= {next(filter(None, groups)) for groups in _READ.findall(text)}
        for names in _DESTRUCTURED.findall(text):
            read |= set(re.findall(r"\w+(?=[ ,=}]|$)", re.sub(r"= *[^,]*", "", "".join(names))))
    assert read - {camel_case(name) for name in written} - written == set()


def test_the_page_reads_the_format_of_the_settlement_that_core_writes(project: Path) -> None:
    module = (project / "assets/page/settlement/settlement.js").read_text(encoding="utf-8")
    assert re.findall(r"^const FORMAT = (\d+);$", module, re.MULTILINE) == [str(FORMAT)]


def test_a_list_without_words_is_a_value_where_the_default_has_some() -> None:
    def attributes(**block: object) -> dict[str, str]:
        example = make_example("1", site={}, page={}, block=block, file="page", location=Location("page"))
        return dict(BeautifulSoup(start_tag(example), "html.parser").find("pyrun-cell").attrs)

    assert attributes(hidden_lines_in=())["data-hidden-lines-in"] == ""
    assert "data-hidden-lines-in" not in attributes()
    assert "data-needs" not in attributes(needs=())


def test_the_page_reads_what_core_writes(project: Path) -> None:
    """For every option of a block, with a value that differs from the default."""
    flags = [
        option for option in declared_options() if option.attribute and option.attribute.form is Form.FLAG
    ]
    given: dict[str, object] = {
        "session": "demo",
        "needs": "one two",
        "timeout": "2.5",
        "output-limit": 5000,
        "figures": "svg",
        "toolbar": "full",
        "format": "ruff",
        "language": "de-AT",
        "output": "build",
        "stdin": "Ada\n36",
        "caption": 'A "title"',
        "name": "My name",
        "emphasize-lines": "1,3-4",
        "hide-lines": "2",
        "hidden-lines-in": "text copy",
        "load": "visible",
        "isolation": "opaque",
        "credentials": "same-origin",
        **{option.name: not option.default for option in flags},
    }
    values = read_options(given, Scope.SITE | Scope.PAGE | Scope.BLOCK, Location("page"), report=_no_problem)
    example = make_example("1", site={}, page={}, block=values, file="page", location=Location("page"))
    cell = BeautifulSoup(start_tag(example), "html.parser").find("pyrun-cell")
    dataset = {camel_case(name.removeprefix("data-")): value for name, value in cell.attrs.items()}
    module = (project / "assets/page/cell/cell_options.js").as_uri()
    command = ["node", "--input-type=module", "--eval", READ, module, json.dumps(dataset)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    read, to_worker, unset = json.loads(run.stdout)
    expected = {
        "session": "demo",
        "needs": ["one", "two"],
        "timeout": 2.5,
        "outputLimit": 5000,
        "figures": "svg",
        "toolbar": "full",
        "format": "ruff",
        "language": "de",
        "output": "build",
        "stdin": ["Ada", "36"],
        "caption": 'A "title"',
        "name": "my-name",
        "emphasizeLines": ["1", "3", "4"],
        "hideLines": ["2"],
        "hiddenLinesIn": ["copy", "text"],
        "load": "visible",
        "isolation": "opaque",
        "credentials": "same-origin",
        **{camel_case(option.name): not option.default for option in flags},
    }
    assert read == expected
    sent = [camel_case(o.name) for o in declared_options() if o.attribute and o.attribute.to_worker]
    assert to_worker == {name: expected[name] for name in sent}
    for option in declared_options():
        if option.attribute and option.attribute.form not in {Form.WORDS, Form.LINES}:
            assert unset[camel_case(option.name)] == option.default


def _no_problem(problem: object, message: str, location: object) -> None:
    raise AssertionError(problem, message, location)
