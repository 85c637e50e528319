"""The directives ``pyrun-audit``, ``pyrun-audited-states``, ``pyrun-transcript``: how accessible cells are.

``python -m tools.accessibility`` writes accessibility.json, ``python -m tools.screen_reader`` writes
screen-reader.json.
"""

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from marked_table import marked_table

__all__ = ["Audit", "AuditedStates", "Transcript", "setup"]

REFERENCE = Path(__file__).parents[1] / "reference"

AUDIT_HEADS = (
    "Theme",
    "Colour schemes",
    "pyrun's elements",
    "The theme's colours of code",
    "The theme's page",
)

STEP_HEADS = ("The reader", "Keys", "Orca says")

KEYS = {"Return": "Enter", "b": "B"}
"""Names of keys on a keyboard, where X11 has others."""


class Audit(SphinxDirective):
    """A table with a row for each theme, and a sentence with the browsers."""

    def run(self) -> list[nodes.Node]:
        """Return both."""
        report = _read(self, "accessibility.json")
        rows = [
            [title, ", ".join(found["schemes"]), *map(_rules, (found["ours"], found["code"], found["page"]))]
            for title, found in report["themes"].items()
        ]
        browsers = " and ".join(report["browsers"])
        return [
            marked_table(self, AUDIT_HEADS, rows),
            nodes.paragraph("", f"Audited with axe {report['axe']} in {browsers}."),
        ]


class AuditedStates(SphinxDirective):
    """A list of the states in which examples are audited."""

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        states = _read(self, "accessibility.json")["states"]
        return [nodes.bullet_list("", *(nodes.list_item("", nodes.paragraph("", state)) for state in states))]


class Transcript(SphinxDirective):
    """For each example of the walk, its code and a table of what was pressed and heard."""

    def run(self) -> list[nodes.Node]:
        """Return them under headings outside of the table of contents."""
        told = _read(self, "screen-reader.json")
        content: list[nodes.Node] = [nodes.paragraph("", f"{told['reader']} with {told['browser']}:")]
        for section in told["sections"]:
            content += [
                nodes.rubric("", section["title"]),
                nodes.literal_block(section["code"], section["code"], language="python"),
                _table([_step(step) for step in section["steps"]]),
            ]
        return content


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("pyrun-audit", Audit)
    app.add_directive("pyrun-audited-states", AuditedStates)
    app.add_directive("pyrun-transcript", Transcript)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _read(directive: SphinxDirective, name: str) -> Any:  # noqa: ANN401 - what JSON holds
    directive.env.note_dependency(str(REFERENCE / name))
    return json.loads((REFERENCE / name).read_text(encoding="utf-8"))


def _rules(counts: dict[str, int]) -> str:
    return ", ".join(f"`{rule}`: {count}" for rule, count in counts.items()) or "nothing found"


def _step(step: dict[str, Any]) -> list[list[nodes.Node]]:
    keys: list[nodes.Node] = []
    for key in step["keys"]:
        name = KEYS.get(key, key)
        keys += [nodes.literal("", name, classes=["kbd", "docutils"]), nodes.Text(" ")]
    heard = nodes.line_block("", *(nodes.line("", text) for text in step["hears"]))
    return [
        [nodes.paragraph("", step["does"])],
        [nodes.paragraph("", "", *keys[:-1])],
        [heard if step["hears"] else nodes.paragraph("", "nothing")],
    ]


def _table(rows: list[list[list[nodes.Node]]]) -> nodes.table:
    heads: list[list[nodes.Node]] = [[nodes.paragraph("", head)] for head in STEP_HEADS]
    group = nodes.tgroup("", cols=len(STEP_HEADS))
    group += [nodes.colspec(colwidth=1) for _ in STEP_HEADS]
    group += nodes.thead("", _row(heads))
    group += nodes.tbody("", *map(_row, rows))
    return nodes.table("", group, classes=["colwidths-auto"])


def _row(cells: list[list[nodes.Node]]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", *cell) for cell in cells))
