"""The documented diagram and table of the client's states match assets/page/interpreter/states.js."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from tests.docs.building import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag

MODULE = PROJECT / "assets" / "page" / "interpreter" / "states.js"
PRINT_TRANSITIONS = f"""
import {{ TRANSITIONS }} from {json.dumps(MODULE.as_uri())};
console.log(JSON.stringify(TRANSITIONS));
"""

Transition = tuple[str, str, str]
"""A transition: from a state, by an event, to a state."""


@pytest.fixture(scope="module")
def transitions() -> set[Transition]:
    """The transitions that the code allows."""
    command = ["node", "--input-type=module", "--eval", PRINT_TRANSITIONS]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return {
        (state, event, target)
        for state, events in json.loads(run.stdout).items()
        for event, target in events.items()
    }


@pytest.fixture(scope="module")
def section(sphinx_site: Path) -> Tag:
    """The section of the architecture page about the states."""
    page = BeautifulSoup(
        (sphinx_site / "explanation" / "architecture.html").read_text(encoding="utf-8"), "html.parser"
    )
    found = page.select_one("section#the-states-of-python")
    assert found is not None
    return found


def test_the_table_has_the_transitions_of_the_code(section: Tag, transitions: set[Transition]) -> None:
    rows = [[cell.get_text(strip=True) for cell in row.select("td")] for row in section.select("tbody tr")]
    told = [(state, event, target) for state, event, target, _ in rows]
    assert len(told) == len(set(told))
    assert set(told) == transitions


def test_the_diagram_has_the_transitions_of_the_code(section: Tag, transitions: set[Transition]) -> None:
    arrows = section.select("svg [data-event]")
    drawn = [(str(arrow["data-from"]), str(arrow["data-event"]), str(arrow["data-to"])) for arrow in arrows]
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == transitions
    assert all(arrow.get_text(strip=True) == arrow["data-event"] for arrow in arrows)


def test_the_diagram_has_a_box_for_each_state(section: Tag, transitions: set[Transition]) -> None:
    boxes = section.select("svg [data-state]")
    assert all(box.get_text(strip=True) == box["data-state"] for box in boxes)
    assert {str(box["data-state"]) for box in boxes} == {state for state, _, _ in transitions}
    assert len(section.select("svg rect")) == len(boxes)
