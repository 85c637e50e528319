"""The directives ``pyrun-engines`` and ``pyrun-scenarios``: what holds in which browser engine.

`tests/engines` writes engines.json from what it found, and fails when that is no longer so.
"""

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from marked_table import marked_table

__all__ = ["EngineTable", "ScenarioTable", "setup"]

RESULTS = Path(__file__).parents[1] / "reference" / "engines.json"

WAYS = {
    "jspi": "JavaScript Promise Integration",
    "shared": "shared memory",
    "service-worker": "service worker",
    "none": "none of them",
}
"""In words; the best first."""


class EngineTable(SphinxDirective):
    """A row for each way that Python can wait, a column for each engine: had or not, taken or not."""

    def run(self) -> list[nodes.Node]:
        """The table."""
        engines = _results(self)["engines"].values()
        heads = [f"{engine['name']} {engine['version']}" for engine in engines]
        rows = [[words, *(_had(engine, way) for engine in engines)] for way, words in WAYS.items()]
        return [marked_table(self, ["Python waits by", *heads], rows)]


class ScenarioTable(SphinxDirective):
    """A row for each scenario, a column for each way: yes, or what holds there instead."""

    def run(self) -> list[nodes.Node]:
        """The table."""
        results = _results(self)
        names = {key: engine["name"] for key, engine in results["engines"].items()}
        rows = [
            [row["sentence"], *(_held(row["held"], way, names) for way in WAYS)]
            for row in results["scenarios"].values()
        ]
        return [marked_table(self, ["", *WAYS.values()], rows)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("pyrun-engines", EngineTable)
    app.add_directive("pyrun-scenarios", ScenarioTable)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _results(directive: SphinxDirective) -> Any:  # noqa: ANN401 - what JSON holds
    directive.env.note_dependency(str(RESULTS))
    return json.loads(RESULTS.read_text(encoding="utf-8"))


def _had(engine: dict[str, Any], way: str) -> str:
    if way not in engine["ways"].split():
        return "not in this version"
    taken = {host for host, chosen in engine["chosen"].items() if chosen == way}
    if "plain" in taken:
        return "tested, taken by itself"
    return "tested, taken by itself on isolated pages" if taken else "tested"


def _held(held: dict[str, str], way: str, names: dict[str, str]) -> str:
    """What holds: once if that is the same in all engines, else by engine."""
    by_words: dict[str, list[str]] = {}
    for engine, name in names.items():
        if words := held.get(f"{engine}-{way}"):
            by_words.setdefault(words, []).append(name)
    if len(by_words) == 1:
        return next(iter(by_words))
    return "; ".join(f"{', '.join(engines)}: {words}" for words, engines in by_words.items())
