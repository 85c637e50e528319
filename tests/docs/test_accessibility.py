"""The page Accessibility shows the results of the current audit and walk, and no defect of pyrun."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from tests.docs.building import PROJECT
from tools.accessibility.states import ROOMS, STATES
from tools.accessibility.themes import THEMES
from tools.screen_reader.steps import EXAMPLES, SECTIONS

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag

REFERENCE = PROJECT / "docs" / "reference"
REPORT = json.loads((REFERENCE / "accessibility.json").read_text(encoding="utf-8"))
TRANSCRIPT = json.loads((REFERENCE / "screen-reader.json").read_text(encoding="utf-8"))
AUDIT_AGAIN = "run: python -m tools.accessibility --write"
WALK_AGAIN = "run: python -m tools.screen_reader --write"


@pytest.fixture(scope="module")
def page(sphinx_site: Path) -> Tag:
    source = (sphinx_site / "reference" / "accessibility.html").read_text(encoding="utf-8")
    return BeautifulSoup(source, "html.parser")


def test_the_audit_has_all_states_and_themes_and_finds_nothing_in_pyrun() -> None:
    assert REPORT["states"] == [*STATES.values(), *ROOMS.values()], AUDIT_AGAIN
    assert {title: found["schemes"] for title, found in REPORT["themes"].items()} == {
        theme.title: list(theme.schemes) for theme in THEMES
    }, AUDIT_AGAIN
    assert [title for title, found in REPORT["themes"].items() if found["ours"]] == []
    assert [name.split()[0] for name in REPORT["browsers"]] == ["Chromium", "Firefox"]


def test_the_transcript_is_of_the_current_walk() -> None:
    for told, section in zip(TRANSCRIPT["sections"], SECTIONS, strict=True):
        assert told["title"] == section.title, WALK_AGAIN
        assert told["code"] == EXAMPLES.blocks[section.example].code, WALK_AGAIN
        assert [step["does"] for step in told["steps"]] == [step.does for step in section.steps], WALK_AGAIN


def test_the_page_shows_both(page: Tag) -> None:
    text = " ".join(page.get_text().split())
    for title in REPORT["themes"]:
        assert title in text
    for section in TRANSCRIPT["sections"]:
        assert section["title"] in text
        for step in section["steps"]:
            assert all(" ".join(heard.split()) in text for heard in step["hears"])
