"""The directives ``pyrun-engines`` and ``pyrun-scenarios``: what works in which browser engine.

`tests/engines` writes its results to engines.json, and fails if they change.
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

STRATEGIES = {
    "jspi": "JavaScript Promise Integration",
    "shared": "shared memory",
    "service-worker": "service worker",
    "none": "none of them",
}
"""Titles of the wait strategies, in order of preference."""


class EngineTable(SphinxDirective):
    """A table with a row for each wait strategy and a column for each engine: supported, used by default."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        engines = _results(self)["engines"].values()
        heads = [f"{engine['name']} {engine['version']}" for engine in engines]
        rows = [
            [title, *(_support(engine, strategy) for engine in engines)]
            for strategy, title in STRATEGIES.items()
        ]
        return [marked_table(self, ["Wait strategy", *heads], rows)]


class ScenarioTable(SphinxDirective):
    """A table with a row for each scenario and a column for each wait strategy."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        results = _results(self)
        names = {key: engine["name"] for key, engine in results["engines"].items()}
        rows = [
            [row["sentence"], *(_result(row["held"], strategy, names) for strategy in STRATEGIES)]
            for row in results["scenarios"].values()
        ]
        return [marked_table(self, ["Scenario", *STRATEGIES.values()], rows)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register both directives."""
    app.add_directive("pyrun-engines", EngineTable)
    app.add_directive("pyrun-scenarios", ScenarioTable)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _results(directive: SphinxDirective) -> Any:  # noqa: ANN401 - what JSON holds
    directive.env.note_dependency(str(RESULTS))
    return json.loads(RESULTS.read_text(encoding="utf-8"))


def _support(engine: dict[str, Any], strategy: str) -> str:
    if strategy not in engine["strategies"].split():
        return "not available in this version"
    hosts = {host for host, chosen in engine["chosen"].items() if chosen == strategy}
    if "plain" in hosts:
        return "tested, used by default"
    return "tested, used by default on isolated pages" if hosts else "tested"


def _result(held: dict[str, str], strategy: str, names: dict[str, str]) -> str:
    """The result: one text if all engines agree, otherwise a text for each group of engines."""
    by_words: dict[str, list[str]] = {}
    for engine, name in names.items():
        if words := held.get(f"{engine}-{strategy}"):
            by_words.setdefault(words, []).append(name)
    if len(by_words) == 1:
        return next(iter(by_words))
    return "; ".join(f"{', '.join(engines)}: {words}" for words, engines in by_words.items())
